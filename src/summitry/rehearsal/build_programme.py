"""The programme of the demo edition: forums, sessions and two published versions of the schedule."""

from __future__ import annotations

from collections.abc import Mapping

from summitry.editions.actions.edition import update_edition
from summitry.editions.enums import OrganiserRole
from summitry.foundation.access import Actor
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
from summitry.rehearsal.built import Built, text
from summitry.rehearsal.content.plan import SessionPlan, SummitPlan


def build_forums(plan: SummitPlan, built: Built, by: Actor) -> None:
    """Build the forums with their co-organisers."""
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


def build_sessions(plan: SummitPlan, built: Built, by: Actor) -> None:
    """Build the sessions with their contributions and everybody who appears."""
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


def publish_two_versions(plan: SummitPlan, built: Built, by: Actor) -> None:
    """Publish the schedule, then the same with the plan's amendments, so that changes have something to show."""
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
