"""Which events are told: a registry that rooms fill, and the subscriber that writes a message for every endpoint.

Messages are written inside the transaction of what happened, so that none is lost and none tells of what was undone.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise

from summitry.foundation.bus import Event, subscribe
from summitry.foundation.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from summitry.foundation.webhooks.delivery import deliver

logger = logging.getLogger(__name__)
E = TypeVar("E", bound=Event)
PING = "webhook.ping"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of event that endpoints can ask for: its stable name, and what people read."""

    name: str
    label: str | Promise


_kinds: dict[str, Kind] = {}


def register_webhook_event(
    name: str, event_type: type[E], payload: Callable[[E], Mapping[str, Any]], label: str | Promise
) -> None:
    """Offer events of `event_type` to webhooks as `name`, past tense and stable for ever.

    `payload(event)` gives JSON values: ids and addresses rather than content, for the receiver fetches what it may see.
    Events without an edition are told to nobody.
    """
    _kinds[name] = Kind(name, label)

    def tell(event: E) -> None:
        if event.edition_id is not None:
            _tell(name, event.edition_id, lambda: payload(event))

    subscribe(event_type, tell, inside=True)


def kinds() -> Mapping[str, Kind]:
    """Return all registered kinds by name."""
    return dict(sorted(_kinds.items()))


def _tell(kind: str, edition_id: int, payload: Callable[[], Mapping[str, Any]]) -> None:
    """Write a message to every endpoint of the edition that asked for `kind`; a failure harms nothing else."""
    if not _is_watched(edition_id):
        return
    endpoints = WebhookEndpoint.objects.filter(edition_id=edition_id)
    asked = [endpoint for endpoint in endpoints if kind in endpoint.events]
    if not asked:
        return
    try:
        with transaction.atomic():
            body = body_of(kind, edition_id, payload())
            message_id = new_message_id()
            for endpoint in asked:
                write_message(endpoint, kind, message_id, body)
    except Exception:
        logger.exception("The webhook message %s could not be written", kind)


def _is_watched(edition_id: int) -> bool:
    """Return whether an edition has any endpoint; asked with each scan at a gate, so without composing a query."""
    table = connection.ops.quote_name(WebhookEndpoint._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE edition_id = %s LIMIT 1", [edition_id])  # noqa: S608 - our table
        return cursor.fetchone() is not None


def body_of(kind: str, edition_id: int, data: Mapping[str, Any]) -> str:
    """Return the body of a message: type, time and data, as the specification has it."""
    at = timezone.now().isoformat(timespec="milliseconds")
    content = {"type": kind, "timestamp": at, "data": {"edition_id": edition_id, **data}}
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def new_message_id() -> str:
    """Return a message's identity, which stays the same however often it is sent."""
    return f"msg_{secrets.token_hex(16)}"


def write_message(endpoint: WebhookEndpoint, kind: str, message_id: str, body: str) -> WebhookDelivery:
    """Write one message and have it sent after the commit; for an endpoint that is switched off it is held."""
    now = timezone.now()
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint,
        message_id=message_id,
        kind=kind,
        body=body,
        state=DeliveryState.WAITING if endpoint.is_active else DeliveryState.HELD,
        next_try_at=now if endpoint.is_active else None,
    )
    if endpoint.is_active:
        deliver.enqueue(delivery.pk)
    return delivery
