"""Who works on a call in these tests: accounts with one role each."""

from __future__ import annotations

from summitry.calls.models import Call
from summitry.calls.permissions import CHAIR, ELIGIBILITY, MANAGER
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Actor, Scope
from summitry.foundation.grants import put_grant
from summitry.foundation.models import Account
from tests.directory.make import SYSTEM, make_account

ROLES = {"officer": ELIGIBILITY.code, "manager": MANAGER.code, "chair": CHAIR.code}


def account_of(call: Call, role: str, email: str = "") -> Account:
    """Make an account that holds a role in a call and may enter the edition's console."""
    account = make_account(email)
    put_grant(account, ROLES[role], Scope("call", call.pk), by=SYSTEM)
    put_grant(account, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    return account


def actor_of(call: Call, role: str, email: str = "") -> Actor:
    return account_of(call, role, email).actor()
