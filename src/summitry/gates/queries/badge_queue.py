"""The queue of badges to be printed, as the console shows it and as the desk that ordered them asks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.i18n import Shown
from summitry.gates.enums import CredentialState
from summitry.gates.models import Credential
from summitry.gates.queries.badge_choice import ordered_badges
from summitry.gates.queries.badge_preview import words_of

SHOWN = dt.timedelta(hours=12)
MOST = 200


@dataclass(frozen=True, slots=True)
class Ordered:
    """A badge in the queue: whose, at which desk somebody waits for it since when, and what is wrong with it."""

    guest_id: int
    name: Shown
    desk: str
    at: dt.datetime | None
    problems: tuple[str, ...]


def queue_of(edition: Edition, lang: str) -> list[Ordered]:
    """Return the queue, whoever waits longest first, in two statements."""
    rows = list(ordered_badges(edition).select_related("guest__badge_check", "ordered_from")[:MOST])
    names = display_names({row.guest.person_id for row in rows}, lang, edition.fallback)
    return [
        Ordered(
            row.guest_id,
            names[row.guest.person_id],
            row.ordered_from.name if row.ordered_from else "",
            row.ordered_at,
            _problems(row),
        )
        for row in rows
    ]


def orders_of(device_id: int) -> list[dict[str, Any]]:
    """Return what a desk ordered in the last hours and is valid still, newest first, and when it was printed."""
    rows = Credential.objects.filter(
        ordered_from=device_id, ordered_at__gt=clock.now() - SHOWN, state=CredentialState.ACTIVE
    )
    fields = ("guest_id", "ordered_at", "printed_at")
    found = rows.order_by("-ordered_at", "-pk").values_list(*fields)[:MOST]
    return [{"guest": guest, "ordered_at": at, "printed_at": printed} for guest, at, printed in found]


def _problems(row: Credential) -> tuple[str, ...]:
    check = getattr(row.guest, "badge_check", None)
    return tuple(words_of(each) for each in check.problems) if check else ()
