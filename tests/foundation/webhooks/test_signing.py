"""Signatures as the Standard Webhooks specification has them."""

from __future__ import annotations

from summitry.foundation.models import WebhookEndpoint
from summitry.foundation.webhooks.signing import PREFIX, secret_of, signature


def test_the_signature_is_that_of_the_specifications_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert signed == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_endpoint_and_generation_has_a_secret_of_its_own_that_stays() -> None:
    one, two = WebhookEndpoint(), WebhookEndpoint()
    secrets = [secret_of(one), secret_of(one, generation=2), secret_of(two)]
    assert len({*secrets}) == 3
    assert secrets[0] == secret_of(WebhookEndpoint(public_id=one.public_id))
    assert all(secret.startswith(PREFIX) and len(secret) == 50 for secret in secrets)
