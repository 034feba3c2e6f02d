"""API tokens: issued once in the open, listed by name, revoked at once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from summitry.foundation.models import Account, ApiToken, AuditEntry

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_works_and_is_revoked(client: Client) -> None:
    account = Account.objects.create_user("mei@example.org")
    client.force_login(account)
    shown = client.post("/en/my/tokens/", {"name": "Wall display"}).content.decode()
    (secret,) = re.findall(r"smt_[\w-]{40,}", shown)
    bearer = {"Authorization": f"Bearer {secret}"}

    assert secret not in client.get("/en/my/tokens/").content.decode()
    assert Client().get("/api/v1/editions", headers=bearer).status_code == 200
    token = ApiToken.objects.get()
    assert (token.name, token.scopes) == ("Wall display", ["read"])
    client.post("/en/my/tokens/", {"revoke": token.pk})
    assert Client().get("/api/v1/editions", headers=bearer).status_code == 401
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["foundation.token.issued", "foundation.token.revoked"]


def test_nobody_revokes_anothers_token(client: Client) -> None:
    owner, other = (Account.objects.create_user(f"{name}@example.org") for name in ("owner", "other"))
    client.force_login(owner)
    client.post("/en/my/tokens/", {"name": "Mine", "may_write": "on"})
    client.force_login(other)

    assert client.post("/en/my/tokens/", {"revoke": ApiToken.objects.get().pk}).status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_a_token_needs_a_name(client: Client) -> None:
    client.force_login(Account.objects.create_user("mei@example.org"))
    response = client.post("/en/my/tokens/", {"name": ""})

    assert 'role="alert"' in response.content.decode()
    assert not ApiToken.objects.exists()
