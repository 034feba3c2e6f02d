"""Whom an edition could engage as interpreters."""

from __future__ import annotations

from itertools import permutations

from django.db.models import Q

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.live.models import Interpreter
from summitry.programme.enums import SpeakerRole
from summitry.programme.models import Appearance, Session

MOST = 40


def people_to_engage(edition: Edition, words: str) -> list[Person]:
    """Return people whose name says all of `words`; without words, those whom the programme names as interpreters."""
    rows = Person.objects.exclude(pk__in=Interpreter.objects.filter(edition=edition).values("person"))
    if words.strip():
        for word in words.split():
            rows = rows.filter(Q(reference_name__icontains=word) | Q(names__text__icontains=word))
    else:
        named = Appearance.objects.filter(session__edition=edition, role=SpeakerRole.INTERPRETER)
        rows = rows.filter(pk__in=named.values("person"))
    return list(rows.distinct().order_by("reference_name", "pk")[:MOST])


def pairs_of(person: Person) -> list[tuple[str, str]]:
    """Return the pairs between the languages that a person gave, as a first guess."""
    return list(permutations(dict.fromkeys(person.languages), 2))


def languages_in_use(edition: Edition) -> list[str]:
    """Return the languages that are spoken or interpreted at an edition."""
    rows = Session.objects.filter(edition=edition).values_list("spoken", "interpreted")
    found = {code for spoken, interpreted in rows for code in (*spoken, *interpreted)}
    return sorted(found)
