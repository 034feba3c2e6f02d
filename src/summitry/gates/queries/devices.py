"""Which device asks, by the key that it was given when it was enrolled."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.core.cache import cache

from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.gates.enums import DeviceState, GateKind
from summitry.gates.models import Device
from summitry.gates.queries.statements import revisions_of
from summitry.guests.permissions import DESK, GATE

SCHEME = "device"
LONGEST = 200
KEY = "gates.device."
KEPT = 600


class DeviceFacts(NamedTuple):
    """An enrolled device, and the state of its edition's roster."""

    pk: int
    name: str
    edition: int
    gate: int
    kind: str
    revision: int
    rule_version: int

    @property
    def actor(self) -> Actor:
        """The device as an actor: a desk or a gate of its edition, and nothing else."""
        role = DESK if self.kind == GateKind.DESK else GATE
        grants = frozenset({(role.code, Scope("edition", self.edition))})
        return Actor(ActorKind.LINK, self.name, grants=grants)


def secret_digest(secret: str) -> str:
    """Return what is stored of a key or a code. Keys are 256 random bits: a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def devices_by(headers: Sequence[str]) -> list[DeviceFacts | None]:
    """Return the enrolled device behind each `Authorization: Device <id>.<key>`, None for anything else.

    A device is read once and kept until its edition's roster has a new revision, which is asked for every time; shutting
    a device out makes one.
    """
    read = [_credentials(header) for header in headers]
    wanted = {pk for pk, _key in read if pk is not None}
    kept = cache.get_many([f"{KEY}{pk}" for pk in wanted])
    found: dict[int, tuple[str, DeviceFacts]] = {one[1].pk: one for one in kept.values()}
    if found:
        editions = {facts.edition for _secret, facts in found.values()}
        revisions = revisions_of(editions)
        found = {pk: one for pk, one in found.items() if revisions.get(one[1].edition) == one[1].revision}
    _read(wanted - found.keys(), found)
    devices: list[DeviceFacts | None] = []
    for pk, key in read:
        secret, facts = found.get(pk or 0, ("", None))
        fits = bool(secret) and hmac.compare_digest(secret, secret_digest(key))
        devices.append(facts if fits else None)
    return devices


def _read(wanted: Collection[int], found: dict[int, tuple[str, DeviceFacts]]) -> None:
    if not wanted:
        return
    fields = (
        "secret pk name edition_id gate_id gate__kind edition__roster__revision edition__roster__rule_version"
    )
    rows = Device.objects.filter(pk__in=wanted, state=DeviceState.ENROLLED).values_list(*fields.split())
    for secret, pk, name, edition, gate, kind, revision, rules in rows:
        found[pk] = secret, DeviceFacts(pk, name, edition, gate, kind, revision or 0, rules or 1)
        cache.set(f"{KEY}{pk}", found[pk], KEPT)


def _credentials(header: str) -> tuple[int | None, str]:
    scheme, _space, rest = header[:LONGEST].partition(" ")
    number, _dot, key = rest.strip().partition(".")
    if scheme.lower() != SCHEME or not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None, ""
    return int(number), key
