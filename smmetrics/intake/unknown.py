"""What is said of a file that nothing installed reads: what it is, what comes nearest, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake.asked import asked_by
from smmetrics.intake.encoding import head_of, sniff_encoding
from smmetrics.intake.jsonrecords import assigned
from smmetrics.intake.jsonsniff import unquoted
from smmetrics.intake.names import plain_names
from smmetrics.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.reading import Preview
    from smmetrics.intake.rank import Match

SHOWN, ALIKE, FEW = 4, 3, 3
"""So many names are listed; so many names that stand for one another; and so many unknown ones are worth a word."""
OR = " or "
NEAR = 0.5
"""A kind comes near of which more than this share is there: half of few names (`Date`, `id`) is in any file."""
NEARER, MOST = 0.7, 0.75
"""The same for records of JSON and XML, whose few keys (`id`, `text`) are everybody's; and the share of a table's
columns that a kind must know to come near whatever it lacks."""

PARTING = re.compile(r"[,;\t](?=\S)")
"""A mark between the cells of a table, as no sentence has it."""
STRANGE = 1 / 3
"""A table of which a kind knows less than this, and not even a few columns, is not near it: a `date` and a `note`."""
LONGEST = 60
"""Letters of a name that are shown."""


def unknown(preview: Preview, matches: Sequence[Match], *, beside: bool = False) -> BadData:
    """The refusal of a file, or of a table ``beside`` others of its file. ``matches``: what it might be, best first."""
    if preview.root.lower() == "html":
        return BadData(say("intake.unknown.page"), hint=say("intake.unknown.page_hint"), code="format.unknown")
    if preview.container == "xml" and not preview.root:
        return BadData(say("intake.unknown.broken"), hint=say("intake.unknown.xml_hint"), code="format.unknown")
    if preview.container == "json" and (name := _unquoted(preview)):
        return BadData(
            say("intake.unknown.unquoted", name=name), hint=say("intake.unknown.unquoted_hint"), code="format.unknown"
        )
    if preview.container == "json" and not any(preview.names):
        return BadData(say("intake.unknown.hollow"), hint=say("intake.unknown.hollow_hint"), code="format.unknown")
    if _in_one_column(preview):
        return BadData(say("intake.unknown.column"), hint=say("intake.unknown.column_hint"), code="format.unknown")
    near = [
        each for each in matches if _is_of_its_name(each, preview) or (each.share > NEAR and _is_telling(each, matches))
    ]
    is_text = preview.container == "csv" and not near and len(preview.headers[0] if preview.headers else ()) <= 1
    form = "table" if beside else "text" if is_text else preview.container
    hint = [*([say("intake.unknown.lines")] if beside else []), _nearest(near) if near else _seen(preview)]
    if len(near) == 1 and near[0].source.how_to_get:
        hint.append(say("intake.unknown.get", how=near[0].source.how_to_get))
    alone = is_text and not any(len(row) > 1 for row in preview.records)
    hint.append(say("intake.unknown.xml_hint" if form == "xml" else f"intake.unknown.{'alone_' * alone}hint"))
    return BadData(say(f"intake.unknown.{form}"), hint=" ".join(hint), code="format.unknown")


def _unquoted(preview: Preview) -> str:
    """The first name of a file that looks like JSON, where it stands without quotes."""
    head = _head(preview)
    return unquoted(head[assigned(head)[1] :])


def _in_one_column(preview: Preview) -> bool:
    """Whether each line of a table is one cell, as a spreadsheet saves what it did not part."""
    cells = [cell for cell in preview.headers[0] if cell.strip()] if preview.headers else []
    if preview.container != "csv" or len(cells) != 1 or len(PARTING.findall(cells[0])) < 2:  # noqa: PLR2004
        return False
    return _head(preview).startswith(b'"')


def _head(preview: Preview) -> bytes:
    """How a file begins, behind the mark of its encoding."""
    head = head_of(preview.path)
    return head[sniff_encoding(head).mark :]


def _is_of_its_name(match: Match, preview: Preview) -> bool:
    """Whether the file bears the name that a kind is assigned to: then it is one, whatever it lacks."""
    return bool(preview.root and preview.container == "json" and match.source.signature.root)


def _is_telling(match: Match, matches: Sequence[Match]) -> bool:
    """Whether what a table has in common with a kind tells that kind from others: a `Date` is in most of them."""
    if match.source.container != "csv":
        return match.share > NEARER and not (match.missing and match.barred)
    words = asked_by(match.source)
    there = plain_names(match.header) - {""}
    known = len(there & words.known) / max(len(there), 1)
    if known > MOST or not match.missing:
        return match.untitled or known >= NEAR
    if known < STRANGE and len(there & words.known) < FEW:
        return False
    asked = [asked_by(each.source).asked for each in matches]
    weights = {
        told: 1 / sum(any(not names.isdisjoint(other) for _, other in each) for each in asked)
        for told, names in words.asked
    }
    return sum(weights[told] for told in weights.keys() - set(match.missing)) > NEAR * sum(weights.values())


def lacking(match: Match) -> str:
    """What is missing: columns of a table, or lines above it; elements, or a whole family of them, of an XML file."""
    if match.source.container != "xml":
        above = [say("intake.unknown.untitled")] if match.untitled else []
        return "lacks " + " and ".join([*([listed(match.missing)] if match.missing else []), *above])
    return f"has no elements <{'>, <'.join(f'{name}:…' for name in match.missing)}>"


def listed(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    shown = ", ".join(repr(_short(name)) for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def _short(name: str) -> str:
    """Of names that stand for one another, the first ones."""
    alike = name.split(OR)
    return name.strip() if len(alike) <= ALIKE else OR.join((*alike[:ALIKE], "…"))


def _nearest(matches: Sequence[Match]) -> str:
    """The best match, and a second one that is as near."""
    best = matches[0]
    near = [each for each in matches[:2] if each.share == best.share and each.source.closed == best.source.closed]
    return say("intake.unknown.near", kinds="; ".join(map(_difference, near)))


def _difference(match: Match) -> str:
    source = match.source
    parts = [lacking(match)] if match.missing or match.untitled else []
    if match.unexpected and (not parts or len(match.unexpected) <= FEW):
        parts.append(f"has {listed(match.unexpected)}")
    named = f"{source.id}, {source.title}" if source.title else source.id
    return f"{named} (this file {' and '.join(parts)})"


def _seen(preview: Preview) -> str:
    """What the file begins with, where nothing comes near."""
    if preview.container == "xml":
        names = f"<{preview.root}>"
    elif preview.container == "json":
        keys = sorted((each for each in preview.names if each and "=" not in each), key=lambda name: (len(name), name))
        names = listed([cut(each, LONGEST) for each in keys])
    else:
        names = listed([cut(cell, LONGEST) for cell in preview.headers[0] if cell.strip()] if preview.headers else ())
    return say("intake.unknown.seen", names=names) if names else say("intake.unknown.nothing")
