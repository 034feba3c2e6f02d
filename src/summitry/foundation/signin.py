"""Sign-in links: a signed address that signs one account in, once or (for demo accounts) repeatedly.

The page behind it asks for a press of a button, so that mail scanners which open links sign nobody in.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput
from summitry.foundation.models import Account

SALT = "summitry.sign-in"
LIFETIME = dt.timedelta(days=3)


def sign_in_token(account: Account, *, reusable: bool = False) -> str:
    """Return a token that signs `account` in within three days, once, unless `reusable`."""
    used = "" if reusable else _last_sign_in(account)
    return signing.dumps({"account": account.pk, "used": used, "reusable": reusable}, salt=SALT)


def sign_in_url(account: Account, *, reusable: bool = False, base: str = "") -> str:
    """Return the full address of a sign-in link."""
    return (base or settings.BASE_URL) + reverse(
        "site:sign_in_link", args=[sign_in_token(account, reusable=reusable)]
    )


def account_for(token: str) -> Account:
    """Return the account that `token` signs in. Raises InvalidInput where it is wrong, too old or used."""
    refusal = InvalidInput(_("This sign-in link is no longer valid. Please ask for a new one."))
    try:
        payload = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise refusal from error
    account = Account.objects.filter(pk=payload["account"], is_active=True).first()
    if account is None or (not payload["reusable"] and payload["used"] != _last_sign_in(account)):
        raise refusal
    return account


def _last_sign_in(account: Account) -> str:
    return account.last_login.isoformat() if account.last_login else "never"
