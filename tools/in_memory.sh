#!/bin/sh
# Runs a command with its temporary files in memory, where there is room: tests make ten thousands of small ones, and a
# disk takes longer to forget them than to write them.
set -eu
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${room:-0}" -gt 6000000 ]; then
  TMPDIR=$(mktemp -d /dev/shm/smmetrics.XXXXXX)
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
fi
"$@"
