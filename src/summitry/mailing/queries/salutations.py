"""How letters open: a higher room that knows how somebody is addressed says so, by person and language.

    register_salutation(source)       in that room's apps.ready()

Where a letter's first line is a greeting with the recipient's name, such as "Dear {name},", and a salutation is known in the
letter's language, the salutation takes its place. A salutation in another language is never used: nobody is greeted in a
language that the letter is not in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from summitry.editions.models import Edition
from summitry.foundation.i18n import Text

Salutations = Mapping[int, Text]
Source = Callable[[Edition, Collection[int]], Salutations]
PLACE = "salutation"
_GREETING = re.compile(r"\A\s*[^\n{}]{0,60}\{name\}[^\n{}]{0,20}[,!:;،，：！]\s*?(?=\n|\Z)")
_sources: list[Source] = []


def register_salutation(source: Source) -> None:
    """Let `source` say how people are addressed in an edition. Twice is once."""
    if source not in _sources:
        _sources.append(source)


def salutations_of(edition: Edition, person_ids: Collection[int]) -> dict[int, Text]:
    """Return the salutations of those of these people who have one (one query of each source)."""
    found: dict[int, Text] = {}
    for source in _sources if person_ids else ():
        found.update(source(edition, person_ids))
    return found


def opened_with(body: str, salutation: Text | None, lang: str) -> tuple[str, str]:
    """Return a letter's body, with a place for the salutation where it opens with one, and the words for that place."""
    words = salutation.get(lang).strip() if salutation else ""
    if not words:
        return body, ""
    changed, count = _GREETING.subn(f"{{{PLACE}}}", body, count=1)
    return changed, words if count else ""
