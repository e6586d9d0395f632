"""The planner shows hostile words as words, whichever field they stand in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import smmetrics as smm
from tests.browser import lab
from tests.browser.payloads import PAYLOADS
from tests.browser.plans import STEPS, go
from tests.browser.watch import opened

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from playwright.sync_api import Browser, Page

    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

MARKUP = ".smm-plan :is(script, iframe, img, svg, object, embed, style, link, meta, form, base, video, audio, a)"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _hostile(folder: Path) -> int:
    """A strategy with a hostile text wherever one can stand, each of them somewhere; how many there are."""
    texts = iter([_quoted(each.text) for each in PAYLOADS] * 2)
    parts = [f"title = {next(texts)}\npurpose = {next(texts)}\n[backing]\nwho = {next(texts)}\ngives = {next(texts)}\n"]
    parts += [
        f"[audiences.a{n}]\nwho = {next(texts)}\nshares = {next(texts)}\nwhere = {next(texts)}\ninside = true\n"
        f"[people.p{n}]\nrole = {next(texts)}\nsigns = [{next(texts)}]\ntrained_for = [{next(texts)}]\n"
        for n in range(8)
    ]
    parts += [
        f"[goals.g{n}]\ntitle = {next(texts)}\nwhy = {next(texts)}\nfor_them = {next(texts)}\n"
        f"type = {next(texts) if n % 2 else _quoted('communicating.start_conversations')}\n"
        f"audience = [{next(texts)}]\npeople = [{next(texts)}]\nconsulted = [{next(texts)}]\n"
        f"decision = {next(texts)}\nhours = {{ {next(texts)} = 1 }}\n"
        f"[[goals.g{n}.questions]]\nask = {next(texts)}\nlead = [{next(texts)}]\n"
        f'[[goals.g{n}.targets]]\nmetric = {next(texts)}\nvalue = ">= 1"\nbecause = {next(texts)}\n'
        for n in range(11)
    ]
    parts += [
        f"[channels.c{n}]\nplatform = {next(texts)}\naccount = {next(texts)}\nserves = [{next(texts)}, 'g0']\n"
        f"because = [{next(texts)}]\n[not_using.n{n}]\nbecause = {next(texts)}\n"
        for n in range(5)
    ]
    text = "\n".join(parts)
    (folder / "strategy.toml").write_text(text, encoding="utf-8")
    return 2 * len(PAYLOADS) - len(list(texts))


def test_hostile_words_in_every_field_are_shown_as_words(
    browser: Browser, desk: tuple[Page, Seen], jupyter: Lab, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
):
    root = smm.init(tmp_path_factory.mktemp("hostile") / "work").root
    assert _hostile(root) >= len(PAYLOADS)
    code = f"import smmetrics as smm\nplan = smm.open({str(root)!r}).planner()\nplan"
    with lab.notebook(desk, jupyter.write("hostile-plan.ipynb", code)) as (page, seen):
        lab.run(page)
        page.wait_for_selector(".smm-plan-group")
        shown = []
        for step in STEPS:
            go(page, step)
            page.eval_on_selector_all(".smm-plan details", "(all) => all.forEach((each) => { each.open = true; })")
            shown += page.eval_on_selector_all(
                ".smm-plan :is(input[type=text], textarea)", "(all) => all.map((each) => each.value)"
            )
            shown.append(page.locator(".smm-plan").inner_text())
            assert page.locator(MARKUP).count() == 0
        assert sum("__pwned" in each for each in shown) > len(PAYLOADS) / 2
        go(page, "audiences")
        page.get_by_label("A short name for them").fill("<img src=x onerror=window.__pwned=1>")
        page.get_by_role("button", name="Add audience").click()
        page.get_by_role("heading", name="img-src-x-onerror-window-__pwned-1").wait_for()
        lab.save(page)
        copy = lab.as_html(jupyter.folder / "hostile-plan.ipynb", tmp_path / "copy.html")
        assert seen.ran == seen.outside == []
    with opened(browser, copy) as (page, seen):
        assert page.locator(".smm-static h3").count() == len(STEPS)
        assert page.locator(".smm-static :is(script, iframe, img, svg, object, embed, link, meta, form)").count() == 0
        assert seen.ran == seen.outside == []
