"""Builders for mailings: a small audience of its own, and actions called as the system unless told otherwise."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, Scope, system
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, Grant
from summitry.mailing.actions.mailing import create_mailing
from summitry.mailing.actions.release import release_mailing
from summitry.mailing.actions.sending import send_letters, start_mailing
from summitry.mailing.audiences import Audience, Filter, Placeholder, Question, Recipient, register_audience
from summitry.mailing.models import Letter, Mailing

SYSTEM = system("tests")
NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
_numbers = itertools.count(1)
FRIENDS: list[Recipient] = []
"""Who the audience `friends` holds at this moment; a test fills it."""


def _find(question: Question) -> list[Recipient]:
    wanted = question.among("town")
    return [one for one in FRIENDS if not wanted or one.context.get("town") in wanted]


def register_friends(*, is_personal: bool = False) -> None:
    register_audience(
        Audience(
            "friends",
            "Friends",
            "People of these tests.",
            (Filter("town", "Town", lambda _question: [("Lyon", "Lyon"), ("Cairo", "Cairo")]),),
            _find,
            (Placeholder("town", "Their town"), Placeholder("key", "Their key", is_secret=True)),
            is_personal=is_personal,
        )
    )


def friend(address: str = "", lang: str = "en", town: str = "Lyon", **facts: Any) -> Recipient:
    n = next(_numbers)
    return Recipient(
        None,
        facts.pop("name", f"Friend {n:03}"),
        address or f"friend-{n}@example.org",
        lang,
        context={"town": town, "key": f"https://summit.example/secret-{n}"},
        **facts,
    )


def make_mailing(edition: Edition, by: Actor = SYSTEM, **facts: Any) -> Mailing:
    """A mailing to all friends, with a text in English and in French."""
    words: dict[str, Any] = {
        "name": "Greetings",
        "audience": "friends",
        "filters": {"everyone": True},
        "subject": Text.of({"en": "Hello {name}", "fr": "Bonjour {name}"}),
        "body": Text.of(
            {"en": "Dear {name} of {town},\n\n**welcome**.", "fr": "{name}, bienvenue à {town}."}
        ),
    }
    return create_mailing(edition, by=by, **{**words, **facts})


def account_with(role: str, scope: Scope) -> tuple[Account, Actor]:
    """An account that holds one role, and its actor."""
    account = Account.objects.create_user(f"staff-{next(_numbers)}@example.org")
    Grant.objects.create(account=account, role=role, scope_kind=scope.kind, scope_id=scope.id)
    return account, account.actor()


def release_and_start(mailing: Mailing) -> Mailing:
    """Release a mailing five minutes ago, and begin to send it now."""
    with clock.frozen(clock.now() - dt.timedelta(minutes=5)):
        release_mailing(mailing, by=SYSTEM)
    start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    return mailing


def send_all(mailing: Mailing, rounds: int = 30) -> Mailing:
    """Send batch after batch, each at its time, until the mailing is done."""
    at = clock.now()
    for _round in range(rounds):
        with clock.frozen(at):
            send_letters.func(mailing.pk)
        mailing.refresh_from_db()
        if mailing.next_batch_at is None:
            break
        at = max(at, mailing.next_batch_at)
    return mailing


def states(mailing: Mailing) -> dict[str, str]:
    """What became of each letter, by address."""
    return dict(Letter.objects.filter(mailing=mailing).values_list("address", "state"))
