"""Accredited guests whose names are in six scripts, with layouts for their badges, and people who may print."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Scope
from summitry.foundation.files import store_file
from summitry.foundation.files.store import PORTRAIT
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account, StoredFile
from summitry.gates.actions.badge_layouts import create_layout
from summitry.gates.models import BadgeLayout
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState, Rule
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import DESK, GUEST_OFFICE
from tests.directory.make import make_account, make_person, name
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_guest

NAMES = {
    "anna": ("Anna de la Cruz", "en", ""),
    "sergei": ("Sergei Efremov", "ru", "Сергей Ефремов"),
    "muhammad": ("Muhammad al-Jaber", "ar", "محمد الجابر"),
    "li": ("Li Xiaoming", "zh-hans", "李晓明"),
    "somchai": ("Somchai Jaidee", "th", "สมชาย ใจดี"),
    "rajesh": ("Rajesh Kumar", "hi", "राजेश कुमार"),
}


@dataclass
class Badges:
    """An edition with guests and a layout."""

    edition: Edition
    category: Category
    layout: BadgeLayout
    guests: dict[str, Guest] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """Return the address of a page of the gates' console."""
        return f"/en/console/{self.edition.slug}/gates/{path}"

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_badges(*who: str, photo: str = Rule.ASKED, accounts: bool = False) -> Badges:
    """Make an edition in which the named people (without names, Anna and Li) are accredited."""
    edition = make_edition()
    category = make_category(edition, "Delegate", photo=photo, steps=[])
    layout = create_layout(edition, by=SYSTEM, name="Card")
    made = Badges(edition, category, layout)
    for each in who or ("anna", "li"):
        made.guests[each] = accredited(edition, category, person_of(each))
    if accounts:
        for role in (DIRECTOR, DESK, GUEST_OFFICE):
            made.accounts[role.code] = make_account(f"{role.code}@example.org")
            grant_role(made.accounts[role.code], role.code, Scope("edition", edition.pk), by=SYSTEM)
    return made


def person_of(who: str) -> Person:
    """Make the person of this key."""
    latin, lang, native = NAMES[who]
    names = [name("display", "en", latin), *([name("native", lang, native)] if native else [])]
    return make_person(*names)


def accredited(edition: Edition, category: Category, person: Person | str = "") -> Guest:
    """Make a guest and accredit her: she has a badge."""
    guest = make_guest(edition, category, person)
    return move(guest, GuestState.CONFIRMED, by=SYSTEM)


def make_photo(size: tuple[int, int] = (300, 400)) -> StoredFile:
    """Keep a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "#b0784f").save(out, "JPEG")
    return store_file(ContentFile(out.getvalue(), "face.jpg"), PORTRAIT, by=SYSTEM)
