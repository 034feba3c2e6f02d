"""Who asks the API: the public, a signed-in browser (reading only), or the bearer of a token."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import replace

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError

from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput
from summitry.foundation.models import Account, ApiToken
from summitry.foundation.web.actor import actor_of, set_actor

SCOPES = ("read", "write")
PREFIX = "smt_"
_USE_RESOLUTION = dt.timedelta(minutes=10)


def token_digest(token: str) -> str:
    """Return what is stored of a token. Tokens are 256 random bits, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(
    account: Account, name: str, scopes: list[str], *, expires_at: dt.datetime | None = None
) -> tuple[ApiToken, str]:
    """Create a token for `account` and return it with its secret, which is shown once and never stored.

    Raises InvalidInput for an unknown scope.
    """
    if not scopes or set(scopes) - set(SCOPES):
        raise InvalidInput(_("A token needs at least one scope of: read, write."))
    secret = PREFIX + secrets.token_urlsafe(32)
    with recording():
        token = ApiToken.objects.create(
            account=account,
            name=name,
            prefix=secret[: len(PREFIX) + 6],
            digest=token_digest(secret),
            scopes=sorted(set(scopes)),
            created_at=clock.now(),
            expires_at=expires_at,
        )
        record("foundation.token.issued", by=account.actor(), obj=token, scopes=", ".join(token.scopes))
    return token, secret


def revoke_token(token: ApiToken) -> None:
    """Make a token worthless at once; its row stays, so that the log can name it."""
    with recording():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
            record("foundation.token.revoked", by=token.account.actor(), obj=token)


def identify(request: HttpRequest) -> Actor:
    """Return who asks; used as the `auth` of the API root.

    A request without credentials is the public's. A wrong, expired or revoked token is refused, never taken for the
    public. A browser session may read; to write, a token is needed. Raises AuthenticationError.
    """
    header = request.headers.get("Authorization", "")
    if not header:
        actor = actor_of(request)
        if request.method not in {"GET", "HEAD"} and actor.account_id is not None:
            raise AuthenticationError
        return actor
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        raise AuthenticationError
    now = clock.now()
    token = (
        ApiToken.objects.select_related("account")
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), digest=token_digest(secret.strip()))
        .filter(revoked_at__isnull=True, account__is_active=True)
        .first()
    )
    if token is None:
        raise AuthenticationError
    if token.last_used_at is None or now - token.last_used_at > _USE_RESOLUTION:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    person = token.account.actor()
    actor = replace(
        person,
        kind=ActorKind.TOKEN,
        label=f"{person.label} ({token.name})",
        token_scopes=frozenset(token.scopes),
    )
    set_actor(request, actor)
    return actor
