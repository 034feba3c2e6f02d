"""Devices over the API: how each is, adding one with its code, letting it stand elsewhere, shutting it out."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from summitry.editions.models import Edition
from summitry.foundation.access import require, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import InvalidInput
from summitry.gates.actions.devices import change_device, invite_again, invite_device, revoke_device
from summitry.gates.api_door import asked_for, found
from summitry.gates.enums import DeviceState
from summitry.gates.models import Device, Gate

router = Router()


class DeviceOut(Schema):
    """A device. `queued` scans waited in it when it last reported, the oldest since `oldest_at`; `skew_ms` its clock was ahead."""

    id: int
    name: str
    gate: int
    state: str
    enrolled_at: dt.datetime | None
    seen_at: dt.datetime | None
    queued: int
    oldest_at: dt.datetime | None
    skew_ms: int
    program: str


class CodeOut(Schema):
    """A device with the code that enrols it, once, within ten minutes. The code is told here and kept nowhere."""

    device: DeviceOut
    code: str


class NewDeviceIn(Schema):
    """A device to be added."""

    name: str = Field(max_length=80)
    gate: int


class DeviceIn(Schema):
    """What of a device is to be changed; what is left out stays."""

    name: str | None = Field(None, max_length=80)
    gate: int | None = None


@router.get("/{slug}/devices", response=CursorPage[DeviceOut], url_name="devices")
def list_devices(
    request: HttpRequest,
    slug: str,
    state: DeviceState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[DeviceOut]:
    """Devices: where they stand, when they were heard of, what waits in them, and how wrong their clocks are."""
    edition, actor = asked_for(request, slug, Device)
    rows = within(actor, Device.objects.filter(edition=edition))
    if state is not None:
        rows = rows.filter(state=state)
    devices, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[_device_out(row) for row in devices], next=following)


@router.post("/{slug}/devices", response={201: CodeOut}, url_name="device_new")
def post_device(request: HttpRequest, slug: str, body: NewDeviceIn) -> Status[CodeOut]:
    """Add a device; the answer holds the code with which it is enrolled."""
    edition, actor = asked_for(request, slug, Device)
    require(actor, "edit", Device(edition=edition))
    made, code = invite_device(_gate_of(edition, body.gate), body.name, by=actor)
    return Status(201, CodeOut(device=_device_out(made), code=code))


@router.patch("/{slug}/devices/{device}", response=DeviceOut, url_name="device_change")
def patch_device(request: HttpRequest, slug: str, device: int, body: DeviceIn) -> DeviceOut:
    """Name a device anew, or let it stand at another gate."""
    edition, actor = asked_for(request, slug, Device)
    row = found(actor, Device.objects.filter(edition=edition, pk=device).select_related("gate"))
    gate = row.gate if body.gate is None else _gate_of(edition, body.gate)
    return _device_out(change_device(row, by=actor, name=body.name or row.name, gate=gate))


@router.post("/{slug}/devices/{device}/code", response=CodeOut, url_name="device_code")
def post_code(request: HttpRequest, slug: str, device: int) -> CodeOut:
    """Make a new code for a device; the one before works no longer."""
    edition, actor = asked_for(request, slug, Device)
    row = found(actor, Device.objects.filter(edition=edition, pk=device))
    return CodeOut(code=invite_again(row, by=actor), device=_device_out(row))


@router.post("/{slug}/devices/{device}/shut-out", response=DeviceOut, url_name="device_shut_out")
def shut_out(request: HttpRequest, slug: str, device: int) -> DeviceOut:
    """Shut a device out: it is told to forget its list. What it scanned is kept."""
    edition, actor = asked_for(request, slug, Device)
    row = found(actor, Device.objects.filter(edition=edition, pk=device))
    revoke_device(row, by=actor)
    return _device_out(row)


def _gate_of(edition: Edition, pk: int) -> Gate:
    row = Gate.objects.filter(edition=edition, pk=pk).first()
    if row is None:
        raise InvalidInput(fields={"gate": [_("This gate is not one of this edition.")]})
    return row


def _device_out(row: Device) -> DeviceOut:
    plain = (
        "name", "state", "enrolled_at", "seen_at", "queued", "oldest_at", "skew_ms", "program",
    )  # fmt: skip
    return DeviceOut(id=row.pk, gate=row.gate_id, **{name: getattr(row, name) for name in plain})
