"""Webhooks over the API: the endpoints of an edition, their messages, and sending again what was missed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.responses import Status

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import require, visible
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.models import WebhookDelivery, WebhookEndpoint
from summitry.foundation.web.actor import actor_of
from summitry.foundation.webhooks.endpoints import (
    change_endpoint,
    create_endpoint,
    remove_endpoint,
    replay,
    replay_since,
    rotate_secret,
    send_ping,
)

router = Router()


class EndpointIn(Schema):
    """An endpoint to be created. `events` are names of registered events, "programme.schedule.published"."""

    name: str
    url: str
    events: list[str]


class EndpointChange(Schema):
    """What is to be changed; what is left out stays."""

    name: str | None = None
    url: str | None = None
    events: list[str] | None = None
    is_active: bool | None = None


class EndpointOut(Schema):
    """An endpoint. `failing_since` is set while its messages fail, `switched_off_at` while it is off."""

    id: uuid.UUID
    name: str
    url: str
    events: list[str]
    is_active: bool
    failing_since: dt.datetime | None
    switched_off_at: dt.datetime | None


class EndpointMade(EndpointOut):
    """A new endpoint with its secret, which is never shown again."""

    secret: str


class SecretOut(Schema):
    """A new secret, which is never shown again."""

    secret: str


class DeliveryOut(Schema):
    """A message and what became of it: `status` is the HTTP status, `problem` why there was none."""

    message_id: str
    kind: str
    body: str
    state: str
    attempts: int
    created_at: dt.datetime
    next_try_at: dt.datetime | None
    tried_at: dt.datetime | None
    status: int | None
    problem: str
    answer: str


class ReplayIn(Schema):
    """From when on, and whether what was delivered is sent again as well."""

    since: dt.datetime
    is_all: bool = False


class ReplayOut(Schema):
    """How many messages are being sent again."""

    count: int


@router.get("/{slug}/webhooks", response=CursorPage[EndpointOut], url_name="webhooks")
def list_webhooks(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[EndpointOut]:
    """List the endpoints of an edition that the actor directs."""
    edition = _edition(request, slug)
    rows = visible(actor_of(request), WebhookEndpoint.objects.filter(edition_id=edition.pk))
    page, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[_endpoint(row) for row in page], next=following)


@router.post("/{slug}/webhooks", response={201: EndpointMade}, url_name="webhook_creation")
def create_webhook(request: HttpRequest, slug: str, wanted: EndpointIn) -> Status[EndpointMade]:
    """Create an endpoint; the answer holds its secret."""
    made, secret = create_endpoint(_edition(request, slug).pk, by=actor_of(request), **wanted.dict())
    return Status(201, EndpointMade(**_endpoint(made).dict(), secret=secret))


@router.get("/{slug}/webhooks/{public_id}", response=EndpointOut, url_name="webhook")
def show_webhook(request: HttpRequest, slug: str, public_id: uuid.UUID) -> EndpointOut:
    """Show one endpoint."""
    return _endpoint(_found(request, slug, public_id))


@router.patch("/{slug}/webhooks/{public_id}", response=EndpointOut, url_name="webhook_change")
def change_webhook(
    request: HttpRequest, slug: str, public_id: uuid.UUID, wanted: EndpointChange
) -> EndpointOut:
    """Change an endpoint, or switch it on or off."""
    values = {name: value for name, value in wanted.dict().items() if value is not None}
    return _endpoint(change_endpoint(_found(request, slug, public_id), values, by=actor_of(request)))


@router.delete("/{slug}/webhooks/{public_id}", response={204: None}, url_name="webhook_removal")
def remove_webhook(request: HttpRequest, slug: str, public_id: uuid.UUID) -> Status[None]:
    """Remove an endpoint with its log."""
    remove_endpoint(_found(request, slug, public_id), by=actor_of(request))
    return Status(204, None)


@router.post("/{slug}/webhooks/{public_id}/secret", response=SecretOut, url_name="webhook_secret")
def rotate_webhook_secret(request: HttpRequest, slug: str, public_id: uuid.UUID) -> SecretOut:
    """Make a new secret; for a day messages carry signatures of both."""
    return SecretOut(secret=rotate_secret(_found(request, slug, public_id), by=actor_of(request)))


@router.post("/{slug}/webhooks/{public_id}/ping", response={202: DeliveryOut}, url_name="webhook_ping")
def ping_webhook(request: HttpRequest, slug: str, public_id: uuid.UUID) -> Status[DeliveryOut]:
    """Send a message that says nothing, to try the receiver."""
    sent = send_ping(_found(request, slug, public_id), by=actor_of(request))
    return Status(202, _delivery(sent))


@router.get(
    "/{slug}/webhooks/{public_id}/deliveries", response=CursorPage[DeliveryOut], url_name="webhook_deliveries"
)
def list_deliveries(
    request: HttpRequest, slug: str, public_id: uuid.UUID, cursor: str | None = None, limit: int = 50
) -> CursorPage[DeliveryOut]:
    """List the messages of the last thirty days, oldest first."""
    rows = visible(actor_of(request), _found(request, slug, public_id).deliveries.all())
    page, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[_delivery(row) for row in page], next=following)


@router.post(
    "/{slug}/webhooks/{public_id}/deliveries/{message_id}/replay",
    response={202: None},
    url_name="webhook_replay",
)
def replay_delivery(request: HttpRequest, slug: str, public_id: uuid.UUID, message_id: str) -> Status[None]:
    """Send one message again, under its old identity."""
    found = _found(request, slug, public_id).deliveries.filter(message_id=message_id).first()
    if found is None:
        raise NotFound
    replay(found, by=actor_of(request))
    return Status(202, None)


@router.post("/{slug}/webhooks/{public_id}/replay", response={202: ReplayOut}, url_name="webhook_replays")
def replay_deliveries(
    request: HttpRequest, slug: str, public_id: uuid.UUID, wanted: ReplayIn
) -> Status[ReplayOut]:
    """Send again what was missed since an instant."""
    endpoint = _found(request, slug, public_id)
    count = replay_since(endpoint, wanted.since, by=actor_of(request), is_all=wanted.is_all)
    return Status(202, ReplayOut(count=count))


def _edition(request: HttpRequest, slug: str) -> Edition:
    """Return the edition, whose webhooks the actor may see. Raises NotFound, PermissionRefused."""
    edition = edition_by_slug(actor_of(request), slug)
    require(actor_of(request), "view", WebhookEndpoint(edition_id=edition.pk))
    return edition


def _found(request: HttpRequest, slug: str, public_id: uuid.UUID) -> WebhookEndpoint:
    edition = _edition(request, slug)
    rows = visible(actor_of(request), WebhookEndpoint.objects.filter(edition_id=edition.pk))
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _endpoint(row: WebhookEndpoint) -> EndpointOut:
    return EndpointOut(
        id=row.public_id,
        name=row.name,
        url=row.url,
        events=row.events,
        is_active=row.is_active,
        failing_since=row.failing_since,
        switched_off_at=row.switched_off_at,
    )


def _delivery(row: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut(
        message_id=row.message_id,
        kind=row.kind,
        body=row.body,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        next_try_at=row.next_try_at,
        tried_at=row.tried_at,
        status=row.status,
        problem=row.problem,
        answer=row.answer,
    )
