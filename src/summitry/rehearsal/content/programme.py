"""Brings the programme together: forums with their co-organisers, sessions with place, time and people."""

from random import Random

from summitry.rehearsal.content.booths import Booths
from summitry.rehearsal.content.casting import Cast
from summitry.rehearsal.content.diary import diary
from summitry.rehearsal.content.drafts import ForumDraft, SessionDraft, forums
from summitry.rehearsal.content.organisations import institutions
from summitry.rehearsal.content.people import Guest
from summitry.rehearsal.content.plan import ForumPlan, SessionPlan, VenuePlan
from summitry.rehearsal.content.reading import chance, read
from summitry.rehearsal.content.timetable import lay_out

MOST_ORGANISATIONS = 4


def programme(
    seed: int, scale: float, venue: VenuePlan, guests: list[Guest]
) -> tuple[list[ForumDraft], Cast]:
    """Return the forums with placed and staffed sessions, and the cast that says who is known for what."""
    rng = chance(seed, "programme")
    drafts = forums(rng, scale)
    lay_out(drafts, venue, rng)
    give_organisations(drafts, rng)
    book = diary(venue)
    shares = read("capacities")
    cast = Cast([guest for guest in guests if guest.plan.capacity == "speaker"], book, rng)
    cast.fill(drafts, shares["remote_share"], shares["remote"]["recorded_share"])
    Booths(guests, venue.rooms, book, rng).staff(drafts)
    return drafts, cast


def give_organisations(drafts: list[ForumDraft], rng: Random) -> None:
    """Give each forum one to four co-organisers that care for its topic; the organisers keep the ceremonies."""
    leading = tuple(house.plan.slug for house in institutions() if house.plan.role in {"host", "organiser"})
    for forum in drafts:
        near = [house.plan.slug for house in institutions() if forum.topic in house.topics]
        rng.shuffle(near)
        number = rng.randint(2, MOST_ORGANISATIONS) if forum.kind == "sub" else 1
        forum.organisations = (
            leading[:MOST_ORGANISATIONS] if forum.kind in {"ceremony", "main"} else tuple(near[:number])
        )


def forum_plan(draft: ForumDraft) -> ForumPlan:
    """Return the finished forum."""
    return ForumPlan(
        slug=draft.slug,
        kind=draft.kind,
        number=draft.number,
        title=draft.title,
        abstract=draft.abstract,
        topic=draft.topic,
        organisations=draft.organisations,
        chair=draft.chair,
    )


def session_plan(forum: str, draft: SessionDraft) -> SessionPlan:
    """Return the finished session."""
    return SessionPlan(
        code=draft.code,
        slug=draft.slug,
        forum=forum,
        kind=draft.kind,
        title=draft.title,
        abstract=draft.abstract,
        room=draft.room,
        start=draft.start,
        minutes=draft.minutes,
        spoken=draft.spoken,
        interpreted=draft.interpreted,
        broadcast=draft.broadcast,
        contributions=draft.contributions,
        roles=tuple(draft.roles),
    )
