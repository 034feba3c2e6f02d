"""How allauth's accounts become ours: the adapter and the name an account is addressed by."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter

from summitry.foundation.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this installation."""


def display_name(account: Account) -> str:
    """Return how an account is addressed on pages."""
    return account.name or account.email
