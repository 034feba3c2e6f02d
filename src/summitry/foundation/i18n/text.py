"""`Text`: one piece of content in several languages, with a translation state for each.

The source language is what the author wrote; every other text remembers the digest of the source it was made from,
and is stale as soon as the source says something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language

META = "_"


class TextState(StrEnum):
    """How far a text in one language can be relied upon."""

    MISSING = "missing"
    MACHINE = "machine"
    REVIEWED = "reviewed"
    STALE = "stale"


class Shown(NamedTuple):
    """A text chosen for a reader: the words, their language, and whether another language was asked for."""

    text: str
    lang: str
    fallback: bool

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Shown("", "", fallback=False)


def digest(text: str) -> str:
    """Return the short digest by which a translation remembers its source."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Text:
    """Immutable. `texts` maps languages to words; `marks` maps translated languages to (state, source digest)."""

    texts: Mapping[str, str] = field(default_factory=dict)
    source: str = "en"
    marks: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, texts: Mapping[str, str] | str, source: str = "", state: TextState = TextState.REVIEWED
    ) -> Text:
        """Build a text from words by language; the first language is the source unless `source` names another.

        A plain string is a text in `source` (English by default). All other languages get `state`.
        """
        if isinstance(texts, str):
            texts = {source or "en": texts}
        words = {lang: text for lang, text in texts.items() if text}
        source = source or next(iter(words), "en")
        mark = (str(state), digest(words.get(source, "")))
        return cls(words, source, {lang: mark for lang in words if lang != source})

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __str__(self) -> str:
        return self.shown(get_language() or settings.LANGUAGE_CODE).text

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.texts.items())), self.source))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self.to_json() == other.to_json()

    def get(self, lang: str) -> str:
        """Return the words in exactly `lang`, or nothing."""
        return self.texts.get(lang, "")

    def state(self, lang: str) -> TextState:
        """Return the state of the text in `lang`."""
        if not self.texts.get(lang):
            return TextState.MISSING
        if lang == self.source:
            return TextState.REVIEWED
        state, source_digest = self.marks.get(lang, (TextState.REVIEWED, ""))
        if source_digest and source_digest != digest(self.texts.get(self.source, "")):
            return TextState.STALE
        return TextState(state)

    def shown(self, lang: str, chain: Iterable[str] = ()) -> Shown:
        """Choose the words for a reader of `lang`: that language, then the fallback `chain`, the source, any."""
        text = self.texts.get(lang)
        if text:
            return Shown(text, lang, fallback=False)
        for other in (*chain, self.source, *self.texts):
            text = self.texts.get(other)
            if text:
                return Shown(text, other, fallback=True)
        return NOTHING

    def with_text(self, lang: str, text: str, state: TextState = TextState.REVIEWED) -> Text:
        """Return a copy that says `text` in `lang`; an empty text removes the language.

        Where the source says something else now, every translation is stale, one without a mark included.
        """
        texts = {**self.texts, lang: text}
        marks = dict(self.marks)
        if lang == self.source and text != self.get(lang):
            before = (str(TextState.REVIEWED), digest(self.get(lang)))
            marks = {other: marks.get(other, before) for other in texts if other != lang}
        if not text:
            del texts[lang]
            marks.pop(lang, None)
        elif lang != self.source:
            marks[lang] = (str(state), digest(texts.get(self.source, "")))
        return Text(texts, self.source, marks)

    def to_json(self) -> dict[str, Any]:
        """Return the stored form: the texts by language, and the source and marks under `_`."""
        if not self.texts:
            return {}
        marks = {lang: list(mark) for lang, mark in sorted(self.marks.items()) if lang in self.texts}
        return {**self.texts, META: {"source": self.source, **({"marks": marks} if marks else {})}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Text:
        """Read the stored form."""
        if not stored:
            return EMPTY
        meta = stored.get(META) or {}
        texts = {lang: text for lang, text in stored.items() if lang != META}
        marks = {lang: (mark[0], mark[1]) for lang, mark in (meta.get("marks") or {}).items()}
        return cls(texts, meta.get("source") or next(iter(texts), "en"), marks)


EMPTY = Text()
