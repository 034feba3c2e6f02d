"""What the grounds still lack, told to the readiness list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation import clock
from summitry.foundation.access import policy_for, within
from summitry.foundation.web.navigation import Phase
from summitry.gates.enums import DeviceState, IncidentState
from summitry.gates.models import Device, Gate, Incident, Zone
from summitry.gates.queries.grounds import allowed_in
from summitry.guests.permissions import SUPERVISOR

LAST_WEEK = dt.timedelta(days=7)
"""From so long before an edition on, its gates should have devices."""


def grounds(asked: Asked) -> Iterator[Line]:
    """Zones that nobody can enter or that hold too few, and gates at which nothing scans, for whoever sees the grounds."""
    edition = asked.edition
    if not policy_for(Zone).may(asked.actor, "view", Zone(edition=edition)):
        return
    zones = list(
        Zone.objects.filter(edition=edition).annotate(
            has_gate=Exists(Gate.objects.filter(zone=OuterRef("pk")))
        )
    )
    yield from _without_gate(edition, [zone for zone in zones if not zone.has_gate])
    yield from _too_small(edition, [zone for zone in zones if zone.capacity is not None])
    if zones:
        yield from _without_device(edition)


def incidents(asked: Asked) -> Iterator[Line]:
    """How many incidents nobody has settled yet."""
    rows = Incident.objects.filter(edition=asked.edition, state=IncidentState.OPEN)
    count = within(asked.actor, rows).count()
    if count:
        text = ngettext(
            "%(count)d incident is not settled yet.", "%(count)d incidents are not settled yet.", count
        )
        url = f"{reverse('gates:incidents', args=[asked.edition.slug])}?{urlencode({'state': IncidentState.OPEN})}"
        yield _line("gates-incidents", _("Incidents"), text % {"count": count}, count, url)


def _without_gate(edition: Edition, zones: list[Zone]) -> Iterator[Line]:
    if zones:
        text = ngettext("%(count)d zone has no gate.", "%(count)d zones have no gate.", len(zones))
        names = ", ".join(str(zone) for zone in zones[:5])
        yield _line(
            "gates-zones", _("Zones"), f"{text % {'count': len(zones)}} {names}", len(zones), _at(edition)
        )


def _too_small(edition: Edition, zones: list[Zone]) -> Iterator[Line]:
    """Compared with everybody who may enter at some time: whether they come at once, nobody knows."""
    if not zones:
        return
    expected = allowed_in(edition)
    for zone in zones:
        count = expected.get(zone.pk, 0)
        over = count - (zone.capacity or 0)
        if over > 0:
            text = ngettext(
                "%(count)d accredited guest may enter %(zone)s, which holds %(places)d.",
                "%(count)d accredited guests may enter %(zone)s, which holds %(places)d.",
                count,
            )
            told = {"zone": zone, "places": zone.capacity, "count": count}
            url = reverse("gates:zone", args=[edition.slug, zone.pk])
            yield _line(f"gates-capacity-{zone.pk}", _("Zones"), text % told, over, url)


def _without_device(edition: Edition) -> Iterator[Line]:
    today = clock.now().astimezone(edition.zone).date()
    if not edition.starts_on - LAST_WEEK <= today <= edition.ends_on:
        return
    enrolled = Device.objects.filter(gate=OuterRef("pk"), state=DeviceState.ENROLLED)
    count = Gate.objects.filter(edition=edition, is_open=True).exclude(Exists(enrolled)).count()
    if count:
        text = ngettext(
            "No device is enrolled at %(count)d gate.", "No device is enrolled at %(count)d gates.", count
        )
        yield _line("gates-devices", _("Devices"), text % {"count": count}, count, _at(edition))


def _at(edition: Edition) -> str:
    return reverse("gates:grounds", args=[edition.slug])


def _line(key: str, title: str, text: str, count: int, url: str) -> Line:
    return Line(key, Severity.DUE, title, text, Phase.RUN, count, SUPERVISOR.label, url=url)


def register() -> None:
    """Tell the readiness list."""
    register_check("gates.grounds", grounds)
    register_check("gates.incidents", incidents)
