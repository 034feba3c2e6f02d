"""How allauth's accounts become ours: adapters and the name an account is addressed by."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from summitry.foundation.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this installation."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts that come from the OpenID Connect provider."""


def display_name(account: Account) -> str:
    """Return how an account is addressed on pages."""
    return account.name or account.email
