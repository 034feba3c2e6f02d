"""Enter the synthetic summit into Summitry, through its actions; with `--publish-on-request`, publish new versions.

Runs with Summitry's settings in a process of its own (see bench.ours). What the peer calls a talk is a session here, a
track is a forum; abstract and description are one text.
"""

import sys
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import django

from bench import summit as synthetic
from bench.ours import EDITION, LANGUAGES
from bench.summit import DAYS, FIRST_DAY, ZONE, Summit, synthetic_summit

django.setup()

from django.db import transaction  # noqa: E402

from summitry.config.cli.server import prepare  # noqa: E402
from summitry.directory.actions.person import NameGiven, NewPerson, create_people  # noqa: E402
from summitry.directory.enums import NameUse  # noqa: E402
from summitry.directory.models import Person  # noqa: E402
from summitry.editions.actions.edition import create_edition, create_summit  # noqa: E402
from summitry.editions.actions.room import NewRoom, create_rooms  # noqa: E402
from summitry.editions.models import Edition  # noqa: E402
from summitry.foundation.access import system  # noqa: E402
from summitry.foundation.i18n import Text  # noqa: E402
from summitry.programme.actions.forum import create_forums  # noqa: E402
from summitry.programme.actions.schedule import (  # noqa: E402
    Placement,
    draft_of,
    place_session,
    place_sessions,
    publish_schedule,
)
from summitry.programme.actions.session import create_sessions  # noqa: E402
from summitry.programme.models import Appearance, Forum, Session  # noqa: E402

BENCH = system("bench")
STEP = timedelta(minutes=5)


def main(arguments: list[str]) -> None:
    """Seed, or wait for requests to publish."""
    if arguments == ["--publish-on-request"]:
        publish_on_request(sys.stdin)
    else:
        prepare(quiet=True)
        with transaction.atomic():
            seed(synthetic_summit())


def seed(summit: Summit) -> None:
    """Create the edition, its rooms, forums, people and sessions, and publish the schedule once."""
    edition = new_edition(summit.name)
    rooms = create_rooms(edition, [NewRoom(name=Text.of(name)) for name in summit.rooms], by=BENCH)
    forums = create_forums(
        edition,
        [Forum(slug=f"forum-{at:02d}", title=Text.of(name)) for at, name in enumerate(summit.forums)],
        by=BENCH,
    )
    people = create_people(
        (
            NewPerson(
                names=[NameGiven(NameUse.DISPLAY, "en", speaker.name)], biography=Text.of(speaker.biography)
            )
            for speaker in summit.speakers
        ),
        by=BENCH,
    )
    sessions = [
        Session(
            forum=forums[session.forum],
            title=Text.of(session.title),
            abstract=Text.of(f"{session.abstract}\n\n{session.description}"),
            spoken=["en"],
        )
        for session in summit.sessions
    ]
    create_sessions(edition, sessions, appearances=list(appearances(summit, sessions, people)), by=BENCH)
    placements = [
        Placement(row, rooms[session.room], *interval(session))
        for session, row in zip(summit.sessions, sessions, strict=True)
    ]
    place_sessions(draft_of(edition), placements, by=BENCH)
    publish_schedule(edition, by=BENCH)


def new_edition(name: str) -> Edition:
    """A public edition that offers its pages in all six languages."""
    return create_edition(
        create_summit(EDITION, Text.of(name), by=BENCH),
        EDITION,
        by=BENCH,
        name=Text.of(name),
        starts_on=FIRST_DAY,
        ends_on=FIRST_DAY + timedelta(days=DAYS - 1),
        zone_name=ZONE,
        languages=LANGUAGES,
        fallback=["en"],
        is_public=True,
    )


def appearances(summit: Summit, sessions: list[Session], people: list[Person]) -> Iterable[Appearance]:
    """Every session's speakers in their order."""
    for session, row in zip(summit.sessions, sessions, strict=True):
        for at, speaker in enumerate(session.speakers):
            yield Appearance(session=row, person=people[speaker.number], position=at)


def interval(session: synthetic.Session) -> tuple[datetime, datetime]:
    """Start and end of the session in the summit's zone."""
    midnight = datetime.combine(FIRST_DAY + timedelta(days=session.day), time(), ZoneInfo(ZONE))
    starts = midnight + timedelta(minutes=session.starts)
    return starts, starts + timedelta(minutes=session.minutes)


def publish_on_request(requests: Iterable[str]) -> None:
    """For each line, move the first session a few minutes, there or back, publish, and say so."""
    edition = Edition.objects.get(slug=EDITION)
    slot = draft_of(edition).slots.select_related("session", "room").earliest("starts_at", "pk")
    away, back = slot.starts_at + STEP, slot.starts_at
    for number, _request in enumerate(requests):
        starts = back if number % 2 else away
        with transaction.atomic():
            place_session(
                draft_of(edition),
                slot.session,
                slot.room,
                starts,
                starts + (slot.ends_at - slot.starts_at),
                by=BENCH,
            )
            publish_schedule(edition, by=BENCH)
        print("published", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
