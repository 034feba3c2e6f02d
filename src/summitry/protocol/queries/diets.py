"""What guests are to be served: what protocol entered or the guest told it; else what she answered in her application."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from summitry.guests.models import Answer, Guest
from summitry.guests.queries.answers import value_of
from summitry.protocol.enums import DietNeed
from summitry.protocol.models import Diet

QUESTION = "diet"
WORDS = "diet_words"
"""The slugs of the questions with which a new edition asks what its guests eat; an edition may have taken them out."""
Served = tuple[list[str], str]


def answered_diets(edition_id: int, guest_ids: Collection[int] | None = None) -> dict[int, Served]:
    """Return needs and words of guests who answered the application's question, in one statement; of these, or of all.

    An answer that is no need of ours, such as "anything", is none; one that an edition added counts as words.
    """
    rows = Answer.objects.filter(guest__edition=edition_id, field__slug__in=(QUESTION, WORDS))
    if guest_ids is not None:
        rows = rows.filter(guest__in=guest_ids)
    given: dict[int, dict[str, object]] = {}
    for answer in rows.select_related("field"):
        given.setdefault(answer.guest_id, {})[answer.field.slug] = value_of(answer)
    found = {guest: _served(said.get(QUESTION), said.get(WORDS)) for guest, said in given.items()}
    return {guest: served for guest, served in found.items() if served != ([], "")}


def has_diet(guest: Guest) -> bool:
    """Return whether anything is known of what a guest is served."""
    return Diet.objects.filter(guest=guest).exists() or bool(answered_diets(guest.edition_id, [guest.pk]))


def _served(chosen: object, words: object) -> Served:
    values: Iterable[object] = chosen if isinstance(chosen, list) else [chosen]
    needs = sorted({str(one) for one in values if one in DietNeed.values})
    return needs, words.strip() if isinstance(words, str) else ""
