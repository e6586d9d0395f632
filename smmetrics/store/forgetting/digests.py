"""Who was forgotten, as keyed digests: enough to know them when a file brings them again, too little to name them."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.store.files import prepare, take_place, write_new
from smmetrics.store.forgetting.traces import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from smmetrics.store.forgetting.traces import Kind, Traces

NAME, KEY = "forgotten.json", "forgotten.key"
LENGTH = 16
"""Bytes of a digest: 128 bits never meet by chance."""
_WORD = re.compile(r"\w+")


@dataclass
class Forgotten:
    """The digests of a workspace, and the key they were made with. Empty where nobody was forgotten."""

    key: bytes = b""
    digests: set[str] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    """Of how many words the names consist, so that no more than needed is tried in texts."""

    @classmethod
    def of(cls, root: Path) -> Forgotten:
        """Those of a workspace. Raises `BadData` where the list is damaged: who was forgotten would come back."""
        path = root / NAME
        if not path.is_file():
            return cls()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(key=(root / KEY).read_bytes(), digests=set(data["digests"]), words=set(data["words"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = "The list of who was forgotten cannot be read: they would come back with the next file."
            hint = f"Take {NAME} and {KEY} from a backup; or delete both and forget these people again."
            raise BadData(message, where=str(path), hint=hint, code="forgotten.damaged") from error

    def __bool__(self) -> bool:
        """Whether anybody was forgotten."""
        return bool(self.digests)

    def add(self, traces: Traces) -> bool:
        """Take people in; whether that was new."""
        self.key = self.key or secrets.token_bytes(32)
        before = len(self.digests)
        kinds: dict[Kind, Iterable[tuple[str, str]]] = {
            "person": {("", value) for _, value in traces.persons}, "author": traces.authors,
            "account": traces.accounts, "post": traces.posts, "name": traces.names,
        }  # fmt: skip
        for kind, pairs in kinds.items():
            self.digests |= {self._digest(kind, platform, value) for platform, value in pairs}
        self.digests |= {self._digest("name", "", word) for word in traces.words}
        for text in (*traces.all_words, *traces.all_ids):
            tokens = _WORD.findall(_plain(text))
            if tokens:
                self.words.add(len(tokens))
                self.digests.add(self._digest("word", "", _edged(text)))
        return len(self.digests) > before

    def add_posts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take in posts of somebody forgotten that came with a later file."""
        self.digests |= {self._digest("post", platform, value) for platform, value in pairs}

    def save(self, root: Path) -> None:
        """Write the list, synced: it must be there before anything is gone."""
        if not (root / KEY).exists():
            write_new(root / KEY, self.key, mode=0o600)
        text = json.dumps({"format": 1, "words": sorted(self.words), "digests": sorted(self.digests)}, indent=0)
        draft = prepare(root / NAME, text.encode())
        draft.chmod(0o600)
        take_place(draft, root / NAME)

    def matches(self, kind: Kind, platforms: pl.Series, values: pl.Series) -> pl.Series:
        """Which cells are of somebody forgotten."""
        pairs = pl.DataFrame({"platform": platforms.cast(pl.String()), "value": values})
        known = pairs.unique().drop_nulls("value")
        hits = [self._known(kind, platform or "", value) for platform, value in known.iter_rows()]
        found = known.with_columns(pl.Series("hit", hits, dtype=pl.Boolean()))
        joined = pairs.join(found, on=["platform", "value"], how="left", nulls_equal=True, maintain_order="left")
        return joined.get_column("hit").fill_null(value=False)

    def redact(self, texts: pl.Series) -> pl.Series:
        """Texts with their names and ids masked."""
        unique = texts.drop_nulls().unique()
        cache: dict[str, bool] = {}
        changed = {text: masked for text in unique if (masked := self._masked(text, cache)) != text}
        return texts.replace(changed) if changed else texts

    def _masked(self, text: str, cache: dict[str, bool]) -> str:
        tokens = [(found.start(), found.end()) for found in _WORD.finditer(text)]
        done, at, place = [], 0, 0
        while place < len(tokens):
            for count in sorted(self.words, reverse=True):
                if place + count > len(tokens):
                    continue
                start, end = tokens[place][0], tokens[place + count - 1][1]
                piece = _plain(text[start:end])
                if piece not in cache:
                    cache[piece] = self._digest("word", "", piece) in self.digests
                if cache[piece]:
                    done += [text[at:start], MASK]
                    at, place = end, place + count
                    break
            else:
                place += 1
        return "".join([*done, text[at:]])

    def _known(self, kind: str, platform: str, value: str) -> bool:
        digests = (self._digest(kind, platform, value), self._digest(kind, "", value))
        return any(each in self.digests for each in digests)

    def _digest(self, kind: str, platform: str, value: str) -> str:
        said = _plain(value.strip().removeprefix("@")) if kind == "name" else value
        return hmac.digest(self.key, f"{kind}\x1f{platform}\x1f{said}".encode(), "sha256")[:LENGTH].hex()


def _plain(text: str) -> str:
    return normalize("NFC", text).casefold()


def _edged(text: str) -> str:
    """From the first letter to the last one: what surrounds a name in a text does not count."""
    tokens = list(_WORD.finditer(_plain(text)))
    return _plain(text)[tokens[0].start() : tokens[-1].end()]
