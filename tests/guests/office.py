"""A small edition as the guest office sees it: people who sign in, and guests of two delegations."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.test import Client

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, PARTNER
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import ACCREDITATION, DATA_PROTECTION, DESK, GUEST_OFFICE, PROTOCOL
from tests.directory.make import make_account, make_person, name
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_guest

ROLES = (DIRECTOR, GUEST_OFFICE, ACCREDITATION, PROTOCOL, DATA_PROTECTION, DESK)


@dataclass
class Office:
    """The rows, by name, and who may sign in."""

    edition: Edition
    categories: dict[str, Category] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def url(self, path: str = "list/", lang: str = "en") -> str:
        """Return the address of a page of the guests' console."""
        return f"/{lang}/console/{self.edition.slug}/guests/{path}"

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_office() -> Office:
    """Categories "delegate" and "speaker"; Chen and Leïla are delegates, Ólafur speaks."""
    office = Office(make_edition("rivertown", is_public=False))
    office.categories = {
        "delegate": make_category(office.edition, "Delegate", slug="delegate"),
        "speaker": make_category(office.edition, "Speaker", slug="speaker", photo="never"),
    }
    office.people = {
        "chen": make_person(
            name("display", "en", "Chen Sihan"), name("native", "zh-hans", "陈思涵"), email="chen@example.org"
        ),
        "leila": make_person(name("display", "en", "Leïla Benslimane")),
        "olafur": make_person(name("display", "en", "Ólafur Jónsson"), email="olafur@example.org"),
    }
    for who, category in (("chen", "delegate"), ("leila", "delegate"), ("olafur", "speaker")):
        office.guests[who] = make_guest(office.edition, office.categories[category], office.people[who])
    edition = Scope("edition", office.edition.pk)
    for role in ROLES:
        office.accounts[role.code] = make_account(f"{role.code}@example.org")
        for code in (role.code, PARTNER.code):
            grant_role(office.accounts[role.code], code, edition, by=SYSTEM)
    office.accounts["nobody"] = make_account("nobody@example.org")
    return office
