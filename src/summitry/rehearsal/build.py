"""Builds the demo edition from its plan, through the same actions that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from summitry.directory.actions.naming import create_entity
from summitry.directory.actions.organisation import NewOrganisation, create_organisations
from summitry.directory.actions.person import NameGiven, NewPerson, PostGiven, create_people
from summitry.directory.actions.seed import seed_entities
from summitry.directory.actions.topic import create_topic
from summitry.directory.enums import EntityKind, NameUse, OrganisationKind
from summitry.directory.models import Entity, NamingProfile, Organisation, Person, Topic
from summitry.editions.actions.edition import create_edition, create_summit, set_topics, update_edition
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.actions.phase import PhaseGiven, set_phases
from summitry.editions.actions.room import NewRoom, create_rooms
from summitry.editions.actions.venue import WalkGiven, create_building, create_venue, set_walks
from summitry.editions.enums import EditionOrigin, Equipment, OrganiserRole, PhaseKind
from summitry.editions.models import Edition, Room
from summitry.editions.permissions import DIRECTOR, EDITOR, TRANSLATOR, VIEWER
from summitry.foundation.access import ADMINISTRATOR, Actor, Scope, system
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text, TextState
from summitry.foundation.models import Account
from summitry.insight.actions.observation import Claim, record_observations
from summitry.insight.actions.record import load_record
from summitry.insight.enums import ObservationKind, Qualifier
from summitry.programme.actions.forum import add_forum_organisers, create_forums
from summitry.programme.actions.schedule import (
    Placement,
    draft_of,
    place_session,
    place_sessions,
    publish_schedule,
    unplace_session,
)
from summitry.programme.actions.session import create_sessions, update_session
from summitry.programme.enums import ContributionKind, Delivery, ForumKind, SpeakerRole
from summitry.programme.models import Appearance, Contribution, Forum, Session, Slot
from summitry.programme.permissions import FORUM_EDITOR
from summitry.rehearsal.content.plan import SessionPlan, SummitPlan, Translation

DEMO = "rivertown-2026"
_ROLE_OF_STAFF = {
    "director": DIRECTOR.code,
    "programme_editor": EDITOR.code,
    "translator": TRANSLATOR.code,
    "viewer": VIEWER.code,
}


@dataclass(slots=True)
class Built:
    """What has been built so far, by the plan's slugs and codes."""

    edition: Edition
    entities: dict[str, Entity] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    forums: dict[str, Forum] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)


def build(plan: SummitPlan, *, progress: Callable[[str], None] = lambda _step: None) -> Edition:
    """Write `plan` into the database in one transaction and return its edition; `progress` hears of each step."""
    by = system("demo")
    with transaction.atomic():
        progress("Countries and regions, organisations, topics")
        built = _edition(plan, by)
        _directory(plan, built, by)
        progress("People")
        _people(plan, built, by)
        progress("Venue, phases, organisers")
        _venue(plan, built, by)
        _frame(plan, built, by)
        progress("Programme")
        _forums(plan, built, by)
        _sessions(plan, built, by)
        progress("Schedule, two versions")
        _schedule(plan, built, by)
        progress("Figures and accounts")
        _figures(plan, built, by)
        _accounts(plan, built, by)
    return built.edition


def text(translation: Translation) -> Text:
    """Return a planned text with its states."""
    result = Text.of(translation.texts.get(translation.source, ""), translation.source)
    for lang, words in translation.texts.items():
        if lang != translation.source:
            state = TextState.MACHINE if translation.state(lang) == "machine" else TextState.REVIEWED
            result = result.with_text(lang, words, state)
    return result


def _of(texts: Mapping[str, str]) -> Text:
    return Text.of(dict(texts))


def _edition(plan: SummitPlan, by: Actor) -> Built:
    e = plan.edition
    profile: NamingProfile = seed_entities(by=by)
    summit = create_summit(e.summit_slug, _of(e.summit_name), by=by)
    edition = create_edition(
        summit,
        e.slug,
        by=by,
        acronym=e.slug.replace("-", ""),
        year=e.first_day.year,
        name=_of(e.name),
        formal_title=_of(e.formal_title),
        motto=_of(e.motto),
        lead=_of(e.lead),
        host_city=_of(e.host_city),
        starts_on=e.first_day,
        ends_on=e.last_day,
        zone_name=e.zone,
        languages=list(e.languages),
        fallback=list(e.fallback),
        naming_profile=profile,
        origin=EditionOrigin.RUN,
    )
    return Built(edition)


def _directory(plan: SummitPlan, built: Built, by: Actor) -> None:
    built.entities = {entity.code: entity for entity in Entity.objects.all()}
    kinds = {"country": EntityKind.COUNTRY, "union": EntityKind.UNION, "organisation": EntityKind.IGO}
    for planned in plan.entities:
        if planned.code not in built.entities:
            built.entities[planned.code] = create_entity(planned.code, by=by, kind=kinds[planned.kind])
    made = create_organisations(
        [
            NewOrganisation(
                name=_of(planned.names),
                kind=_organisation_kind(planned.kind),
                entity=built.entities.get(planned.entity),
                slug=planned.slug,
            )
            for planned in plan.organisations
        ],
        by=by,
    )
    built.organisations = {planned.slug: one for planned, one in zip(plan.organisations, made, strict=True)}
    for place, topic in enumerate(plan.topics):
        parent = built.topics[topic.parent] if topic.parent else None
        tone = "" if parent else str(sum(1 for other in plan.topics[:place] if not other.parent) + 1)
        built.topics[topic.slug] = create_topic(
            _of(topic.names), by=by, parent=parent, position=place, slug=topic.slug, tone=tone
        )


def _organisation_kind(kind: str) -> OrganisationKind:
    try:
        return OrganisationKind(kind)
    except ValueError:
        return OrganisationKind.OTHER


def _people(plan: SummitPlan, built: Built, by: Actor) -> None:
    made = create_people(
        [
            NewPerson(
                names=[NameGiven(NameUse(n.use), n.lang, n.text, n.sort_key) for n in person.names],
                reference_name=person.display_name,
                honorific=Text.of(person.honorific),
                biography=text(person.biography) if person.biography else Text(),
                entity=built.entities.get(person.entity),
                email=person.email,
                languages=list(person.languages),
                posts=[
                    PostGiven(
                        organisation=built.organisations[post.organisation],
                        title=_of(post.titles),
                        starts_on=post.since,
                        ends_on=post.until,
                    )
                    for post in person.affiliations
                ],
                slug=person.slug,
            )
            for person in plan.people
        ],
        by=by,
    )
    built.people = {planned.slug: one for planned, one in zip(plan.people, made, strict=True)}


def _venue(plan: SummitPlan, built: Built, by: Actor) -> None:
    venue = create_venue(built.edition, _of(plan.venue.names), by=by, address=_of(plan.venue.address))
    buildings = {
        planned.slug: create_building(venue, _of(planned.names), by=by, position=place)
        for place, planned in enumerate(plan.venue.buildings)
    }
    walks = [WalkGiven(buildings[walk.start], buildings[walk.end], walk.minutes) for walk in plan.venue.walks]
    set_walks(built.edition, walks, by=by)
    planned_rooms = sorted(plan.venue.rooms, key=lambda room: room.number)
    rooms = create_rooms(
        built.edition,
        [
            NewRoom(
                name=_of(room.names),
                code=room.slug,
                building=buildings[room.building],
                capacity=room.capacity,
                equipment=[Equipment(code) for code in room.equipment],
            )
            for room in planned_rooms
        ],
        by=by,
    )
    built.rooms = {planned.slug: room for planned, room in zip(planned_rooms, rooms, strict=True)}


def _frame(plan: SummitPlan, built: Built, by: Actor) -> None:
    edition = built.edition
    opening = dt.datetime.combine(edition.starts_on, dt.time(), edition.zone)
    closing = dt.datetime.combine(edition.ends_on, dt.time(), edition.zone) + dt.timedelta(days=1)
    day = dt.timedelta(days=1)
    set_phases(
        edition,
        [
            PhaseGiven(PhaseKind.PREPARATION, opening - 300 * day, opening),
            PhaseGiven(PhaseKind.PROGRAMME_PUBLIC, opening - 60 * day),
            PhaseGiven(PhaseKind.SUMMIT, opening, closing),
            PhaseGiven(PhaseKind.AFTERWARDS, closing),
        ],
        by=by,
    )
    roles = {role.value.replace("_", "-"): role for role in OrganiserRole}
    set_organisers(
        edition,
        [
            OrganiserGiven(built.organisations[planned.slug], roles[planned.role])
            for planned in plan.organisations
            if planned.role
        ],
        by=by,
    )
    set_topics(edition, list(built.topics.values()), by=by)


def _forums(plan: SummitPlan, built: Built, by: Actor) -> None:
    rows = [
        Forum(
            edition=built.edition,
            slug=planned.slug,
            kind=ForumKind(planned.kind),
            title=text(planned.title),
            abstract=text(planned.abstract),
            topic=built.topics.get(planned.topic),
            chair=built.people.get(planned.chair),
            position=place,
        )
        for place, planned in enumerate(plan.forums)
    ]
    made = create_forums(built.edition, rows, by=by)
    built.forums = {planned.slug: forum for planned, forum in zip(plan.forums, made, strict=True)}
    add_forum_organisers(
        built.edition,
        [
            (built.forums[planned.slug], built.organisations[slug], OrganiserRole.CO_ORGANISER)
            for planned in plan.forums
            for slug in planned.organisations
        ],
        by=by,
    )


def _sessions(plan: SummitPlan, built: Built, by: Actor) -> None:
    sessions: list[Session] = []
    contributions: list[Contribution] = []
    appearances: list[Appearance] = []
    for planned in plan.sessions:
        session = Session(
            edition=built.edition,
            forum=built.forums[planned.forum],
            code=planned.slug,
            title=text(planned.title),
            abstract=text(planned.abstract),
            spoken=list(planned.spoken),
            interpreted=list(planned.interpreted),
            is_broadcast=planned.broadcast,
        )
        sessions.append(session)
        parts = {
            item.code: Contribution(
                session=session,
                kind=ContributionKind(item.kind),
                title=text(item.title),
                minutes=item.minutes,
                position=place,
            )
            for place, item in enumerate(planned.contributions)
        }
        contributions += parts.values()
        appearances += _appearances(planned, session, parts, built)
    made = create_sessions(
        built.edition, sessions, by=by, contributions=contributions, appearances=appearances
    )
    built.sessions = {planned.code: session for planned, session in zip(plan.sessions, made, strict=True)}


def _appearances(
    planned: SessionPlan, session: Session, parts: Mapping[str, Contribution], built: Built
) -> list[Appearance]:
    return [
        Appearance(
            session=session,
            contribution=parts[role.contribution] if role.contribution else None,
            person=built.people[role.person],
            role=SpeakerRole(role.role),
            delivery=Delivery(role.delivery),
            fallback=Delivery.RECORDED if role.fallback == "recorded" else "",
            position=place,
        )
        for place, role in enumerate(planned.roles)
    ]


def _schedule(plan: SummitPlan, built: Built, by: Actor) -> None:
    draft = draft_of(built.edition)
    place_sessions(
        draft,
        [
            Placement(built.sessions[planned.code], built.rooms[planned.room], planned.start, planned.end)
            for planned in plan.sessions
        ],
        by=by,
    )
    update_edition(built.edition, by=by, is_public=True)
    publish_schedule(built.edition, by=by, note="First public programme")
    for amendment in plan.amendments:
        session = built.sessions[amendment.session]
        slot = Slot.objects.get(version=draft, session=session)
        if amendment.kind == "cancel":
            unplace_session(draft, session, by=by)
        elif amendment.kind == "rename" and amendment.title:
            update_session(session, by=by, title=text(amendment.title))
        elif amendment.kind == "move":
            start = amendment.start or slot.starts_at
            room = built.rooms[amendment.room] if amendment.room else slot.room
            place_session(draft, session, room, start, start + (slot.ends_at - slot.starts_at), by=by)
        elif amendment.kind == "swap_rooms" and amendment.other:
            other = Slot.objects.get(version=draft, session=built.sessions[amendment.other])
            place_session(draft, session, other.room, slot.starts_at, slot.ends_at, by=by)
            place_session(draft, other.session, slot.room, other.starts_at, other.ends_at, by=by)
    publish_schedule(built.edition, by=by, note="Changes on the eve of the summit")
    built.edition.refresh_from_db()


def _figures(plan: SummitPlan, built: Built, by: Actor) -> None:
    load_record(by=by)
    qualifiers = {q.value.replace("_", " "): q for q in Qualifier}
    claims = [
        Claim(
            measure=planned.measure,
            number=Decimal(planned.value),
            qualifier=qualifiers[planned.qualifier],
            kind=ObservationKind(planned.kind),
            as_of=planned.as_of,
            source="Secretariat of the Rivertown Summit",
        )
        for planned in plan.measures
    ]
    record_observations(claims, summit=built.edition.summit, edition=built.edition, by=by)


def _accounts(plan: SummitPlan, built: Built, by: Actor) -> None:
    administrator = Account.objects.create_user("administrator@rivertown.example", name="Administrator")
    grant_role(administrator, ADMINISTRATOR, by=by)
    for planned in plan.staff:
        account = Account.objects.create_user(planned.email, name=planned.name)
        role = _ROLE_OF_STAFF.get(planned.role)
        if role:
            grant_role(account, role, Scope("edition", built.edition.pk), by=by)
        elif planned.role == "co_organiser_editor":
            for forum in Forum.objects.filter(
                edition=built.edition, organisers__organisation=built.organisations[planned.scope or ""]
            ):
                grant_role(account, FORUM_EDITOR.code, Scope("forum", forum.pk), by=by)
        person = built.people.get(planned.scope or "")
        if person is not None:
            Person.objects.filter(pk=person.pk).update(account=account)
