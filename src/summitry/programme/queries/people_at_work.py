"""People as the console's editors see them: who appears in a session, and whom they may choose for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from summitry.directory.models import Person
from summitry.directory.queries.names import names_of
from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.i18n import Shown
from summitry.programme.models import Appearance, Contribution, Session

MOST_FOUND = 20
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class PersonAtWork:
    """Somebody who appears: the row, and her name for the reader."""

    appearance: Appearance
    name: Shown


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who could be chosen; `about` tells her from others of the same name."""

    person: Person
    name: Shown
    about: str


def people_in(session: Session, contribution: Contribution | None = None) -> list[PersonAtWork]:
    """Return who appears in the session itself, or in one contribution of it; three queries."""
    rows = list(session.appearances.filter(contribution=contribution).select_related("person"))
    names = names_of([row.person_id for row in rows])
    lang, chain = get_language() or "en", session.edition.fallback
    return [PersonAtWork(row, names.shown(row.person_id, lang, chain)) for row in rows]


def find_people(actor: Actor, session: Session, words: str) -> list[Found]:
    """Return whom `actor` may choose by these words of a name, organisation or address; at most twenty.

    The secretariat finds everybody. An institution finds those who appear in its forums or belong to its own
    organisations, and nobody else: that a person is known to the summit is not for it to learn.
    """
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return []
    people = _choosable(actor, session)
    for word in words.split():
        people = people.filter(
            Q(names__text__icontains=word)
            | Q(names__sort_key__icontains=word)
            | Q(reference_name__icontains=word)
            | Q(email__istartswith=word)
            | Q(affiliations__organisation__name__icontains=word)
        )
    rows = list(
        people.order_by("reference_name", "pk")
        .distinct()[:MOST_FOUND]
        .prefetch_related("affiliations__organisation")
    )
    names = names_of([person.pk for person in rows])
    lang, chain = get_language() or "en", session.edition.fallback
    return [Found(person, names.shown(person.pk, lang, chain), _about(person)) for person in rows]


def person_to_choose(actor: Actor, session: Session, pk: int) -> Person | None:
    """Return the person of this id, if `actor` may choose her for the session."""
    return _choosable(actor, session).filter(pk=pk).first()


def _choosable(actor: Actor, session: Session) -> QuerySet[Person]:
    everybody = Person.objects.all()
    if policy_for(Person).may(actor, "view"):
        return everybody
    sessions = within(actor, Session.objects.filter(edition=session.edition_id))
    own = session.forum.organisers.values("organisation")
    return everybody.filter(
        Q(pk__in=Appearance.objects.filter(session__in=sessions).values("person"))
        | Q(affiliations__organisation__in=own)
    )


def _about(person: Person) -> str:
    posts = person.affiliations.all()
    return str(posts[0].organisation) if posts else ""
