"""What people do with endpoints: name one, change it, change its secret, try it, send again what it has missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, StaleState, SummitryError
from summitry.foundation.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from summitry.foundation.webhooks.delivery import deliver
from summitry.foundation.webhooks.guard import AddressRefused, checked_url
from summitry.foundation.webhooks.kinds import PING, body_of, kinds, new_message_id, write_message
from summitry.foundation.webhooks.signing import secret_of

OLD_SECRET_HOLDS = dt.timedelta(hours=24)
MOST_ENDPOINTS = 50
MOST_REPLAYED = 5000
MISSED = (DeliveryState.FAILED, DeliveryState.HELD)


class EndpointOff(SummitryError):
    """Nothing is sent to an endpoint that is switched off."""

    code = "endpoint-off"
    message = gettext_lazy("This endpoint is switched off. Switch it on first.")


def create_endpoint(
    edition_id: int, *, by: Actor, name: str, url: str, events: Sequence[str]
) -> tuple[WebhookEndpoint, str]:
    """Create an endpoint and return it with its secret, which is shown once.

    Raises PermissionRefused, and InvalidInput naming the fields that cannot be accepted.
    """
    endpoint = WebhookEndpoint(edition_id=edition_id, name=name, url=url, events=sorted(set(events)))
    require(by, "edit", endpoint)
    endpoint.owner_id = by.account_id
    _check(url, events)
    checked(endpoint)
    with recording():
        if WebhookEndpoint.objects.filter(edition_id=edition_id).count() >= MOST_ENDPOINTS:
            raise InvalidInput(_("This edition has as many endpoints as it can have. Remove one first."))
        endpoint.save()
        record(
            "foundation.webhook.created", by=by, obj=endpoint, after={"url": url, "events": endpoint.events}
        )
    return endpoint, secret_of(endpoint)


def change_endpoint(
    endpoint: WebhookEndpoint,
    values: Mapping[str, Any],
    *,
    by: Actor,
    expected: Mapping[str, Any] | None = None,
) -> WebhookEndpoint:
    """Change name, url, events or is_active; whoever switches an endpoint on gives it a fresh start.

    Raises PermissionRefused, InvalidInput, and StaleState where somebody else changed the same facts first.
    """
    require(by, "edit", endpoint)
    _check(values.get("url", endpoint.url), values.get("events", endpoint.events))
    with recording():
        changed = change(endpoint, values, by=by, audit="foundation.webhook.changed", expected=expected)
        if "is_active" in changed:
            off_at = None if endpoint.is_active else timezone.now()
            fresh = {"failures": 0, "failing_since": None, "rest_until": None, "switched_off_at": off_at}
            WebhookEndpoint.objects.filter(pk=endpoint.pk).update(**fresh)
            endpoint.refresh_from_db()
    return endpoint


def rotate_secret(endpoint: WebhookEndpoint, *, by: Actor) -> str:
    """Give the endpoint a new secret and return it; for a day messages carry signatures of both.

    Raises StaleState where somebody else has just done so: two new secrets would leave the receiver with none.
    """
    require(by, "edit", endpoint)
    with recording():
        until = timezone.now() + OLD_SECRET_HOLDS
        same = WebhookEndpoint.objects.filter(pk=endpoint.pk, generation=endpoint.generation)
        if not same.update(generation=F("generation") + 1, old_secret_until=until):
            raise StaleState
        endpoint.refresh_from_db()
        record("foundation.webhook.rotated", by=by, obj=endpoint)
    return secret_of(endpoint)


def remove_endpoint(endpoint: WebhookEndpoint, *, by: Actor) -> None:
    """Remove an endpoint with the log of its messages."""
    require(by, "edit", endpoint)
    with recording():
        record("foundation.webhook.removed", by=by, obj=endpoint, before={"url": endpoint.url})
        endpoint.delete()


def send_ping(endpoint: WebhookEndpoint, *, by: Actor) -> WebhookDelivery:
    """Send a message that says nothing, to try the endpoint. Raises EndpointOff."""
    require(by, "edit", endpoint)
    if not endpoint.is_active:
        raise EndpointOff
    with transaction.atomic():
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(rest_until=None)
        body = body_of(PING, endpoint.edition_id, {"endpoint": str(endpoint.public_id)})
        return write_message(endpoint, PING, new_message_id(), body)


def replay(delivery: WebhookDelivery, *, by: Actor) -> None:
    """Send one message again, under its old identity, so that a receiver can tell that it has it already.

    Raises EndpointOff, and StaleState while the message is being sent or waits to be.
    """
    require(by, "edit", delivery.endpoint)
    if not delivery.endpoint.is_active:
        raise EndpointOff
    with recording():
        if not _again(WebhookDelivery.objects.filter(pk=delivery.pk)):
            raise StaleState
        record("foundation.webhook.replayed", by=by, obj=delivery.endpoint, count=1)


def replay_since(endpoint: WebhookEndpoint, since: dt.datetime, *, by: Actor, is_all: bool = False) -> int:
    """Send again, in their order, what was missed since an instant (or with `is_all` everything); return how many.

    Raises EndpointOff.
    """
    require(by, "edit", endpoint)
    if not endpoint.is_active:
        raise EndpointOff
    states = (*MISSED, DeliveryState.DELIVERED) if is_all else MISSED
    with recording():
        count = _again(endpoint.deliveries.filter(created_at__gte=since, state__in=states))
        if count:
            record("foundation.webhook.replayed", by=by, obj=endpoint, count=count)
    return count


def _again(rows: QuerySet[WebhookDelivery]) -> int:
    """Start a new round for each of `rows` that is at rest; return how many."""
    resting = rows.filter(state__in=(*MISSED, DeliveryState.DELIVERED))
    ids = list(resting.order_by("created_at", "pk").values_list("pk", flat=True)[:MOST_REPLAYED])
    started = resting.filter(pk__in=ids).update(
        state=DeliveryState.WAITING, round=F("round") + 1, attempts=0, next_try_at=timezone.now()
    )
    for pk in ids if started else ():
        deliver.enqueue(pk)
    return started


def _check(url: str, events: Sequence[str]) -> None:
    fields: dict[str, list[str]] = {}
    try:
        checked_url(url)
    except AddressRefused as error:
        fields["url"] = [str(error)]
    if not events:
        fields["events"] = [_("Choose at least one event.")]
    elif unknown := sorted(set(events) - set(kinds())):
        fields["events"] = [_("Unknown events: %(names)s") % {"names": ", ".join(unknown)}]
    if fields:
        raise InvalidInput(fields=fields)
