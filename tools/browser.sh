#!/bin/sh
# Sees to it that there is a Chromium for the tests that look at dashboards and reports as a person does.
# Ends well in any case: without one, those tests skip with a reason (and fail where CI=true).
set -eu

for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done

without() {
    printf '%s\n' "" "env: NO BROWSER. $1" \
        "env: The tests in tests/browser will be SKIPPED (with CI=true they FAIL): nobody looks at dashboards and reports." \
        "env: To have them: as root, apt-get install chromium" "" >&2
    exit 0
}

command -v apt-get >/dev/null 2>&1 || without "This machine has no apt-get to install Chromium with."
if [ "$(id -u)" = 0 ]; then
    as_root="env"
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    without "Installing Debian's Chromium needs root, or sudo without a password."
fi

echo "env: installing Debian's Chromium for the browser tests (once)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly="DEBIAN_FRONTEND=noninteractive apt-get -qq"
packages="chromium fonts-liberation fonts-dejavu-core"
shell="chromium-headless-shell" # the same browser without windows, where this Debian has it: tests take a third less
install() {
    # shellcheck disable=SC2086 (words, meant to be split)
    $as_root $quietly install -y --no-install-recommends $packages "$@"
}
# shellcheck disable=SC2086 (words, meant to be split)
if ! { $as_root $quietly update && { install "$shell" || install; }; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    without "apt-get could not install Chromium; its last words stand above."
fi
