"""The readiness list: what still stands between an edition and its opening, told by every room about its own things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise

from summitry.editions.models import Deadline, Edition
from summitry.foundation.access import Actor
from summitry.foundation.web.navigation import Phase


class Severity(IntEnum):
    """How pressing a line is: it stops something, it is due, or it is done."""

    BLOCKER = 0
    DUE = 1
    DONE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how many of what are missing (0 where done), who owns it, by when, and the address of exactly those rows.

    `owner` names a role or the institutions in question; `due_at` is empty where no deadline is set.
    """

    key: str
    severity: Severity
    title: str
    text: str
    phase: Phase
    count: int = 0
    owner: str | Promise = ""
    due_at: dt.datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked about: the edition, who asks (a check tells only of rows she may see), and its deadlines."""

    edition: Edition
    actor: Actor
    lang: str
    deadlines: dict[str, Deadline]

    def due(self, kind: str) -> dt.datetime | None:
        """Return when `kind` is due, or nothing."""
        deadline = self.deadlines.get(kind)
        return deadline.due_at if deadline else None


Check = Callable[[Asked], Iterable[Line]]
_checks: dict[str, Check] = {}


def register_check(key: str, check: Check) -> None:
    """Let `check` contribute its lines; a room registers its checks when it starts."""
    _checks[key] = check


def readiness(edition: Edition, actor: Actor, lang: str) -> list[Line]:
    """Return the lines that concern `actor`, most pressing first, then by due date."""
    deadlines = {deadline.kind: deadline for deadline in edition.deadlines.all()}
    asked = Asked(edition, actor, lang, deadlines)
    lines = [line for check in _checks.values() for line in check(asked)]
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(lines, key=lambda line: (line.severity, line.due_at or never, -line.count))
