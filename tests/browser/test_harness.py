"""The watch itself: it must notice what it is there to notice, or every silence of it means nothing."""

from __future__ import annotations

import re
import time
from html import escape
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium, looks
from tests.browser.payloads import FAMILIES, OUTSIDE, PAYLOADS
from tests.browser.watch import NARROW, Seen, only, opened, watched

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>t</title>"
    "<style>:root{color-scheme:light dark}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}}</style>"
    "</head><body><main><h1>h</h1>%s</main></body></html>"
)

HARMFUL = {"script", "handler", "foreign", "address", "breakout", "json", "style", "markdown", "encoding"}


def page_of(path: Path, body: str) -> Path:
    path.write_text(PAGE % body, encoding="utf-8")
    return path


def test_there_are_two_hundred_different_payloads():
    texts = {payload.text for payload in PAYLOADS}
    assert len(texts) == len(PAYLOADS) >= 200
    assert [payload.number for payload in PAYLOADS] == list(range(1, len(PAYLOADS) + 1))
    assert {payload.family for payload in PAYLOADS} == set(FAMILIES)


def harmful(seen: Seen) -> set[int]:
    ran = {int(number) for said in seen.ran for number in re.findall(r"ran: (\d+)", said)}
    return ran | {int(number) for url in seen.outside for number in re.findall(rf"{OUTSIDE}/(\d+)", url)}


def enough(found: set[int]) -> bool:
    families = {payload.family for payload in PAYLOADS if payload.number in found}
    return len(found) >= 100 and families >= HARMFUL


@pytest.mark.slow
def test_payloads_do_harm_on_a_page_that_does_not_escape(browser: Browser, tmp_path: Path):
    """Each in a frame of its own, so that none hides behind another's unclosed quote."""
    frames = "".join(f'<iframe srcdoc="{escape(PAGE % payload.text)}"></iframe>' for payload in PAYLOADS)
    path = page_of(tmp_path / "raw.html", frames)
    with watched(browser, only(path.as_uri())) as (page, seen):
        page.goto(path.as_uri(), wait_until="commit")
        deadline = time.monotonic() + 30
        while not enough(found := harmful(seen)) and time.monotonic() < deadline:
            page.wait_for_timeout(200)
    assert enough(found), sorted(found)


def test_escaped_payloads_harm_nobody(browser: Browser, tmp_path: Path):
    body = "".join(f"<p title='{escape(p.text)}'>{escape(p.text)}</p>" for p in PAYLOADS)
    with opened(browser, page_of(tmp_path / "escaped.html", body)) as (page, seen):
        assert page.locator("p").count() == len(PAYLOADS)
        seen.nothing()


ASKS = {
    f"https://{OUTSIDE}/1.png": "<img src=ADDRESS>",
    f"https://{OUTSIDE}/2": "<script>fetch('ADDRESS').catch(() => 0)</script>",
    "http://127.0.0.1:9/3": "<script>fetch('ADDRESS').catch(() => 0)</script>",
    f"wss://{OUTSIDE}/4": "<script>new WebSocket('ADDRESS')</script>",
    f"https://{OUTSIDE}/5": "<iframe src=ADDRESS></iframe>",
    f"https://{OUTSIDE}/6.css": "<style>@import 'ADDRESS'</style>",
    f"file://{OUTSIDE}/7": f"<iframe src=//{OUTSIDE}/7></iframe>",
}


def test_each_request_is_noticed(browser: Browser, tmp_path: Path):
    body = "".join(text.replace("ADDRESS", address) for address, text in ASKS.items()) + "<img src=beside.png>"
    beside = (tmp_path / "beside.png").as_uri()
    with opened(browser, page_of(tmp_path / "asks.html", body)) as (page, seen):
        page.wait_for_timeout(100)
        assert sorted(seen.outside) == sorted([*ASKS, beside])


def test_each_complaint_of_the_page_is_noticed(browser: Browser, tmp_path: Path):
    body = "<script>console.error('no')</script><script>throw Error('no')</script><script>nobody()</script>"
    with opened(browser, page_of(tmp_path / "fails.html", body)) as (_, seen):
        assert len(seen.complaints) == 3


def test_each_payload_that_ran_is_noticed(browser: Browser, tmp_path: Path):
    body = "<script>window.__pwned=1</script><script>alert(2)</script><iframe srcdoc='<svg onload=__pwned=3>'></iframe>"
    with opened(browser, page_of(tmp_path / "ran.html", body)) as (_, seen):
        assert sorted(number for said in seen.ran for number in re.findall(r": (\d)", said)) == ["1", "2", "3"]


def test_a_page_is_looked_at_without_its_guard_too(browser: Browser, tmp_path: Path):
    guard = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    path = tmp_path / "guarded.html"
    path.write_text((PAGE % "<script>window.__pwned=1</script>").replace("<head>", f"<head>{guard}"), encoding="utf-8")
    for unguarded in (False, True):
        with opened(browser, path, unguarded=unguarded) as (_, seen):
            assert (len(seen.ran) == 1) == unguarded
            assert (seen.complaints == []) == unguarded


def test_looks_tell_faults_from_virtues(browser: Browser, tmp_path: Path):
    good = page_of(tmp_path / "good.html", "<p>fine</p>")
    bad = page_of(tmp_path / "bad.html", "<h3>skips</h3><img src='data:,'><button></button><p style='width:900px'>wide")
    for path, wide, faults in ((good, 0, 0), (bad, 400, 2)):
        with opened(browser, path, width=NARROW) as (page, _):
            assert looks.overflow(page) >= wide
            assert (looks.overflow(page) == 0) == (wide == 0)
            assert len(looks.grave(page)) == faults
            levels = [level for level, _ in looks.outline(page)]
            assert looks.steps_down(levels) == (faults == 0)


def test_a_text_that_is_hard_to_read_is_noticed_once_for_each_look(browser: Browser, tmp_path: Path):
    pale = "<p style='color:#ccc'>pale</p>" * 3 + "<p style='color:#ddd'>paler</p><p>dark</p>"
    with opened(browser, page_of(tmp_path / "pale.html", pale)) as (page, _):
        faults = looks.grave(page)
        assert [fault.partition(" ")[0] for fault in faults] == ["color-contrast"] * 2


def test_a_dark_reader_gets_a_dark_page(browser: Browser, tmp_path: Path):
    path = page_of(tmp_path / "dark.html", "<p>fine</p>")
    with opened(browser, path) as (page, _):
        assert looks.brightness(page) == 1
    with opened(browser, path, scheme="dark") as (page, _):
        assert looks.brightness(page) < 0.1


def test_a_machine_that_checks_changes_fails_without_a_browser(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    for said, outcome in (("", pytest.skip.Exception), ("true", pytest.fail.Exception)):
        monkeypatch.setenv("CI", said)
        with pytest.raises(outcome, match="no Chromium"):
            chromium.need()
