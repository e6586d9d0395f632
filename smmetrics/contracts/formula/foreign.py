"""Words and signs of other languages that people write in formulas: said in an analyst's words, with what to say."""

from __future__ import annotations

import ast
import re

from smmetrics.words import say, text

_NODES: tuple[tuple[tuple[type[ast.expr], ...], str], ...] = (
    ((ast.IfExp,), "if"),
    ((ast.Lambda,), "function"),
    ((ast.List, ast.Set), "list"),
    ((ast.Dict,), "pairs"),
    ((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), "loop"),
    ((ast.Subscript, ast.Slice), "place"),
    ((ast.NamedExpr,), "name"),
    ((ast.JoinedStr,), "text"),
)
_SIGNS: dict[str, str] = {
    "&&": "and", "||": "or", "!": "not", "===": "==", "!==": "!=", "<>": "!=", "=<": "<=", "=>": ">=",
    "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
"""Signs of other languages and of paper, and what they are called here; longer ones are looked for first."""
_FUNCTIONS: dict[str, str] = {
    name: key
    for key, names in {
        "mean": "avg average durchschnitt mittelwert moyenne",
        "share": "percent percentage pct rate proportion countif anteil",
        "distinct": "unique nunique count_distinct countd distinctcount count_unique uniq",
        "change": "growth change diff delta lag pct_change increase trend",
        "quantile": "percentile p50 p75 p90 p95 p99 pctile",
        "sd": "std stdev stddev var variance",
        "filter": "sumif sumifs countifs averageif if iif case when filter",
        "top": "top top_n topn rank order sort limit",
        "day": "weekday dayofweek day hour month year week date_trunc dow to_date date now today",
        "text": "lower upper startswith endswith match regex search like",
    }.items()
    for name in names.split()
}
"""Functions of spreadsheets, SQL and Python, by what is said instead."""
_CURLY = "“”„‟‘’‚‛«»‹›`´"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")

Said = tuple[str, str, int | None]
"""What is wrong, what to do, and where it stands if that is elsewhere than the parser says."""


def node(found: ast.expr) -> tuple[str, str]:
    """What is wrong with an expression that the language does not have, and what to say instead."""
    kind = next((kind for kinds, kind in _NODES if isinstance(found, kinds)), "other")
    return say(f"foreign.node.{kind}.message"), say(f"foreign.node.{kind}.hint", text=listed(found))


def instead(sign: str) -> str:
    """What to say instead of an operator that is none here."""
    kind = {"&": "both", "|": "either", "**": "power", "//": "whole", "%": "rest"}.get(sign, "known")
    return text(f"foreign.sign.{kind}")


def function(name: str) -> str:
    """What to say instead of a function that other languages have; empty where nothing is known of it."""
    key = _FUNCTIONS.get(name.lower())
    return text(f"foreign.function.{key}") if key else ""


def listed(found: ast.expr) -> str:
    """The members of a list, as they stand in round brackets; a single one keeps its comma."""
    members = [ast.unparse(each) for each in found.elts] if isinstance(found, ast.List | ast.Set) else []
    return f"{members[0]}," if len(members) == 1 else ", ".join(members)


def syntax(line: str, said: str, at: int) -> Said:
    """A fault of the parser in our words: ``said`` is what it says, ``at`` the character it points at."""
    why, hint, place = _bracket(said) or _sign(line, at) or _word(line, said, at) or _other(line, said, at)
    return say("foreign.syntax.message", why=why), hint, place


def _pair(key: str, about: str = "") -> Said:
    return text(f"foreign.syntax.{key}").format(text=about), text(f"foreign.syntax.{key}_hint").format(text=about), None


def _bracket(said: str) -> Said | None:
    if found := re.match(r"'(.)' was never closed", said):
        return _pair("open", found[1])
    if found := re.match(r"unmatched '(.)'", said):
        return _pair("close", found[1])
    if said.startswith("closing parenthesis"):
        return _pair("other")
    return _pair("quote") if said.startswith("unterminated") else None


def _sign(line: str, at: int) -> Said | None:
    """A sign that is none here, looked for outside of quotation marks, the nearest to the fault first."""
    bare = _bare(line)
    if line.startswith("="):
        return *_pair("first")[:2], 0
    found = [(abs(place - at), -len(sign), sign, place) for sign in _SIGNS for place in _places(bare, sign)]
    if found:
        _, _, sign, place = min(found)
        return _pair("mark", sign)[0], say("foreign.syntax.say_hint", text=_SIGNS[sign]), place
    curly = [place for place, letter in enumerate(bare) if letter in _CURLY]
    if curly:
        return _pair("mark", bare[curly[0]])[0], text("foreign.syntax.curly_hint"), curly[0]
    if ";" in bare:
        return *_pair("semicolon")[:2], bare.index(";")
    percent = re.search(r"(?<=\d)\s*%\s*(?=$|[),])", bare)
    return (*_pair("percent")[:2], percent.start()) if percent else None


def _places(line: str, sign: str) -> list[int]:
    """Where a sign stands that is no part of a longer one: ``!`` and not ``!=``."""
    whole = rf"(?<![=!<>]){re.escape(sign)}(?![=>])" if sign[0] in "!=<" else re.escape(sign)
    return [found.start() for found in re.finditer(whole, line)]


def _bare(line: str) -> str:
    """The line with the texts in quotation marks made meaningless, character for character."""
    return _QUOTED.sub(lambda found: "q" * len(found[0]), line)


def _word(line: str, said: str, at: int) -> Said | None:
    bare = _bare(line)
    for word in ("where", "like", "as"):
        if found := re.search(rf"(?<=[\w)\],])\s+({word})\s+(?=[\w(]|$)", bare, re.IGNORECASE):
            return *_pair(word)[:2], found.start(1)
    if found := re.search(r"\b(AND|OR|NOT|IN|IS)\b", bare):
        return *_pair("small", found[1].lower())[:2], found.start(1)
    if said != "invalid syntax" or at > len(line):
        return None
    return _pair("end") if at == len(line) else _pair("missing", line[at]) if line[at] in "),]" else None


def _other(line: str, said: str, at: int) -> Said:
    """What is left, by what the parser says of it."""
    if found := re.match(r"invalid (?:non-printable )?character '?(.)", said):
        return _pair("mark", found[1])
    blank = re.search(r"\d\s+\d", line[at:]) if "forgot a comma" in said else None
    if blank:
        return *_pair("number")[:2], at + blank.start()
    rules = (
        ("leading zeros", "zero"),
        ("decimal literal|hexadecimal|octal|binary|imaginary", "number"),
        ("assign|Maybe you meant '=='", "equals"),
        ("positional argument follows", "order"),
        ("keyword argument repeated", "twice"),
        ("forgot a comma", "comma"),
        ("invalid syntax", "equals" if line[at : at + 1] == "=" else "unknown"),
    )
    return _pair(next((key for pattern, key in rules if re.search(pattern, said)), "unknown"))
