"""Enter the synthetic summit into pretalx, through its models. Runs in pretalx's environment: see bench.peers.pretalx.

Two public events come out: the summit, and the same without abstracts and biographies (`plain`), because pretalx prints
these on its schedule and its speaker list where Summitry does not. Prints how many talks and speakers pretalx itself then counts as public.
"""

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import django

from bench.summit import DAYS, FIRST_DAY, ZONE, Session, Summit, synthetic_summit

django.setup()

from django.db import transaction  # noqa: E402
from django_scopes import scope, scopes_disabled  # type: ignore[import-not-found]  # noqa: E402
from pretalx.event.models import Event, Organiser  # type: ignore[import-not-found]  # noqa: E402
from pretalx.person.models import SpeakerProfile, User  # type: ignore[import-not-found]  # noqa: E402
from pretalx.schedule.models import Room  # type: ignore[import-not-found]  # noqa: E402
from pretalx.submission.models import Submission, Track  # type: ignore[import-not-found]  # noqa: E402

EVENTS = {"summit": True, "plain": False}
"""Slug, and whether its talks have abstracts and its speakers biographies."""


def main() -> None:
    """Seed and print the counts as one line of JSON."""
    summit = synthetic_summit()
    with scopes_disabled(), transaction.atomic():
        organiser = Organiser.objects.create(name="Bench", slug="bench")
        accounts = {speaker.number: account(speaker.number, speaker.name) for speaker in summit.speakers}
    counts = {
        slug: seed_event(organiser, slug, summit, accounts, with_texts=with_texts)
        for slug, with_texts in EVENTS.items()
    }
    print(json.dumps(counts))


def account(number: int, name: str) -> User:
    """A speaker's account, without a password: hashing 600 of them is no part of what we measure."""
    return User.objects.create(name=name, email=f"speaker{number}@example.org", locale="en", timezone=ZONE)


def seed_event(
    organiser: Organiser, slug: str, summit: Summit, accounts: dict[int, User], *, with_texts: bool
) -> dict[str, int]:
    """Create the event with rooms, tracks and confirmed talks, and release its schedule once."""
    with scopes_disabled():
        event = Event.objects.create(
            name=summit.name,
            slug=slug,
            organiser=organiser,
            is_public=True,
            date_from=FIRST_DAY,
            date_to=FIRST_DAY + timedelta(days=DAYS - 1),
            timezone=ZONE,
            email="bench@example.org",
            locale="en",
            locale_array="en",
        )
    with scope(event=event):
        with transaction.atomic():
            event.build_initial_data()
            rooms = [
                Room.objects.create(event=event, name=name, position=at)
                for at, name in enumerate(summit.rooms)
            ]
            tracks = [
                Track.objects.create(event=event, name=name, color=f"#{at * 0x0B0B0B:06x}")
                for at, name in enumerate(summit.forums)
            ]
            for session in summit.sessions:
                talk = add_talk(event, session, tracks[session.forum], accounts, with_texts=with_texts)
                place(talk, session, rooms[session.room])
        Event.objects.get(pk=event.pk).release_schedule("1.0", notify_speakers=False)
        released = Event.objects.get(pk=event.pk)
        visible = released.current_schedule.talks.filter(is_visible=True)
        return {"talks": visible.count(), "speakers": released.speakers.count()}


def add_talk(
    event: Event, session: Session, track: Track, accounts: dict[int, User], *, with_texts: bool
) -> Submission:
    """A confirmed submission with its speakers and their profiles."""
    talk = Submission.objects.create(
        event=event,
        title=session.title,
        abstract=session.abstract if with_texts else "",
        description=session.description,
        submission_type=event.cfp.default_type,
        track=track,
        content_locale="en",
    )
    for speaker in session.speakers:
        SpeakerProfile.objects.create(
            user=accounts[speaker.number], event=event, biography=speaker.biography if with_texts else ""
        )
        talk.speakers.add(accounts[speaker.number])
    talk.accept()
    talk.confirm()
    return talk


def place(talk: Submission, session: Session, room: Room) -> None:
    """Put the talk's slot of the draft schedule into its room at its time."""
    slot = talk.slots.get(schedule=talk.event.wip_schedule)
    midnight = datetime.combine(FIRST_DAY + timedelta(days=session.day), time(), ZoneInfo(ZONE))
    slot.start = midnight + timedelta(minutes=session.starts)
    slot.end = slot.start + timedelta(minutes=session.minutes)
    slot.room = room
    slot.save()


if __name__ == "__main__":
    main()
