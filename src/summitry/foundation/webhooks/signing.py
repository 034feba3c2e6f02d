"""Secrets and signatures, as the Standard Webhooks specification has them: HMAC-SHA256 over id, time and body.

A secret is derived from the installation's key and the endpoint's identity, and stored nowhere: neither a backup nor a
copy of the database can sign in our name.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac

from django.utils.crypto import salted_hmac

from summitry.foundation.models import WebhookEndpoint

PREFIX = "whsec_"


def secret_of(endpoint: WebhookEndpoint, *, generation: int | None = None) -> str:
    """Return the endpoint's secret, of its present generation or another one."""
    value = f"{endpoint.public_id}:{generation or endpoint.generation}"
    key = salted_hmac("summitry.webhook", value, algorithm="sha256").digest()
    return PREFIX + base64.b64encode(key).decode()


def valid_secrets(endpoint: WebhookEndpoint, now: dt.datetime) -> list[str]:
    """Return the secrets that sign now: after a rotation the old one beside the new one, for a while."""
    secrets = [secret_of(endpoint)]
    if endpoint.old_secret_until is not None and endpoint.old_secret_until > now:
        secrets.append(secret_of(endpoint, generation=endpoint.generation - 1))
    return secrets


def signed_headers(message_id: str, at: dt.datetime, body: bytes, secrets: list[str]) -> dict[str, str]:
    """Return the three headers that let a receiver verify a message."""
    seconds = str(int(at.timestamp()))
    signatures = " ".join(f"v1,{signature(secret, message_id, seconds, body)}" for secret in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": seconds, "webhook-signature": signatures}


def signature(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    """Return the signature of one message by one secret, in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
