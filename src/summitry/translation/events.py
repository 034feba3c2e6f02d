"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationsSaved(Event):
    """Translations into `language` were written; `texts` are their ids, `origin` is by hand, by file or by machine."""

    language: str
    texts: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationsAssigned(Event):
    """Somebody was asked to translate, or the assignment was changed or taken back."""

    assignment_id: int
    account_id: int
    language: str
    is_withdrawn: bool = False
