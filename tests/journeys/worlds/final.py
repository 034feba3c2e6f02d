"""A small final beside the demo edition of a running server: four pitches, two jurors, one barred from the first pitch.

`python -m tests.journeys.worlds.final` writes it into the database that the environment names, and prints where it is, the
cookies of those who have signed in, and the big screen's link.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import django

django.setup()

from summitry.calls.actions.final import plan_final  # noqa: E402 - needs Django set up
from summitry.calls.enums import BallotKind, RoundKind  # noqa: E402 - needs Django set up
from summitry.calls.models import Call, Conflict, Criterion, Juror  # noqa: E402 - needs Django set up
from summitry.calls.permissions import CHAIR, MANAGER  # noqa: E402 - needs Django set up
from summitry.calls.queries.final_links import screen_secret  # noqa: E402 - needs Django set up
from summitry.editions.actions.partners import admit_partner  # noqa: E402 - needs Django set up
from summitry.editions.models import Edition  # noqa: E402 - needs Django set up
from summitry.foundation import clock  # noqa: E402 - needs Django set up
from summitry.foundation.access import Scope  # noqa: E402 - needs Django set up
from summitry.foundation.grants import put_grant  # noqa: E402 - needs Django set up
from summitry.foundation.i18n import Text  # noqa: E402 - needs Django set up
from summitry.foundation.models import Account  # noqa: E402 - needs Django set up
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror, make_round  # noqa: E402 - needs Django set up
from tests.editions.make import make_edition, make_summit  # noqa: E402 - needs Django set up
from tests.journeys.worlds.panel import cookie_of  # noqa: E402 - needs Django set up

PITCHES = (
    ("A bridge that tells how it feels", "Tallgrass Institute"),
    ("Холод из речной воды", "Заводь"),
    ("مختبر متنقل للمياه", "معهد الواحة"),
    ("会呼吸的屋顶", "北岸工坊"),
)


def build() -> dict[str, Any]:
    """Make two finals, one with scores and one with pairs."""
    edition = make_edition(
        "final-journey",
        make_summit(slug="final-journey"),
        name=Text.of("Final journey"),
        languages=["en", "ar"],
    )
    accounts = {
        who: Account.objects.create_user(f"{who}@final-journey.example") for who in ("ada", "bo", "manager")
    }
    calls = {kind: _final(edition, str(kind), accounts) for kind in BallotKind}
    return {
        "edition": edition.slug,
        "cookies": {who: cookie_of(account) for who, account in accounts.items()},
        "screens": {str(kind): screen_secret(call.rounds.get().final) for kind, call in calls.items()},
    }


def _final(edition: Edition, kind: str, accounts: dict[str, Account]) -> Call:
    now = clock.now()
    call = make_call(edition, slug=kind, name=Text.of("Direct to Rivertown"), places=3)
    round_ = make_round(call, criteria=2, kind=RoundKind.LIVE, name=Text.of("Live final"))
    for slug, name in (("criterion-1", "Idea"), ("criterion-2", "Pitch")):
        Criterion.objects.filter(round=round_, slug=slug).update(name=Text.of(name).to_json())
    entries = [make_entry(call, title, organisation_name=house) for title, house in PITCHES]
    jurors: dict[str, Juror] = {
        who: make_juror(call, f"{who.title()} {kind}", accounts[who]) for who in ("ada", "bo")
    }
    facts = {"kind": "declared", "source": "office", "state": "upheld"}
    Conflict.objects.create(juror=jurors["bo"], entry=entries[0], **facts)
    for role in (MANAGER.code, CHAIR.code):
        put_grant(accounts["manager"], role, Scope("call", call.pk), by=SYSTEM)
    admit_partner(accounts["manager"], edition.pk, by=SYSTEM)
    votes = {
        "public_share": 20,
        "vote_opens_at": now - dt.timedelta(minutes=5),
        "vote_closes_at": now + dt.timedelta(hours=2),
    }
    plan_final(
        round_,
        by=SYSTEM,
        ballot=kind,
        seconds=120,
        question_seconds=60,
        **(votes if kind == "scores" else {}),
    )
    return call


if __name__ == "__main__":
    sys.stdout.write(json.dumps(build()))
