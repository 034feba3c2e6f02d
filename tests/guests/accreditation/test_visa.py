"""Visa letters: for approved guests with a passport, sealed, true on their public page, and shredded in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.foundation import clock
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.models import AuditEntry
from summitry.foundation.typeset import fonts_present
from summitry.guests.actions.deciding import decide
from summitry.guests.actions.visa import issue_letter, masked, open_letter, withdraw_letter
from summitry.guests.enums import DecisionKind, FieldKind, GuestState, Rule
from summitry.guests.errors import NoPassport, NotApproved, Shredded
from summitry.guests.models import Answer, Guest, VisaLetter
from summitry.guests.queries.answers import sealed_value
from summitry.guests.queries.guest_links import page_path
from summitry.guests.queries.visa import (
    Standing,
    lacking_for_letters,
    ready_for_letters,
    shown_code,
    verified,
)
from summitry.mailing.models import Letter
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, make_officer, officer
from tests.guests.make import make_category, make_field, make_purpose

pytestmark = pytest.mark.django_db
G = GuestState
PASSPORT = {"name": "GUEST ADA", "number": "E1234567", "issuer": "GB", "expires_on": "2031-01-01"}


@pytest.fixture(autouse=True)
def _before_the_edition() -> Iterator[None]:
    with clock.frozen(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


def with_passport(edition: Edition, state: str = G.APPROVED) -> Guest:
    field = make_field(
        edition, "passport", kind=FieldKind.IDENTITY, purpose=make_purpose(edition, sealed=True)
    )
    guest = make_applicant(edition, state, make_category(edition))
    Answer.objects.create(guest=guest, field=field, sealed=sealed_value(PASSPORT))
    return guest


def test_letter_is_issued_once_approved_and_says_nothing_in_the_open(edition):
    by = officer(edition)
    with pytest.raises(NoPassport):
        issue_letter(make_applicant(edition, G.APPROVED, email=""), by=by)
    guest = with_passport(edition, G.DECIDING)
    with pytest.raises(NotApproved):
        issue_letter(guest, by=by)
    with pytest.raises(PermissionRefused):
        issue_letter(guest, by=officer(edition, "director", DIRECTOR.code))
    decide(guest, DecisionKind.APPROVE, by=by)
    letter = issue_letter(guest, by=by, second="fr")
    assert (str(letter), letter.languages, letter.shown_name) == (
        "rivertown/00001",
        ["en", "fr"],
        "G•••• A••",
    )
    row = str(VisaLetter.objects.values().get())
    assert not any(part in row for part in ("E1234567", "GUEST ADA"))
    assert open_letter(letter, by=by)["number"] == "E1234567"
    assert [
        entry.action for entry in AuditEntry.objects.filter(action__startswith="guests.visa").order_by("pk")
    ] == [
        "guests.visa.issued",
        "guests.visa.opened",
    ]
    assert Letter.objects.filter(mailing__notice="visa_letter").count() == 1


def test_page_says_what_is_true(edition):
    by, guest = officer(edition), with_passport(edition)
    first = issue_letter(guest, by=by)
    second = issue_letter(guest, by=by)
    assert verified(edition, first.code).standing is Standing.WITHDRAWN
    assert verified(edition, shown_code(second.code).lower()).standing is Standing.VALID
    assert verified(make_edition(), second.code).standing is Standing.UNKNOWN
    with clock.frozen(dt.datetime(2026, 11, 13, tzinfo=dt.UTC)):
        assert verified(edition, second.code).standing is Standing.OVER
    decide(fresh(guest), DecisionKind.REVOKE, by=by, reason="Why")
    assert verified(edition, second.code).standing is Standing.WITHDRAWN
    page = Client().get(f"/en/rivertown/verify/{second.code}/")
    assert page.status_code == 200
    assert b"withdrawn" in page.content
    assert b"Ada" not in page.content
    assert page.headers["X-Robots-Tag"].startswith("noindex")


def test_guessing_codes_is_slowed_down(edition):
    client = Client()
    codes = [client.get("/en/rivertown/verify/", {"code": f"NOPE{n}"}).status_code for n in range(32)]
    assert codes == [404] * 30 + [429] * 2


def test_withdrawn_letter_is_not_on_the_guests_page(edition):
    by, guest = officer(edition), with_passport(edition)
    letter = issue_letter(guest, by=by)
    withdraw_letter(letter, by=by)
    assert Client().get(page_path(guest, "en", "guest:visa_letter")).status_code == 404


def test_shredded_letter_cannot_be_opened(edition):
    by, guest = officer(edition), with_passport(edition)
    letter = issue_letter(guest, by=by)
    VisaLetter.objects.update(sealed="")
    letter.refresh_from_db()
    with pytest.raises(Shredded):
        open_letter(letter, by=by)
    assert Client().get(page_path(guest, "en", "guest:visa_letter")).status_code == 410


@pytest.mark.parametrize(
    ("name", "shown"), [("Ada", "A••"), ("李 雷", "李 雷"), ("", ""), ("Al-Jaber Bo", "A••••• B•")]
)
def test_masked_name_shows_first_letters(name, shown):
    assert masked(name) == shown


@pytest.mark.skipif(not fonts_present(), reason="the fonts are not installed")
def test_letter_is_printed_in_two_directions(edition):
    by, guest = officer(edition), with_passport(edition)
    issue_letter(guest, by=by, second="ar")
    answer = Client().get(page_path(guest, "en", "guest:visa_letter"))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_who_lacks_something_is_named_and_holds_up_nobody(edition, monkeypatch):
    monkeypatch.setattr("summitry.guests.views.visa.AT_ONCE", 2)
    asks = make_field(edition, "visa", kind=FieldKind.YES_NO)
    lacking = [make_applicant(edition, G.APPROVED, who=f"Lacks {n}", email="") for n in range(3)]
    none = make_applicant(
        edition, G.APPROVED, make_category(edition, visa=Rule.NEVER), who="Never Asked", email=""
    )
    ready = with_passport(edition)
    passport = Answer.objects.get(guest=ready).field
    Answer.objects.create(guest=none, field=passport, sealed=sealed_value(PASSPORT))
    for guest in (*lacking, none, ready):
        Answer.objects.create(guest=guest, field=asks, value=True)
    assert [*ready_for_letters(edition)] == [ready]
    client = Client()
    client.force_login(make_officer(edition), backend="django.contrib.auth.backends.ModelBackend")
    url = "/en/console/rivertown/guests/visa-letters/issue/"
    page = client.get(url).content.decode()
    assert ("Issue 1 letter" in page, page.count("details are missing"), "And others" in page) == (
        True,
        2,
        True,
    )
    assert client.post(url, {"second": ""}, follow=True).content.count(b"1 letter was issued.") == 1
    assert list(VisaLetter.objects.values_list("guest", flat=True)) == [ready.pk]
    assert lacking_for_letters(edition).count() == 4
