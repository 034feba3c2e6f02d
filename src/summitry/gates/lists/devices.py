"""The list of devices: where they stand, when they were heard of, and what waits in them."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation import clock
from summitry.foundation.access import policy_for, within
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Reader, choice, search
from summitry.gates.enums import DeviceState
from summitry.gates.models import Device

SILENT = dt.timedelta(minutes=2)
WORST_SKEW = 120


def rows(reader: Reader) -> QuerySet[Device]:
    """Return the devices that the reader works on."""
    return within(reader.actor, Device.objects.filter(edition=reader.edition)).select_related("gate")


def _state(device: Device, _reader: Reader) -> Chip:
    is_silent = device.state == DeviceState.ENROLLED and (
        device.seen_at is None or clock.now() - device.seen_at > SILENT
    )
    if is_silent:
        return Chip(_("Not heard of"), "amber")
    return Chip(device.get_state_display(), "seal" if device.state == DeviceState.REVOKED else "")


def _skew(device: Device, _reader: Reader) -> Chip | int:
    seconds = round(device.skew_ms / 1000)
    return Chip(str(seconds), "amber") if abs(seconds) > WORST_SKEW else seconds


def _new(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Device).may(reader.actor, "edit", Device(edition=reader.edition)):
        return None
    return reverse("gates:device_new", args=[reader.edition.slug]), str(_("Add a device"))


DEVICES = ListSpec(
    key="gates.devices",
    route="gates:devices",
    nav="gates-devices",
    title=_("Devices"),
    lead=_(
        "Telephones, tablets and computers that scan. Whoever has one sees the roster: shut out what is lost."
    ),
    rows=rows,
    lines=lambda devices, _reader: list(devices),
    label=lambda device, _reader: device.name,
    columns=(
        Column(
            key="name",
            label=_("Name"),
            value=lambda device, _reader: device.name,
            link=lambda device, reader: reverse("gates:device", args=[reader.edition.slug, device.pk]),
            sort="name",
        ),
        Column(
            key="gate",
            label=_("Stands at"),
            value=lambda device, _reader: device.gate.name,
            sort="gate__name",
        ),
        Column(key="state", label=_("State"), value=_state, sort="state"),
        Column(
            key="seen", label=_("Last heard of"), value=lambda device, _reader: device.seen_at, sort="seen_at"
        ),
        Column(
            key="queued",
            label=_("Scans waiting in it"),
            value=lambda device, _reader: device.queued,
            is_number=True,
            sort="queued",
        ),
        Column(key="skew", label=_("Clock ahead, seconds"), value=_skew, is_number=True, sort="skew_ms"),
        Column(
            key="program", label=_("Program"), value=lambda device, _reader: device.program, is_hidden=True
        ),
    ),
    filters=(search("name", "gate__name"), choice("state", _("State"), "state", DeviceState)),
    order="name",
    head=_new,
    empty=Empty(
        title=_("No device is enrolled yet."),
        text=_("Add one: its page shows a code that it scans once."),
        step=_new,
    ),
)
