"""Builds the demo edition from its plan, through the same actions that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from summitry.directory.actions.naming import EntityNameGiven, create_entity, set_entity_names
from summitry.directory.actions.organisation import NewOrganisation, create_organisations
from summitry.directory.actions.person import NameGiven, NewPerson, PostGiven, create_people
from summitry.directory.actions.seed import seed_entities
from summitry.directory.actions.topic import create_topic
from summitry.directory.enums import EntityKind, NameUse, OrganisationKind
from summitry.directory.models import Entity, NamingProfile, Person
from summitry.editions.actions.edition import create_edition, create_summit, set_topics
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.actions.phase import PhaseGiven, set_phases
from summitry.editions.actions.room import NewRoom, create_rooms
from summitry.editions.actions.venue import WalkGiven, create_building, create_venue, set_walks
from summitry.editions.enums import EditionOrigin, Equipment, OrganiserRole, PhaseKind
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, EDITOR, TRANSLATOR, VIEWER
from summitry.foundation.access import ADMINISTRATOR, Actor, Scope, system
from summitry.foundation.accounts import create_account
from summitry.foundation.audit import recording
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.guests.actions.defaults import install_defaults
from summitry.insight.actions.observation import Claim, record_observations
from summitry.insight.actions.record import load_record
from summitry.insight.enums import ObservationKind, Qualifier
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.actions.indexing import indexed_once
from summitry.programme.models import Forum
from summitry.rehearsal.build_accreditation import build_accreditation
from summitry.rehearsal.build_attendance import build_attendance
from summitry.rehearsal.build_badges import build_badges
from summitry.rehearsal.build_board import build_board
from summitry.rehearsal.build_calls import build_calls
from summitry.rehearsal.build_calls_life import build_earlier_call
from summitry.rehearsal.build_console import build_deadlines, build_last_year, build_steps
from summitry.rehearsal.build_delegations import build_delegations
from summitry.rehearsal.build_gates import build_gates
from summitry.rehearsal.build_guests import admit_guests, build_guests
from summitry.rehearsal.build_interpretation import build_interpretation
from summitry.rehearsal.build_invitations import build_invitations
from summitry.rehearsal.build_live import build_live
from summitry.rehearsal.build_mailing import build_mailing, deliver_notices
from summitry.rehearsal.build_meetings import build_meetings
from summitry.rehearsal.build_photos import build_photos
from summitry.rehearsal.build_programme import build_forums, build_sessions, publish_two_versions
from summitry.rehearsal.build_protocol import build_protocol
from summitry.rehearsal.build_speakers import build_speakers
from summitry.rehearsal.build_translation import build_translation
from summitry.rehearsal.built import Built, of, text
from summitry.rehearsal.content.plan import SummitPlan

DEMO = "rivertown-2026"
_ROLE_OF_STAFF = {
    "director": DIRECTOR.code,
    "programme_editor": EDITOR.code,
    "translator": TRANSLATOR.code,
    "viewer": VIEWER.code,
}


def build(plan: SummitPlan, *, progress: Callable[[str], None] = lambda _step: None) -> Edition:
    """Write `plan` into the database in one transaction and return its edition; `progress` hears of each step."""
    by = system("demo")
    with recording():
        progress("Countries and regions, organisations, topics")
        built = _edition(plan, by)
        _directory(plan, built, by)
        progress("People")
        _people(plan, built, by)
        progress("Venue, phases, organisers")
        _venue(plan, built, by)
        _frame(plan, built, by)
        progress("Programme")
        build_forums(plan, built, by)
        build_sessions(plan, built, by)
        build_deadlines(built, by)
        build_steps(built, by)
        with indexed_once(built.edition):
            _live_through(plan, built, by, progress)
    return built.edition


def _live_through(plan: SummitPlan, built: Built, by: Actor, progress: Callable[[str], None]) -> None:
    """Let happen what follows once the programme stands: publication, and everybody's work after it."""
    progress("Schedule, two versions")
    publish_two_versions(plan, built, by)
    progress("Speakers")
    build_speakers(built)
    progress("Figures and accounts")
    _figures(plan, built, by)
    _accounts(plan, built, by)
    progress("Calls")
    build_calls(plan, built, by)
    progress("Outbox")
    build_mailing(built, by)
    progress("Glossary and translations")
    build_translation(built, by)
    progress("Run of show, interpretation")
    build_interpretation(built, by)
    build_live(built, by)
    progress("Board")
    build_board(built, by)
    progress("Guests")
    _guests(plan, built, by, progress)
    build_earlier_call(plan, build_last_year(built, by), by)


def _guests(plan: SummitPlan, built: Built, by: Actor, progress: Callable[[str], None]) -> None:
    """Let the guests come: each part needs those before it, and badges are made once everybody's place is known."""
    edition = built.edition
    install_defaults(edition, by=by)
    build_gates(edition, built.rooms, by)
    build_guests(plan, built, by)
    progress("Delegations, invitations")
    build_delegations(edition, by)
    build_invitations(edition, by)
    build_photos(edition)
    progress("Accreditation")
    admit_guests(plan, built, by)
    build_accreditation(built, by)
    progress("Badges")
    build_badges(edition, by=by)
    progress("Protocol")
    build_protocol(built, by)
    progress("Gates")
    build_attendance(edition, by)
    progress("Meetings, consents")
    build_meetings(edition, by)
    deliver_notices(edition)


def _edition(plan: SummitPlan, by: Actor) -> Built:
    e = plan.edition
    profile: NamingProfile = seed_entities(by=by)
    summit = create_summit(e.summit_slug, of(e.summit_name), by=by)
    edition = create_edition(
        summit,
        e.slug,
        by=by,
        acronym=e.slug.replace("-", ""),
        year=e.first_day.year,
        name=of(e.name),
        formal_title=of(e.formal_title),
        motto=of(e.motto),
        lead=of(e.lead),
        host_city=of(e.host_city),
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
    if built.edition.naming_profile:
        names = [
            EntityNameGiven(built.entities[planned.code], lang, words)
            for planned in plan.entities
            for lang, words in planned.names.items()
        ]
        set_entity_names(built.edition.naming_profile, names, by=by)
    made = create_organisations(
        [
            NewOrganisation(
                name=of(planned.names),
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
            of(topic.names), by=by, parent=parent, position=place, slug=topic.slug, tone=tone
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
                        title=of(post.titles),
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
    venue = create_venue(built.edition, of(plan.venue.names), by=by, address=of(plan.venue.address))
    buildings = {
        planned.slug: create_building(venue, of(planned.names), by=by, position=place)
        for place, planned in enumerate(plan.venue.buildings)
    }
    walks = [WalkGiven(buildings[walk.start], buildings[walk.end], walk.minutes) for walk in plan.venue.walks]
    set_walks(built.edition, walks, by=by)
    planned_rooms = sorted(plan.venue.rooms, key=lambda room: room.number)
    rooms = create_rooms(
        built.edition,
        [
            NewRoom(
                name=of(room.names),
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
    administrator = create_account("administrator@rivertown.example", by=by, name="Administrator")
    grant_role(administrator, ADMINISTRATOR, by=by)
    for planned in plan.staff:
        account = create_account(planned.email, by=by, name=planned.name)
        role = _ROLE_OF_STAFF.get(planned.role)
        if role:
            grant_role(account, role, Scope("edition", built.edition.pk), by=by)
        elif planned.role == "co_organiser_editor":
            for forum in Forum.objects.filter(
                edition=built.edition, organisers__organisation=built.organisations[planned.scope or ""]
            ):
                appoint_editor(forum, account, by=by)
        person = built.people.get(planned.scope or "")
        if person is not None:
            Person.objects.filter(pk=person.pk).update(account=account)
