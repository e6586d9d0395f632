"""SVG pictures made safe to stand inside a page: only parts that draw, ids of their own, colours of the page.

A picture comes from a renderer that was given outside text. What is not on the lists here does not get into a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from smmetrics.panels.markup import Markup, escaped, joined, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g path rect line polyline circle text tspan clipPath defs linearGradient stop".split()  # noqa: SIM905 (reads)
)
ATTRIBUTES = frozenset(
    (  # noqa: SIM905 (reads)
        "class clip-path cx cy d dx dy fill fill-opacity font-family font-size font-style font-weight height id "
        "offset opacity points r rx ry stop-color stroke stroke-dasharray stroke-dashoffset stroke-linecap "
        "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform viewBox width "
        "x x1 x2 y y1 y2"
    ).split()
)
_OWN = re.compile(r"url\(#([\w-]+)\)")
_LINK = re.compile(r"url\s*\(", re.IGNORECASE)


def sealed(svg: str, *, label: str, prefix: str, class_: str) -> Markup:
    """The picture as markup. ``prefix`` keeps its ids apart from those of other pictures on the page."""
    root = fromstring(svg)
    width, height = _size(root)
    names = _names(root, prefix)
    return tag(
        "svg",
        *(_element(child, names) for child in root),
        class_=f"picture {class_}",
        role="img",
        aria_label=label,
        viewBox=root.get("viewBox") or f"0 0 {width} {height}",
        width=width,
        height=height,
    )


def _names(root: Element, prefix: str) -> dict[str, str]:
    """Its ids counted anew: the renderer goes on counting from the picture before, whichever that was."""
    ids = dict.fromkeys(name for element in root.iter() if (name := element.get("id")))
    return {name: f"{prefix}-{place}" for place, name in enumerate(ids, start=1)}


def _size(root: Element) -> tuple[str, str]:
    width, height = (re.sub(r"[^0-9.]", "", root.get(name) or "") or "100" for name in ("width", "height"))
    return width, height


def _element(element: Element, names: Mapping[str, str]) -> Markup:
    """An element and what is in it; what does not draw is left out with all its children."""
    name = element.tag.removeprefix(NAMESPACE) if isinstance(element.tag, str) else ""
    if name not in ELEMENTS:
        return joined(())
    children = (part for child in element for part in (_element(child, names), _tail(child, name)))
    text = element.text if name in {"text", "tspan"} else ""
    return tag(name, text, *children, **dict(_attributes(element, names)))


def _tail(child: Element, parent: str) -> Markup:
    return escaped(child.tail if parent in {"text", "tspan"} else "")


def _attributes(element: Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in sorted(element.items()):
        if key not in ATTRIBUTES:
            continue
        told = names[value] if key == "id" and value else _OWN.sub(lambda to: f"url(#{names.get(to[1], '')})", value)
        if _LINK.search(_OWN.sub("", value)):
            continue
        yield key, told
