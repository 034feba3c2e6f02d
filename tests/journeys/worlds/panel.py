"""A jury at work beside the demo edition of a running server: a call whose round reads, entries, and two jurors.

`python -m tests.journeys.worlds.panel` writes it into the database that the environment names, and prints where it is and
the cookies of jurors who have signed in.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs Django set up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - needs Django set up
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - needs Django set up

from summitry.calls.enums import RoundState  # noqa: E402 - needs Django set up
from summitry.calls.models import Assignment, Criterion  # noqa: E402 - needs Django set up
from summitry.foundation import clock  # noqa: E402 - needs Django set up
from summitry.foundation.i18n import Text  # noqa: E402 - needs Django set up
from summitry.foundation.models import Account  # noqa: E402 - needs Django set up
from tests.calls.make import make_area, make_call, make_juror, make_round  # noqa: E402 - needs Django set up
from tests.calls.reviews.table import BACKEND, make_frozen  # noqa: E402 - needs Django set up
from tests.editions.make import make_edition, make_summit  # noqa: E402 - needs Django set up

TITLES = ("Solar kilns for small potteries", "Дождевая вода для школ", "مختبر متنقل للمياه", "城市微风道")
ANCHORS = {"1": "Nobody is helped", "5": "A region is helped", "10": "A continent is helped"}


def build() -> dict[str, Any]:
    """Make the jury: two jurors have the same entries on their tables."""
    edition = make_edition(
        "panel-journey",
        make_summit(slug="panel-journey"),
        name=Text.of("Panel journey"),
        languages=["en", "ar"],
    )
    call = make_call(edition, slug="cases", name=Text.of("Cases"))
    round_ = make_round(
        call, criteria=3, state=RoundState.READING, closes_at=clock.now() + dt.timedelta(days=3, hours=1)
    )
    Criterion.objects.filter(round=round_, slug="criterion-1").update(
        name=Text.of("Benefit").to_json(), anchors=ANCHORS
    )
    area = make_area(call, "water", name=Text.of("Water"))
    abstract = Text.of("\n\n".join(["It began in a village without a road, and works in forty by now."] * 4))
    entries = [make_frozen(call, title, area=area, abstract=abstract) for title in TITLES]
    cookies = {}
    for who in ("ada", "bo"):
        account = Account.objects.create_user(f"{who}@panel-journey.example")
        juror = make_juror(call, who.title(), account)
        Assignment.objects.bulk_create(
            Assignment(round=round_, entry=entry, juror=juror) for entry in entries
        )
        cookies[who] = cookie_of(account)
    return {"path": f"console/{edition.slug}/calls/{call.slug}/panel/", "cookies": cookies}


def cookie_of(account: Account) -> list[str]:
    """Return name and value of the cookie of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return [settings.SESSION_COOKIE_NAME, str(session.session_key)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(build()))
