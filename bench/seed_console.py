"""Enter the summit's talks into Summitry as the contributions of an edition, and print a director's session as JSON.

Runs with Summitry's settings in a process of its own (see bench.console), after `bench.seed_ours`, whose people it uses.
"""

import json
from datetime import timedelta

import django

from bench.seed_ours import BENCH, interval
from bench.summit import DAYS, FIRST_DAY, SESSIONS, ZONE, Summit, synthetic_summit
from bench.talks import talks_of

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from summitry.directory.models import Person  # noqa: E402
from summitry.editions.actions.edition import create_edition, create_summit  # noqa: E402
from summitry.editions.actions.room import NewRoom, create_rooms  # noqa: E402
from summitry.editions.models import Edition  # noqa: E402
from summitry.editions.permissions import DIRECTOR  # noqa: E402
from summitry.foundation.access import Scope  # noqa: E402
from summitry.foundation.accounts import create_account  # noqa: E402
from summitry.foundation.grants import grant_role  # noqa: E402
from summitry.foundation.i18n import Text  # noqa: E402
from summitry.programme.actions.forum import create_forums  # noqa: E402
from summitry.programme.actions.schedule import (  # noqa: E402
    Placement,
    draft_of,
    place_sessions,
    publish_schedule,
)
from summitry.programme.actions.session import create_sessions  # noqa: E402
from summitry.programme.models import Appearance, Contribution, Forum, Session  # noqa: E402

EDITION = "talks"


def main() -> None:
    """Seed and print."""
    summit = talks_of(synthetic_summit())
    with transaction.atomic():
        edition = seed(summit)
        account = create_account("director@example.org", by=BENCH, name="Director")
        grant_role(account, DIRECTOR.code, Scope("edition", edition.pk), by=BENCH)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    print(json.dumps({"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}))


def seed(summit: Summit) -> Edition:
    """Create the edition with its forums, sessions, contributions and speakers, and publish it once."""
    edition = create_edition(
        create_summit(EDITION, Text.of(summit.name), by=BENCH),
        EDITION,
        by=BENCH,
        name=Text.of(summit.name),
        starts_on=FIRST_DAY,
        ends_on=FIRST_DAY + timedelta(days=DAYS - 1),
        zone_name=ZONE,
        languages=["en", "zh-hans", "fr", "es", "ru", "ar"],
        fallback=["en"],
        is_public=True,
    )
    rooms = create_rooms(edition, [NewRoom(name=Text.of(name)) for name in summit.rooms], by=BENCH)
    forums = create_forums(
        edition,
        [Forum(slug=f"forum-{at:02d}", title=Text.of(name)) for at, name in enumerate(summit.forums)],
        by=BENCH,
    )
    people = {person.reference_name: person for person in Person.objects.all()}
    sessions = [
        Session(forum=forums[talk.forum], title=Text.of(talk.title), spoken=["en"])
        for talk in summit.sessions[:SESSIONS]
    ]
    contributions, appearances = [], []
    for talk in summit.sessions:
        session = sessions[talk.number % SESSIONS]
        text = Text.of(f"{talk.abstract}\n\n{talk.description}")
        contribution = Contribution(
            session=session, title=Text.of(talk.title), abstract=text, minutes=talk.minutes
        )
        contributions.append(contribution)
        appearances += [
            Appearance(session=session, contribution=contribution, person=people[speaker.name])
            for speaker in talk.speakers
        ]
    create_sessions(edition, sessions, contributions=contributions, appearances=appearances, by=BENCH)
    placements = [
        Placement(row, rooms[talk.room], *interval(talk))
        for talk, row in zip(summit.sessions[:SESSIONS], sessions, strict=True)
    ]
    place_sessions(draft_of(edition), placements, by=BENCH)
    publish_schedule(edition, by=BENCH)
    return edition


if __name__ == "__main__":
    main()
