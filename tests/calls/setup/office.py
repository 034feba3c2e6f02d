"""A call as its office sees it, and who may sign in to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse

from summitry.calls.actions.call import NewCall, create_call
from summitry.calls.enums import Preset
from summitry.calls.models import Call
from summitry.calls.permissions import CHAIR, ELIGIBILITY, JUROR, MANAGER
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.foundation import clock
from summitry.foundation.access import Role, Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from tests.calls.make import SYSTEM
from tests.directory.make import make_account
from tests.editions.make import make_edition

ROLES: dict[str, tuple[Role, str]] = {
    "director": (DIRECTOR, "edition"),
    "manager": (MANAGER, "call"),
    "officer": (ELIGIBILITY, "edition"),
    "chair": (CHAIR, "call"),
    "juror": (JUROR, "call"),
}


@dataclass
class CallOffice:
    """A call of an edition, and accounts by what they are."""

    edition: Edition
    call: Call
    accounts: dict[str, Account] = field(default_factory=dict)

    def url(self, name: str, *args: object) -> str:
        """Return the address of one of the call's console pages."""
        return reverse(f"calls:{name}", args=[self.edition.slug, self.call.slug, *args])

    def public(self, name: str = "call") -> str:
        """Return the address of one of the call's public pages."""
        return reverse(f"calls_public:{name}", args=[self.edition.slug, self.call.slug])

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_call_office(preset: Preset = Preset.CASES, *, fills: bool = True) -> CallOffice:
    """A draft of a call, with director, manager, eligibility officer, chair, juror, and somebody without any role."""
    now = clock.now()
    edition = make_edition("rivertown")
    new = NewCall(
        preset=preset,
        name=Text.of({"en": "Cases", "zh-hans": "案例", "ar": "حالات"}),
        slug="cases",
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=30),
        fills=fills,
    )
    office = CallOffice(edition, create_call(edition, new, by=SYSTEM))
    scopes = {"edition": Scope("edition", edition.pk), "call": Scope("call", office.call.pk)}
    for who, (role, kind) in ROLES.items():
        office.accounts[who] = make_account(f"{who}@example.org")
        grant_role(office.accounts[who], role.code, scopes[kind], by=SYSTEM)
    office.accounts["nobody"] = make_account("nobody@example.org")
    return office
