"""Sending messages: each attempt is claimed by one worker, failures are tried again, and a dead address is given up.

Whoever claims an attempt has moved the row from waiting to sending by compare-and-set; a second worker finds nothing to
do. An address that fails several times in a row rests, so that it does not hold up the other jobs.
"""

from __future__ import annotations

import datetime as dt
import logging
import random

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from summitry.foundation.access import system
from summitry.foundation.audit import record, recording
from summitry.foundation.jobs.job import job
from summitry.foundation.live import hint, record_topic
from summitry.foundation.mail import compose, post
from summitry.foundation.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from summitry.foundation.webhooks.sender import TOTAL_SECONDS, Answer, send
from summitry.foundation.webhooks.signing import signed_headers, valid_secrets

logger = logging.getLogger(__name__)
PAUSES = tuple(
    dt.timedelta(seconds=seconds) for seconds in (5, 60, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""How long to wait after each failed attempt; after the last one the message is given up, some three days later."""
GIVE_UP_AFTER = dt.timedelta(days=5)
"""An endpoint that has failed for this long without one success is switched off."""
RESTS_FROM = 3
LONGEST_REST = dt.timedelta(minutes=30)
ABANDONED = dt.timedelta(seconds=10 * TOTAL_SECONDS)
KEEP = dt.timedelta(days=30)
GONE = 410


@job(retries=0)
def deliver(delivery_id: int) -> None:
    """Make one attempt to deliver a message, if its turn has come and nobody else makes it."""
    delivery = WebhookDelivery.objects.select_related("endpoint").filter(pk=delivery_id).first()
    if delivery is None or not _claim(delivery):
        return
    now, body = timezone.now(), delivery.body.encode()
    headers = signed_headers(delivery.message_id, now, body, valid_secrets(delivery.endpoint, now))
    answer = send(delivery.endpoint.url, body, headers)
    with recording():
        _note(delivery, answer)


@job()
def send_overdue() -> None:
    """Send what should have been sent long ago: workers can be cut off, and queues can be emptied."""
    now = timezone.now()
    WebhookDelivery.objects.filter(state=DeliveryState.SENDING, tried_at__lt=now - ABANDONED).update(
        state=DeliveryState.WAITING, next_try_at=now
    )
    late = WebhookDelivery.objects.filter(
        state=DeliveryState.WAITING, endpoint__is_active=True, next_try_at__lt=now - ABANDONED
    )
    for pk in late.order_by("next_try_at").values_list("pk", flat=True)[:500]:
        deliver.enqueue(pk)


@job()
def forget_old_messages() -> None:
    """Delete messages and their log after thirty days."""
    WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEEP).delete()


def _claim(delivery: WebhookDelivery) -> bool:
    """Take the attempt that is due, or put it off while the address rests; say whether it is this worker's."""
    now = timezone.now()
    endpoint = delivery.endpoint
    due = WebhookDelivery.objects.filter(
        pk=delivery.pk,
        state=DeliveryState.WAITING,
        round=delivery.round,
        attempts=delivery.attempts,
        next_try_at__lte=now,
    )
    if not endpoint.is_active:
        due.update(state=DeliveryState.HELD, next_try_at=None)
        return False
    if endpoint.rest_until is not None and endpoint.rest_until > now:
        later = endpoint.rest_until + dt.timedelta(seconds=random.uniform(0, 30))  # noqa: S311 - spreads load
        if due.update(next_try_at=later):
            deliver.using(run_after=later).enqueue(delivery.pk)
        return False
    claimed = due.update(state=DeliveryState.SENDING, attempts=F("attempts") + 1, tried_at=now)
    delivery.attempts += claimed
    return bool(claimed)


def _note(delivery: WebhookDelivery, answer: Answer) -> None:
    """Write down what came of an attempt, and plan the next one."""
    now = timezone.now()
    state, next_try = DeliveryState.DELIVERED, None
    if not answer.is_success:
        state, next_try = DeliveryState.FAILED, None
        if delivery.attempts <= len(PAUSES) and answer.status != GONE:
            state = DeliveryState.WAITING
            next_try = now + PAUSES[delivery.attempts - 1] * random.uniform(1, 1.2)  # noqa: S311 - spreads load
    written = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.SENDING, round=delivery.round, attempts=delivery.attempts
    ).update(
        state=state,
        next_try_at=next_try,
        status=answer.status or None,
        answer=answer.text,
        problem=answer.problem,
        milliseconds=answer.milliseconds,
    )
    if not written:
        return
    hint(record_topic(delivery.endpoint), "delivery")
    if next_try is not None:
        deliver.using(run_after=next_try).enqueue(delivery.pk)
    if answer.is_success:
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).exclude(failures=0).update(
            failures=0, failing_since=None, rest_until=None
        )
    else:
        _count_failure(delivery.endpoint_id, is_gone=answer.status == GONE)


def _count_failure(endpoint_id: int, *, is_gone: bool) -> None:
    """Let an address rest after several failures in a row, and switch it off after days of nothing else."""
    now = timezone.now()
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    if endpoint.failures >= RESTS_FROM:
        pause = dt.timedelta(seconds=15) * 2 ** min(endpoint.failures - RESTS_FROM, 10)
        endpoint.rest_until = now + min(pause, LONGEST_REST)
    endpoint.save(update_fields=["failures", "failing_since", "rest_until"])
    if endpoint.is_active and (is_gone or now - endpoint.failing_since >= GIVE_UP_AFTER):
        switch_off(endpoint)


def switch_off(endpoint: WebhookEndpoint) -> None:
    """Switch an endpoint off that has failed for days, hold what waits for it, and write to its owner."""
    endpoint.is_active, endpoint.switched_off_at = False, timezone.now()
    endpoint.save(update_fields=["is_active", "switched_off_at"])
    endpoint.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.HELD, next_try_at=None)
    record("foundation.webhook.switched_off", by=system("webhooks"), obj=endpoint)
    owner = endpoint.owner
    if owner is not None and owner.is_active:
        context = {"name": endpoint.name, "url": endpoint.url, "site": settings.BASE_URL}
        post(compose("webhook_switched_off", owner.language or "en", context), [owner.email])
