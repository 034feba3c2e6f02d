"""Sessions and speakers with everything that belongs to them, in all languages, for readers that are programs.

The rows come in already filtered by what their reader may see; each function adds a fixed number of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from summitry.directory.models import Person
from summitry.directory.queries.affiliations import Post, posts_on
from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible
from summitry.programme.enums import PUBLIC_ROLES
from summitry.programme.models import Appearance, Contribution, Forum, Session, Slot, Version


class PartRecord(NamedTuple):
    """Somebody's part in a session; `contribution` counts from 0 within the session."""

    person: str
    name: str
    role: str
    delivery: str
    contribution: int | None


class SessionRecord(NamedTuple):
    """A session with its slot in the last published version."""

    session: Session
    slot: Slot | None
    parts: list[PartRecord]
    contributions: list[Contribution]


class SpeakerRecord(NamedTuple):
    """A speaker with her first post on the edition's first day."""

    person: Person
    name: str
    spellings: list[str]
    post: Post | None


def session_records(edition: Edition, sessions: Sequence[Session]) -> list[SessionRecord]:
    """Return the records of `sessions`, which are of `edition`, in their order."""
    slots = _slots(edition, sessions)
    contributions: dict[int, list[Contribution]] = defaultdict(list)
    for contribution in Contribution.objects.filter(session__in=sessions):
        contributions[contribution.session_id].append(contribution)
    places = {row.pk: place for rows in contributions.values() for place, row in enumerate(rows)}
    parts = _parts(sessions, places)
    return [
        SessionRecord(session, slots.get(session.pk), parts[session.pk], contributions[session.pk])
        for session in sessions
    ]


def speakers_in(actor: Actor, edition: Edition) -> QuerySet[Person]:
    """Return everybody with a public role in a session, or the chair of a forum, that `actor` may see."""
    sessions = visible(actor, Session.objects.filter(edition=edition))
    forums = visible(actor, Forum.objects.filter(edition=edition))
    appearing = Appearance.objects.filter(session__in=sessions.values("pk"), role__in=PUBLIC_ROLES)
    chairs = Q(pk__in=forums.exclude(chair=None).values("chair_id"))
    return Person.objects.select_related("entity").filter(Q(pk__in=appearing.values("person_id")) | chairs)


def speaker_records(edition: Edition, people: Sequence[Person], lang: str) -> list[SpeakerRecord]:
    """Return the records of `people`, in their order; `name` is the one for readers of `lang`."""
    ids = [person.pk for person in people]
    names = names_of(ids)
    posts = posts_on(ids, edition.starts_on)
    return [
        SpeakerRecord(
            person,
            names.shown(person.pk, lang, edition.fallback).text,
            names.spellings(person.pk),
            posts[person.pk][0] if person.pk in posts else None,
        )
        for person in people
    ]


def _slots(edition: Edition, sessions: Sequence[Session]) -> dict[int, Slot]:
    last = Version.objects.filter(edition=edition, number__isnull=False).order_by("-number").values("pk")[:1]
    rows = Slot.objects.filter(version=last, session__in=sessions).select_related("session", "room")
    return {slot.session_id: slot for slot in rows}


def _parts(sessions: Sequence[Session], places: dict[int, int]) -> dict[int, list[PartRecord]]:
    rows = list(
        Appearance.objects.filter(session__in=sessions, role__in=PUBLIC_ROLES)
        .select_related("person")
        .order_by("position", "pk")
    )
    names = names_of({row.person_id for row in rows})
    parts: dict[int, list[PartRecord]] = defaultdict(list)
    for row in rows:
        name = names.shown(row.person_id, "en").text
        place = places.get(row.contribution_id) if row.contribution_id else None
        parts[row.session_id].append(PartRecord(row.person.slug, name, row.role, row.delivery, place))
    return parts
