"""Messages: written with what happened, signed, tried again, claimed once, given up, replayed."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from summitry.editions.actions.edition import update_edition
from summitry.editions.events import EditionChanged
from summitry.editions.models import Edition
from summitry.foundation.bus import Event, announce
from summitry.foundation.jobs import run_pending
from summitry.foundation.models import Account, AuditEntry, DeliveryState, WebhookDelivery, WebhookEndpoint
from summitry.foundation.webhooks import register_webhook_event
from summitry.foundation.webhooks.delivery import PAUSES, deliver, forget_old_messages, send_overdue
from summitry.foundation.webhooks.endpoints import (
    EndpointOff,
    change_endpoint,
    create_endpoint,
    replay,
    replay_since,
    rotate_secret,
    send_ping,
)
from summitry.foundation.webhooks.signing import secret_of, signature
from tests.editions.make import SYSTEM, make_edition
from tests.foundation.webhooks.receiver import Got, Receiver

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = "editions.edition.changed"


def make_endpoint(receiver: Receiver, edition: Edition | None = None, **facts: Any) -> WebhookEndpoint:
    facts = {"name": "Website", "url": receiver.url, "events": [CHANGED], **facts}
    return create_endpoint((edition or make_edition()).pk, by=SYSTEM, **facts)[0]


def happen(endpoint: WebhookEndpoint) -> None:
    with transaction.atomic():
        announce(EditionChanged(by=SYSTEM, edition_id=endpoint.edition_id))


def verifies(got: Got, secret: str) -> bool:
    """Say whether one of the signatures is that of `secret`."""
    expected = signature(secret, got.headers["webhook-id"], got.headers["webhook-timestamp"], got.body)
    return f"v1,{expected}" in got.headers["webhook-signature"].split()


def try_again(delivery: WebhookDelivery) -> WebhookDelivery:
    """Let the next attempt be due, and make it."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(next_try_at=timezone.now())
    WebhookEndpoint.objects.update(rest_until=None)
    deliver.call(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def test_an_event_reaches_the_endpoints_that_asked_for_it_signed(receiver: Receiver) -> None:
    edition = make_edition()
    endpoint, secret = create_endpoint(edition.pk, by=SYSTEM, name="Web", url=receiver.url, events=[CHANGED])
    make_endpoint(receiver, edition, events=["programme.schedule.published"])
    make_endpoint(receiver)
    update_edition(edition, by=SYSTEM, website="https://example.org")
    run_pending()

    (got,) = receiver.got
    delivery = endpoint.deliveries.get()
    assert got.path == "/hook?from=summitry"
    assert (got.content["type"], got.content["data"]) == (CHANGED, {"edition_id": edition.pk})
    assert got.headers["webhook-id"] == delivery.message_id
    assert abs(int(got.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert verifies(got, secret)
    assert not verifies(got, secret_of(make_endpoint(receiver)))
    assert (delivery.state, delivery.status, delivery.attempts) == (DeliveryState.DELIVERED, 204, 1)


def test_what_was_rolled_back_is_told_to_nobody(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver)
    with transaction.atomic():
        announce(EditionChanged(by=SYSTEM, edition_id=endpoint.edition_id))
        transaction.set_rollback(True)
    run_pending()

    assert (receiver.got, WebhookDelivery.objects.count()) == ([], 0)


def test_a_failure_is_tried_again_later_under_the_same_identity(receiver: Receiver) -> None:
    receiver.statuses, receiver.text = [500, 302, 200], "Not today"
    receiver.headers = {"Location": receiver.url + "&redirected"}
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    run_pending()

    delivery = endpoint.deliveries.get()
    assert delivery.next_try_at is not None
    waits = delivery.next_try_at - timezone.now()
    assert (delivery.state, delivery.status, delivery.answer) == (DeliveryState.WAITING, 500, "Not today")
    assert dt.timedelta() < waits <= PAUSES[0] * 1.2
    planned = DBTaskResult.objects.filter(run_after__lt=timezone.now() + dt.timedelta(minutes=1))
    assert planned.filter(run_after__gt=timezone.now()).count() == 1
    assert try_again(delivery).status == 302
    assert try_again(delivery).state == DeliveryState.DELIVERED
    assert [got.path for got in receiver.got] == ["/hook?from=summitry"] * 3
    assert {got.headers["webhook-id"] for got in receiver.got} == {delivery.message_id}


def test_an_attempt_that_is_not_due_is_not_made(receiver: Receiver) -> None:
    receiver.statuses = [500]
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    run_pending()
    deliver.call(endpoint.deliveries.get().pk)

    assert len(receiver.got) == 1


def test_a_message_is_given_up_after_its_last_attempt(receiver: Receiver) -> None:
    receiver.statuses = [503]
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    run_pending()
    delivery = endpoint.deliveries.get()
    states = [try_again(delivery).state for _n in range(len(PAUSES))]

    assert states == [DeliveryState.WAITING] * (len(PAUSES) - 1) + [DeliveryState.FAILED]
    assert (len(receiver.got), delivery.next_try_at) == (len(PAUSES) + 1, None)


def test_two_workers_never_make_the_same_attempt(receiver: Receiver) -> None:
    receiver.pause = 0.2
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    pk = endpoint.deliveries.get().pk
    start = threading.Barrier(6)

    def run() -> None:
        start.wait(10)
        try:
            deliver.call(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    delivery = endpoint.deliveries.get()
    assert len(receiver.got) == 1
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 1)


def test_an_address_that_fails_again_and_again_rests_and_holds_nothing_up(receiver: Receiver) -> None:
    receiver.statuses = [500]
    endpoint = make_endpoint(receiver)
    for _n in range(5):
        happen(endpoint)
    run_pending()

    endpoint.refresh_from_db()
    assert (len(receiver.got), endpoint.failures) == (3, 3)
    assert endpoint.rest_until is not None
    rested = endpoint.deliveries.filter(attempts=0)
    assert [row.next_try_at >= endpoint.rest_until for row in rested if row.next_try_at] == [True, True]


def test_success_clears_the_count_of_failures(receiver: Receiver) -> None:
    receiver.statuses = [500, 200]
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    run_pending()
    try_again(endpoint.deliveries.get())

    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since, endpoint.rest_until) == (0, None, None)


def test_days_of_failure_switch_an_endpoint_off_and_its_owner_is_told(receiver: Receiver) -> None:
    receiver.statuses = [500]
    owner = Account.objects.create_user("mei@example.org", language="fr")
    endpoint = make_endpoint(receiver)
    WebhookEndpoint.objects.update(owner=owner)
    happen(endpoint)
    happen(endpoint)
    WebhookEndpoint.objects.update(failing_since=timezone.now() - dt.timedelta(days=6))
    run_pending()
    run_pending()

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.switched_off_at is None) == (False, False)
    assert set(endpoint.deliveries.values_list("state", flat=True)) == {DeliveryState.HELD}
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["mei@example.org"], "Le webhook « Website » a été désactivé")
    ]
    assert AuditEntry.objects.filter(action="foundation.webhook.switched_off").count() == 1


def test_a_receiver_that_is_gone_is_not_asked_again(receiver: Receiver) -> None:
    receiver.statuses = [410]
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    run_pending()

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.deliveries.get().state) == (False, DeliveryState.FAILED)


def test_messages_for_an_endpoint_that_is_off_are_held_and_sent_on_demand(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver)
    change_endpoint(endpoint, {"is_active": False}, by=SYSTEM)
    before = timezone.now()
    for _n in range(3):
        happen(endpoint)
    run_pending()
    with pytest.raises(EndpointOff):
        replay_since(endpoint, before, by=SYSTEM)
    with pytest.raises(EndpointOff):
        send_ping(endpoint, by=SYSTEM)
    change_endpoint(endpoint, {"is_active": True}, by=SYSTEM)
    count = replay_since(endpoint, before, by=SYSTEM)
    run_pending()

    ids = list(endpoint.deliveries.order_by("pk").values_list("message_id", flat=True))
    assert (count, [got.headers["webhook-id"] for got in receiver.got]) == (3, ids)
    assert replay_since(endpoint, before, by=SYSTEM) == 0


def test_one_message_is_replayed_under_its_identity(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    run_pending()
    replay(endpoint.deliveries.get(), by=SYSTEM)
    run_pending()

    first, second = receiver.got
    delivery = endpoint.deliveries.get()
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert (delivery.round, delivery.attempts) == (2, 1)


def test_both_secrets_verify_for_a_day_after_a_rotation(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver)
    old = secret_of(endpoint)
    new = rotate_secret(endpoint, by=SYSTEM)
    send_ping(endpoint, by=SYSTEM)
    WebhookEndpoint.objects.update(old_secret_until=timezone.now())
    run_pending()
    WebhookEndpoint.objects.update(old_secret_until=timezone.now() + dt.timedelta(hours=1))
    send_ping(endpoint, by=SYSTEM)
    run_pending()

    assert old != new
    assert [(verifies(got, old), verifies(got, new)) for got in receiver.got] == [(False, True), (True, True)]
    assert receiver.got[0].content["type"] == "webhook.ping"


def test_what_a_worker_left_behind_is_sent_after_all(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    WebhookDelivery.objects.update(state=DeliveryState.SENDING, tried_at=long_ago, attempts=1)
    DBTaskResult.objects.all().delete()
    send_overdue.call()
    WebhookDelivery.objects.update(next_try_at=long_ago)
    send_overdue.call()
    run_pending()

    assert (len(receiver.got), endpoint.deliveries.get().state) == (1, DeliveryState.DELIVERED)


def test_messages_are_forgotten_after_thirty_days(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver)
    happen(endpoint)
    happen(endpoint)
    old = endpoint.deliveries.earliest("pk")
    WebhookDelivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=31))
    forget_old_messages.call()

    assert list(endpoint.deliveries.all()) == [WebhookDelivery.objects.exclude(pk=old.pk).get()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Event):
    """An event of these tests."""

    text: str


def payload(event: Happened) -> dict[str, Any]:
    return {"text": event.text, "length": 10 // len(event.text)}


register_webhook_event("tests.happened", Happened, payload, "Happened")


def test_an_event_costs_one_query_where_nobody_listens(django_assert_num_queries: Any) -> None:
    edition = make_edition()
    with transaction.atomic(), django_assert_num_queries(1):
        announce(Happened(by=SYSTEM, edition_id=edition.pk, text="x"))


def test_a_payload_that_fails_harms_neither_the_action_nor_other_events(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver, events=["tests.happened"])
    with transaction.atomic():
        announce(Happened(by=SYSTEM, edition_id=endpoint.edition_id, text=""))
        announce(Happened(by=SYSTEM, edition_id=endpoint.edition_id, text="«会»"))
        announce(Happened(by=SYSTEM, text="of no edition"))
    run_pending()

    assert [got.content["data"]["text"] for got in receiver.got] == ["«会»"]
