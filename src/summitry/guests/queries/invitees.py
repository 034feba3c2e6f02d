"""Whom somebody may mean who describes a person: for the guest office to decide, before anybody is taken down twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.directory.models import Affiliation, Person
from summitry.directory.queries.matching import Described, Likeness, Match, keys_of, match_people
from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.guests.models import Guest

WORDS: dict[Likeness, str | Promise] = {
    Likeness.EMAIL: _("the same e-mail address"),
    Likeness.NATIVE: _("the same name in its own script"),
    Likeness.LATIN: _("the same name in Latin letters"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the directory, as one who decides needs to see her."""

    person_id: int
    name: str
    also: str
    post: str
    why: str
    is_guest: bool


def like(email: str, names: Iterable[str]) -> list[Match]:
    """Return the people of the directory whom a description may mean, the likeliest first."""
    described = keys_of(Described(email, tuple(filter(None, names))))
    return match_people({0: described}, Person.objects.all()).get(0, [])


def candidates(edition: Edition, matches: Iterable[Match], lang: str) -> dict[int, Candidate]:
    """Return these people as they are shown, by id, with three statements."""
    reasons = {match.person_id: match.likeness for match in matches}
    names = names_of(reasons)
    guests = set(
        Guest.objects.filter(edition=edition, person__in=reasons).values_list("person_id", flat=True)
    )
    posts: dict[int, str] = {}
    rows = Affiliation.objects.filter(person__in=reasons, ends_on=None).select_related("organisation")
    for row in rows.order_by("-position"):
        words = (row.title, row.organisation.name)
        posts[row.person_id] = ", ".join(
            shown.text for text in words if text and (shown := text.shown(lang, edition.fallback))
        )
    found = {}
    for person_id, likeness in reasons.items():
        if person_id not in names:
            continue
        shown = names.shown(person_id, lang, edition.fallback).text
        others: Sequence[str] = [name for name in names.spellings(person_id) if name != shown]
        found[person_id] = Candidate(
            person_id,
            shown,
            " · ".join(others[:3]),
            posts.get(person_id, ""),
            str(WORDS[likeness]),
            person_id in guests,
        )
    return found
