"""Devices: invited with a code that works once, enrolled with a key of their own, shut out at once."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import NamedTuple

from django.core.cache import cache

from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.gates.actions.compiling import next_revision
from summitry.gates.enums import DeviceState
from summitry.gates.errors import CodeUnknown, DeviceUnknown
from summitry.gates.models import Device, Gate
from summitry.gates.queries.devices import DeviceFacts, secret_digest
from summitry.gates.queries.tokens import new_token, plain

CODE_LASTS = dt.timedelta(minutes=10)
CODE_LENGTH = 8
SEEN_EVERY = 15
SKEW_STEP_MS = 1000
NEVER = -(10**15)


class Enrolled(NamedTuple):
    """A device that may scan from now on, and its key, which is told once and never stored."""

    device: Device
    key: str


def invite_device(gate: Gate, name: str, *, by: Actor) -> tuple[Device, str]:
    """Make room for a device at a gate; return it with a code that enrols one, once, within ten minutes."""
    device = Device(edition_id=gate.edition_id, gate=gate, name=name.strip())
    require(by, "edit", device)
    checked(device, only={"name"})
    with recording():
        device.save(force_insert=True)
        code = _renew_code(device, by)
    return device, code


def invite_again(device: Device, *, by: Actor) -> str:
    """Return a new code for a device; the one before works no longer, and a key it had stays good until the code is used."""
    require(by, "edit", device)
    with recording():
        return _renew_code(device, by)


def enrol(code: str, name: str = "") -> Enrolled:
    """Give the device that shows a valid code a key. Raises CodeUnknown; of two who show the same code, one gets in."""
    digest = secret_digest(plain(code)[:40])
    now = clock.now()
    with recording():
        device = (
            Device.objects.filter(code=digest, code_until__gt=now).select_related("edition", "gate").first()
        )
        if device is None:
            raise CodeUnknown
        key = secrets.token_urlsafe(32)
        facts = {
            "code": "",
            "code_until": None,
            "secret": secret_digest(key),
            "state": DeviceState.ENROLLED,
            "enrolled_at": now,
            "revoked_at": None,
            "seen_at": now,
            "program": name[:200],
        }
        if not Device.objects.filter(pk=device.pk, code=digest).update(**facts):
            raise CodeUnknown
        next_revision(device.edition_id)
        record("gates.device.enrolled", by=Actor(ActorKind.LINK, device.name), obj=device)
    device.refresh_from_db()
    return Enrolled(device, key)


def change_device(device: Device, *, by: Actor, name: str, gate: Gate) -> Device:
    """Name a device anew, or let it stand at another gate of the same edition."""
    require(by, "edit", device)
    if gate.edition_id != device.edition_id:
        raise DeviceUnknown
    with recording():
        if change(device, {"name": name, "gate": gate}, by=by, audit="gates.device.changed"):
            next_revision(device.edition_id)
    return device


def revoke_device(device: Device, *, by: Actor) -> None:
    """Shut a device out: its key is worthless from now on, and it is told to forget its roster. Its scans stay."""
    require(by, "edit", device)
    with recording():
        shut = Device.objects.filter(pk=device.pk).exclude(state=DeviceState.REVOKED)
        if shut.update(
            state=DeviceState.REVOKED, secret="", code="", code_until=None, revoked_at=clock.now()
        ):
            next_revision(device.edition_id)
            record("gates.device.revoked", by=by, obj=device)
    device.refresh_from_db()


def heard_from(device: DeviceFacts, skew_ms: int, now: dt.datetime) -> None:
    """Note that a device has reported; at most every few seconds, unless its clock has jumped."""
    key = f"gates.heard.{device.pk}"
    if abs(skew_ms - cache.get(key, NEVER)) > SKEW_STEP_MS:
        cache.set(key, skew_ms, SEEN_EVERY)
        Device.objects.filter(pk=device.pk).update(seen_at=now, skew_ms=skew_ms)


def heartbeat(
    device: DeviceFacts,
    *,
    skew_ms: int,
    queued: int,
    oldest_at: dt.datetime | None,
    revision: int,
    program: str,
) -> None:
    """Note how a device is: how many scans wait in it, since when, and which roster it has."""
    facts = {"queued": queued, "oldest_at": oldest_at, "revision": revision, "program": program}
    Device.objects.filter(pk=device.pk).update(seen_at=clock.now(), skew_ms=skew_ms, **facts)


def _renew_code(device: Device, by: Actor) -> str:
    code = new_token(CODE_LENGTH)
    Device.objects.filter(pk=device.pk).update(code=secret_digest(code), code_until=clock.now() + CODE_LASTS)
    record("gates.device.invited", by=by, obj=device)
    return code
