"""What the pages of one forum and of one session show beyond the programme's read model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown, languages
from summitry.programme.enums import ContributionKind, Delivery, SpeakerRole
from summitry.programme.models import Contribution, Forum, ForumOrganiser, Session
from summitry.programme.queries.programme import ForumLine, Part, PersonLine, Programme, SessionLine


class OrganiserLine(NamedTuple):
    """An institution of a forum and what it is there."""

    name: Shown
    role: str
    website: str


class ForumDetails(NamedTuple):
    """A forum's text and institutions."""

    abstract: Shown
    organisers: Sequence[OrganiserLine]


class PersonRole(NamedTuple):
    """Somebody in a list of people, with all that she does there in words."""

    person: PersonLine
    role: str


class ContributionLine(NamedTuple):
    """A contribution with who gives it."""

    kind: str
    title: Shown
    abstract: Shown
    minutes: int | None
    people: Sequence[PersonRole]


class SessionDetails(NamedTuple):
    """A session's text, its contributions in order, and everybody in it."""

    abstract: Shown
    contributions: Sequence[ContributionLine]
    people: Sequence[PersonRole]
    spoken: Sequence[str]
    interpreted: Sequence[str]
    previous: SessionLine | None
    next: SessionLine | None


def forum_details(edition: Edition, programme: Programme, forum: ForumLine) -> ForumDetails:
    """Return a forum's details, in two statements."""
    lang, chain = programme.lang, tuple(edition.fallback)
    abstract = Forum.objects.values_list("abstract", flat=True).get(pk=forum.id)
    rows = ForumOrganiser.objects.filter(forum=forum.id).order_by("position", "pk")
    organisers = [
        OrganiserLine(name.shown(lang, chain), str(OrganiserRole(role).label), website)
        for name, role, website in rows.values_list("organisation__name", "role", "organisation__website")
    ]
    return ForumDetails(abstract.shown(lang, chain), organisers)


def people_of_forum(programme: Programme, forum: ForumLine) -> list[PersonRole]:
    """Return everybody who appears in a forum's sessions, once, its chair first."""
    parts = [part for session in programme.of_forum(forum.id) for part in session.parts]
    people = people_in(parts)
    if forum.chair is None:
        return people
    chair = PersonRole(forum.chair, str(SpeakerRole.CHAIR.label))
    return [chair, *(person for person in people if person.person.id != forum.chair.id)]


def session_details(edition: Edition, programme: Programme, session: SessionLine) -> SessionDetails:
    """Return a session's details, in two statements, and its neighbours in the same room."""
    lang, chain = programme.lang, tuple(edition.fallback)
    abstract = Session.objects.values_list("abstract", flat=True).get(pk=session.id)
    in_contribution: dict[int | None, list[Part]] = defaultdict(list)
    for part in session.parts:
        in_contribution[part.contribution_id].append(part)
    rows = Contribution.objects.filter(session=session.id).order_by("position", "pk")
    previous, following = neighbours(programme, session)
    return SessionDetails(
        abstract=abstract.shown(lang, chain),
        contributions=[
            ContributionLine(
                str(ContributionKind(kind).label),
                title.shown(lang, chain),
                text.shown(lang, chain),
                minutes,
                people_in(in_contribution[pk]),
            )
            for pk, kind, title, text, minutes in rows.values_list(
                "pk", "kind", "title", "abstract", "minutes"
            )
        ],
        people=people_in(session.parts),
        spoken=[languages.name_in(code, lang) for code in session.spoken],
        interpreted=[languages.name_in(code, lang) for code in session.interpreted],
        previous=previous,
        next=following,
    )


def people_in(parts: Sequence[Part]) -> list[PersonRole]:
    """Return the people of `parts`, once each, with their roles; how they take part is said where it is not on site."""
    roles: dict[int, list[str]] = defaultdict(list)
    people: dict[int, PersonLine] = {}
    for part in parts:
        people[part.person.id] = part.person
        words = [str(SpeakerRole(part.role).label)]
        if part.delivery != Delivery.IN_PERSON:
            words.append(str(Delivery(part.delivery).label))
        roles[part.person.id] += [word for word in words if word not in roles[part.person.id]]
    return [PersonRole(person, " · ".join(roles[pk])) for pk, person in people.items()]


def neighbours(programme: Programme, session: SessionLine) -> tuple[SessionLine | None, SessionLine | None]:
    """Return what takes place before and after a session in its room, on the same day."""
    if session.room is None:
        return None, None
    here = [s for s in programme.in_room(session.room.id) if s.day == session.day and not s.is_cancelled]
    before = [other for other in here if other.starts_at < session.starts_at]
    after = [other for other in here if other.starts_at > session.starts_at]
    return (before[-1] if before else None), (after[0] if after else None)
