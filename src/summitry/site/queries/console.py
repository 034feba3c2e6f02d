"""What an edition's console shows at home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition
from summitry.editions.queries.edition import editions
from summitry.editions.queries.readiness import Line, Severity
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.audit import sentence
from summitry.foundation.models import AuditEntry
from summitry.guests.models import Guest

SHOWN_ENTRIES = 12
ABOUT_GUESTS = ("guests", "gates", "protocol")
"""The rooms whose entries name guests."""
SHOWN_LINES = 4
"""How many lines of one room are shown before the rest is folded away."""


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line of the readiness list, and whether its due date has passed."""

    line: Line
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Lines of one room: the most pressing ones, and the rest, folded away where there are many."""

    lines: tuple[DatedLine, ...]
    folded: tuple[DatedLine, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one severity; `state` is done, attention or refused, as the component for a row calls it."""

    state: str
    title: str
    count: int
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the log as a sentence."""

    at: dt.datetime
    sentence: str


def workplaces(actor: Actor) -> list[Edition]:
    """Return the editions run here whose console `actor` may enter, newest first."""
    policy = policy_for(Edition)
    run = editions(actor).filter(origin=EditionOrigin.RUN)
    return [edition for edition in run if policy.may(actor, "enter", edition)]


def grouped(lines: Sequence[Line]) -> list[Group]:
    """Return the lines by severity, without empty groups; the order within a group stays."""
    now = clock.now()
    titles = {
        Severity.BLOCKER: ("refused", _("Blocking")),
        Severity.DUE: ("attention", _("To do")),
        Severity.DONE: ("done", _("Done")),
    }
    groups = []
    for severity, (state, title) in titles.items():
        of_it = [line for line in lines if line.severity is severity]
        dated = [DatedLine(line, line.due_at is not None and line.due_at < now) for line in of_it]
        if dated:
            groups.append(Group(state, title, len(dated), tuple(_clusters(dated))))
    return groups


def _clusters(dated: Sequence[DatedLine]) -> Iterator[Cluster]:
    rooms: dict[str, list[DatedLine]] = {}
    for one in dated:
        rooms.setdefault(one.line.key.partition(".")[0], []).append(one)
    for lines in rooms.values():
        cut = SHOWN_LINES if len(lines) > SHOWN_LINES + 1 else len(lines)
        yield Cluster(tuple(lines[:cut]), tuple(lines[cut:]))


def latest_changes(edition: Edition, actor: Actor) -> list[Change]:
    """Return what was done last on the edition, newest first; what was done about guests only for who may see guests.

    Of calls only what concerns a call as a whole: a line about a single entry could tell of its judging.
    """
    entries = AuditEntry.objects.filter(edition_id=edition.pk)
    entries = entries.exclude(Q(action__startswith="calls.") & ~Q(action__startswith="calls.call."))
    if not policy_for(Guest).may(actor, "view", Guest(edition=edition)):
        for room in ABOUT_GUESTS:
            entries = entries.exclude(action__startswith=f"{room}.")
    return [Change(entry.at, sentence(entry)) for entry in entries.order_by("-pk")[:SHOWN_ENTRIES]]
