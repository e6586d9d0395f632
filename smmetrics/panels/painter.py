"""A process that draws: an order a line comes in, a picture a line goes out, until nothing more comes in.

It is run as a file (`smmetrics.panels.painting`), so that it loads nothing of the package.
"""

from __future__ import annotations

import json
import signal
import sys

import vl_convert

FIRST: dict[str, object] = {
    "data": {"values": [{"a": "Blog", "b": 1.0}, {"a": "Forum", "b": 2.0}]},
    "layer": [
        {"mark": {"type": "line", "point": True}},
        {"mark": "text", "encoding": {"text": {"field": "b", "type": "quantitative"}}},
    ],
    "encoding": {
        "x": {"field": "a", "type": "ordinal", "title": "Platform"},
        "y": {"field": "b", "type": "quantitative", "title": "Answers"},
        "color": {"field": "a", "type": "nominal"},
    },
}
"""Drawn before anybody asks: the first picture takes as long as ten later ones."""


def main() -> None:
    """Draw what is ordered. A picture that cannot be drawn is answered with nothing; who ordered it sees why."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ordered decides when it is enough
    _drawn({"spec": FIRST, "config": {"font": "sans-serif"}})
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(_drawn(json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()


def _drawn(order: dict[str, dict[str, object]]) -> str | None:
    try:
        return vl_convert.vegalite_to_svg(order["spec"], config=order["config"], allowed_base_urls=[])
    except ValueError:
        return None


if __name__ == "__main__":
    main()
