"""The log of scans, and the log of who was present: read, filtered and exported, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.directory.queries.names import display_names
from summitry.foundation.access import within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    ListSpec,
    Option,
    Reader,
    choice,
    related,
    search,
    yes_no,
)
from summitry.gates.enums import Channel, Decision, Direction, Reason
from summitry.gates.models import Gate, Presence, Scan, Zone

WHO = ("guest__person__reference_name", "guest__person__names__text")


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of a log, and whom it is about."""

    row: Any
    name: Shown | None


def scan_rows(reader: Reader) -> QuerySet[Scan]:
    """Return the scans that the reader may see."""
    mine = within(reader.actor, Scan.objects.filter(edition=reader.edition))
    return mine.select_related("guest", "gate", "device", "zone")


def presence_rows(reader: Reader) -> QuerySet[Presence]:
    """Return the presences that the reader may see."""
    mine = within(reader.actor, Presence.objects.filter(edition=reader.edition))
    return mine.select_related("guest", "zone")


def lines(rows: Sequence[Any], reader: Reader) -> list[Logged]:
    """Return the lines of these rows, with one statement for their names."""
    people = {row.guest.person_id for row in rows if row.guest}
    names = display_names(people, reader.lang, reader.edition.fallback)
    return [Logged(row, names[row.guest.person_id] if row.guest else None) for row in rows]


def _decision(line: Logged, _reader: Reader) -> Chip:
    return Chip(line.row.get_decision_display(), "" if line.row.decision == Decision.ADMIT else "seal")


def _verdict(line: Logged, _reader: Reader) -> Chip | None:
    differs = line.row.decision != line.row.verdict
    return Chip(line.row.get_verdict_reason_display(), "amber") if differs else None


def _gates(reader: Reader) -> list[Option]:
    return [Option(str(gate.pk), gate.name) for gate in Gate.objects.filter(edition=reader.edition)]


def _zones(reader: Reader) -> list[Option]:
    return [
        Option(zone.slug, reader.shown(zone.name).text)
        for zone in Zone.objects.filter(edition=reader.edition)
    ]


NAME = Column(key="guest", label=_("Guest"), value=lambda line, _reader: line.name)

SCANS = ListSpec(
    key="gates.scans",
    route="gates:scans",
    nav="gates-scans",
    title=_("Scans"),
    lead=_("Everything that devices have reported, as it was reported."),
    rows=scan_rows,
    lines=lines,
    label=lambda line, _reader: line.name.text if line.name else "",
    columns=(
        Column(key="at", label=_("Time"), value=lambda line, _reader: line.row.at, sort="at"),
        NAME,
        Column(
            key="gate",
            label=pgettext_lazy("kind", "Gate"),
            value=lambda line, _reader: line.row.gate.name,
            sort="gate__name",
        ),
        Column(
            key="direction",
            label=_("Direction"),
            value=lambda line, _reader: line.row.get_direction_display(),
        ),
        Column(key="decision", label=_("At the gate"), value=_decision, sort="decision"),
        Column(key="reason", label=_("Reason"), value=lambda line, _reader: line.row.get_reason_display()),
        Column(key="verdict", label=_("The server says otherwise"), value=_verdict),
        Column(
            key="device", label=_("Device"), value=lambda line, _reader: line.row.device.name, is_hidden=True
        ),
        Column(
            key="kind",
            label=_("Kind"),
            value=lambda line, _reader: line.row.get_kind_display(),
            is_hidden=True,
        ),
        Column(
            key="arrived",
            label=_("Arrived"),
            value=lambda line, _reader: line.row.server_at,
            sort="server_at",
            is_hidden=True,
        ),
        Column(
            key="note", label=_("Note"), value=lambda line, _reader: line.row.note or None, is_hidden=True
        ),
    ),
    filters=(
        search(*WHO, "note"),
        related("gate", pgettext_lazy("kind", "Gate"), "gate", _gates),
        choice("decision", _("At the gate"), "decision", Decision),
        choice("reason", _("Reason"), "reason", Reason),
        choice("direction", _("Direction"), "direction", Direction),
        yes_no("offline", _("Without a line"), lambda _reader: Q(offline=True)),
    ),
    order="-at",
    empty=Empty(title=_("Nothing was scanned yet."), text=_("Scans appear here as devices report them.")),
)

PRESENCES = ListSpec(
    key="gates.presences",
    route="gates:presences",
    nav="gates-presences",
    title=_("Presence"),
    lead=_("Who was where, from when until when, and how we know: on site and online."),
    rows=presence_rows,
    lines=lines,
    label=lambda line, _reader: line.name.text if line.name else "",
    columns=(
        NAME,
        Column(
            key="channel",
            label=_("Where"),
            value=lambda line, _reader: line.row.get_channel_display(),
            sort="channel",
        ),
        Column(
            key="zone",
            label=pgettext_lazy("access", "Zone"),
            value=lambda line, _reader: line.row.zone.name if line.row.zone else line.row.place,
        ),
        Column(
            key="from",
            label=pgettext_lazy("moment", "From"),
            value=lambda line, _reader: line.row.from_at,
            sort="from_at",
        ),
        Column(key="until", label=_("Until"), value=lambda line, _reader: line.row.until_at, sort="until_at"),
        Column(
            key="evidence", label=_("Evidence"), value=lambda line, _reader: line.row.evidence, is_hidden=True
        ),
    ),
    filters=(
        search(*WHO),
        choice("channel", _("Where"), "channel", Channel),
        related("zone", pgettext_lazy("access", "Zone"), "zone__slug", _zones),
        yes_no("inside", _("Inside now"), lambda _reader: Q(until_at=None)),
    ),
    order="-from",
    empty=Empty(
        title=_("Nobody was here yet."),
        text=_("Presence follows from what is scanned, and from who joins online."),
    ),
)
