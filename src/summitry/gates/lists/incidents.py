"""The supervisor's list: what gates disagree about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.directory.queries.names import display_names
from summitry.foundation.access import within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Reader, choice, search
from summitry.gates.enums import IncidentKind, IncidentState
from summitry.gates.models import Incident


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident, whom it is about, and how many scans it has."""

    incident: Incident
    name: Shown | None
    scans: int


def rows(reader: Reader) -> QuerySet[Incident]:
    """Return the incidents that the reader works on."""
    mine = within(reader.actor, Incident.objects.filter(edition=reader.edition))
    return mine.select_related("guest", "zone", "device")


def lines(incidents: Sequence[Incident], reader: Reader) -> list[IncidentLine]:
    """Return the lines of these incidents, with two statements for all."""
    people = {one.guest.person_id for one in incidents if one.guest}
    names = display_names(people, reader.lang, reader.edition.fallback)
    links = Incident.scans.through.objects.filter(incident__in=incidents)
    scans = dict(links.values_list("incident_id").annotate(number=Count("pk")).order_by())
    return [
        IncidentLine(one, names[one.guest.person_id] if one.guest else None, scans.get(one.pk, 0))
        for one in incidents
    ]


def _link(line: IncidentLine, reader: Reader) -> str:
    return reverse("gates:incident", args=[reader.edition.slug, line.incident.pk])


def _state(line: IncidentLine, _reader: Reader) -> Chip:
    is_open = line.incident.state == IncidentState.OPEN
    return Chip(line.incident.get_state_display(), "seal" if is_open else "")


INCIDENTS = ListSpec(
    key="gates.incidents",
    route="gates:incidents",
    nav="gates-incidents",
    title=_("Incidents"),
    lead=_("What the gates disagree about. Nothing here settles itself."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.incident.get_kind_display(),
    columns=(
        Column(
            key="kind",
            label=_("Incident"),
            value=lambda line, _reader: line.incident.get_kind_display(),
            link=_link,
            sort="kind",
        ),
        Column(key="guest", label=_("Guest"), value=lambda line, _reader: line.name),
        Column(
            key="zone",
            label=pgettext_lazy("access", "Zone"),
            value=lambda line, _reader: line.incident.zone.name if line.incident.zone else None,
        ),
        Column(key="scans", label=_("Scans"), value=lambda line, _reader: line.scans, is_number=True),
        Column(
            key="opened",
            label=_("Since"),
            value=lambda line, _reader: line.incident.opened_at,
            sort="opened_at",
        ),
        Column(key="state", label=_("State"), value=_state, sort="state"),
        Column(
            key="settled_by",
            label=_("Settled by"),
            value=lambda line, _reader: line.incident.settled_by or None,
            is_hidden=True,
        ),
        Column(
            key="note",
            label=_("Note"),
            value=lambda line, _reader: line.incident.note or None,
            is_hidden=True,
        ),
    ),
    filters=(
        search("guest__person__reference_name", "guest__person__names__text", "note"),
        choice("state", _("State"), "state", IncidentState),
        choice("kind", _("Kind"), "kind", IncidentKind),
    ),
    order="-opened",
    empty=Empty(
        title=_("The gates agree."),
        text=_("Whatever they disagree about appears here, until somebody settles it."),
    ),
)
