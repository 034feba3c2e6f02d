"""How allauth's accounts become ours: the adapter, creating accounts for others, and how an account is addressed."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress

from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this installation."""


def create_account(email: str, *, by: Actor, name: str = "") -> Account:
    """Create an account for somebody whose address is known to be hers; she signs in by code, link or passkey.

    The caller has asked for permission. Raises IntegrityError where the address has an account already.
    """
    with recording():
        account = Account.objects.create_user(email, name=name)
        EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
        record("foundation.account.created", by=by, obj=account)
    return account


def account_at(email: str, *, by: Actor, name: str = "") -> Account:
    """Return the account of this address, made where there is none; its owner signs in by code or link.

    The caller has asked for permission to what the account is wanted for.
    """
    account = Account.objects.filter(email__iexact=email).first()
    return account or create_account(email, by=by, name=name)


def display_name(account: Account) -> str:
    """Return how an account is addressed on pages."""
    return account.name or account.email
