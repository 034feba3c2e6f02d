"""All operations but scans: enrolment, roster, pictures, counters, heartbeat, and what only the desk does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused
from summitry.gates.actions.badge_queue import order_badge
from summitry.gates.actions.credentials import mark_printed, reprint, valid_one
from summitry.gates.actions.devices import enrol, heartbeat
from summitry.gates.actions.walk_in import LONGEST_NAME, register_walk_in, walk_in_categories
from summitry.gates.device_api.messages import (
    Answer,
    Asked,
    encoded,
    number_of,
    ok,
    sent_object,
    skew_of,
    text_of,
)
from summitry.gates.enums import GateKind
from summitry.gates.errors import DeviceUnknown
from summitry.gates.models import Credential
from summitry.gates.queries.badge_queue import orders_of
from summitry.gates.queries.counters import counters_of
from summitry.gates.queries.devices import DeviceFacts, devices_by
from summitry.gates.queries.photos import photo_for
from summitry.gates.queries.roster import roster_for
from summitry.gates.queries.rows import LARGEST_ID, moment_of
from summitry.guests.models import Guest

Operation = Callable[[DeviceFacts, Asked], Answer]


def answered(asked: Asked) -> Answer:
    """Return the answer to one request. Raises SummitryError for whatever is refused."""
    if (asked.method, asked.operation) == ("POST", "enrol"):
        return _enrol(asked)
    device = devices_by([asked.authorization])[0]
    if device is None:
        raise DeviceUnknown
    name, _slash, rest = asked.operation.partition("/")
    if name == "photos" and asked.method == "GET":
        return _photo(device, rest)
    operation = OPERATIONS.get((asked.method, asked.operation))
    if operation is None:
        raise NotFound
    if operation in AT_DESK and device.kind != GateKind.DESK:
        raise PermissionRefused
    return operation(device, asked)


def _enrol(asked: Asked) -> Answer:
    sent = sent_object(asked.body)
    device, key = enrol(text_of(sent, "code", 40), text_of(sent, "name", 200))
    edition = device.edition
    told = {
        "device": device.pk,
        "name": device.name,
        "key": key,
        "edition": {
            "id": edition.pk,
            "slug": edition.slug,
            "name": str(edition),
            "zone_name": edition.zone_name,
            "starts_on": edition.starts_on,
            "ends_on": edition.ends_on,
        },
        "gate": device.gate_id,
        "kind": device.gate.kind,
        "now": clock.now(),
    }
    return Answer(HTTPStatus.CREATED, encoded(told))


def _roster(device: DeviceFacts, asked: Asked) -> Answer:
    since = asked.query.get("since", "")
    etag = f'"{device.pk}-{device.revision}-{since[:20]}-{hashlib.blake2b(asked.languages.encode(), digest_size=4).hexdigest()}"'
    if asked.etag == etag:
        return Answer(HTTPStatus.NOT_MODIFIED, etag=etag)
    number = int(since) if since.isascii() and since.isdecimal() and len(since) < 19 else 0
    return Answer(HTTPStatus.OK, encoded(roster_for(device, number)), etag=etag)


def _counters(device: DeviceFacts, asked: Asked) -> Answer:
    return ok(counters_of(device.edition))


def _heartbeat(device: DeviceFacts, asked: Asked) -> Answer:
    sent = sent_object(asked.body)
    now = clock.now()
    skew = skew_of(sent, now)
    heartbeat(
        device,
        skew_ms=skew,
        queued=number_of(sent, "queued", 2**31 - 1),
        oldest_at=moment_of(sent.get("oldest_at")),
        revision=number_of(sent, "revision", LARGEST_ID),
        program=text_of(sent, "program", 200),
    )
    told = {
        "now": now,
        "skew_ms": skew,
        "revision": device.revision,
        "rule_version": device.rule_version,
        "gate": device.gate,
        "kind": device.kind,
        "name": device.name,
    }
    return ok(told)


def _photo(device: DeviceFacts, guest: str) -> Answer:
    number = int(guest) if guest.isascii() and guest.isdecimal() and len(guest) < 19 else 0
    picture = photo_for(device, number)
    if picture is None:
        raise NotFound
    return Answer(HTTPStatus.OK, picture.data, picture.media_type, cache="private, max-age=3600")


def _desk(device: DeviceFacts, asked: Asked) -> Answer:
    edition = Edition.objects.get(pk=device.edition)
    return ok(
        {"categories": [{"slug": row.slug, "name": str(row.name)} for row in walk_in_categories(edition)]}
    )


def _reprint(device: DeviceFacts, asked: Asked) -> Answer:
    sent = sent_object(asked.body)
    reason = text_of(sent, "reason", 300)
    if not reason:
        raise InvalidInput(fields={"reason": [_("Please say why.")]})
    made = reprint(_guest(device, sent), by=device.actor, reason=reason)
    return _badge(order_badge(made, by=device.actor, device_id=device.pk))


def _walk_in(device: DeviceFacts, asked: Asked) -> Answer:
    sent = sent_object(asked.body)
    edition = Edition.objects.get(pk=device.edition)
    made = register_walk_in(
        edition,
        by=device.actor,
        name=text_of(sent, "name", LONGEST_NAME),
        name2=text_of(sent, "name2", LONGEST_NAME),
        organisation=text_of(sent, "organisation", 120),
        category=text_of(sent, "category", 40),
        entity=text_of(sent, "entity", 12),
        note=text_of(sent, "note", 300),
    )
    return _badge(order_badge(made, by=device.actor, device_id=device.pk))


def _printed(device: DeviceFacts, asked: Asked) -> Answer:
    credential = valid_one(_guest(device, sent_object(asked.body)))
    if credential is None:
        raise NotFound
    mark_printed([credential], by=device.actor)
    credential.refresh_from_db()
    return ok({"guest": credential.guest_id, "printed_at": credential.printed_at})


def _orders(device: DeviceFacts, asked: Asked) -> Answer:
    return ok({"orders": orders_of(device.pk)})


OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", "roster"): _roster,
    ("GET", "counters"): _counters,
    ("POST", "heartbeat"): _heartbeat,
    ("GET", "desk"): _desk,
    ("POST", "reprint"): _reprint,
    ("POST", "walk_in"): _walk_in,
    ("POST", "printed"): _printed,
    ("GET", "orders"): _orders,
}
AT_DESK = frozenset({_desk, _reprint, _walk_in, _printed, _orders})


def _badge(credential: Credential) -> Answer:
    told = {
        "guest": credential.guest_id,
        "token": credential.token,
        "digest": credential.digest,
        "revision": credential.revision,
    }
    return Answer(HTTPStatus.CREATED, encoded(told))


def _guest(device: DeviceFacts, sent: Mapping[str, Any]) -> Guest:
    number = number_of(sent, "guest", LARGEST_ID)
    rows = Guest.objects.filter(pk=number, edition=device.edition, roster_line__isnull=False)
    guest = rows.select_related("edition", "person").first()
    if guest is None:
        raise NotFound
    return guest
