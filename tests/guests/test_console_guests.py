"""The list of guests and their records in the console: who finds whom, who sees what, who may change it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from summitry.editions.queries.readiness import Asked
from summitry.foundation.models import AuditEntry, BulkRun
from summitry.guests.actions.application import save_answers
from summitry.guests.enums import FieldKind, GuestState
from summitry.guests.models import Guest
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE, PROTOCOL
from summitry.guests.queries.questions import given_by
from summitry.guests.readiness_office import guests as readiness_of_guests
from tests.editions.make import in_edition, make_edition
from tests.guests.make import SYSTEM, make_category, make_field, make_guest, make_purpose
from tests.guests.office import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def names_in(html: str) -> list[str]:
    """Return the names of the guests in a list."""
    return [
        re.sub("<[^>]+>", "", name) for name in re.findall(r'<a href="[^"]*/guests/\d+/">(.*?)</a>', html)
    ]


def test_list_finds_guests_by_any_script(office: Office) -> None:
    client = office.signed_in(GUEST_OFFICE.code)
    asked = {"": 3, "陈": 1, "思涵": 1, "chen sihan": 1, "chensihan": 1, "LEILA": 1, "olafur": 1, "zhou": 0}
    found = {words: len(names_in(client.get(office.url(), {"q": words}).content.decode())) for words in asked}
    assert found == asked


def test_list_is_narrowed_by_what_is_missing(office: Office) -> None:
    make_field(office.edition, "photo", kind=FieldKind.PHOTO)
    client = office.signed_in(GUEST_OFFICE.code)
    asked = {
        "missing=photo": ["Chen Sihan", "Leïla Benslimane"],
        "missing=answers": ["Chen Sihan", "Leïla Benslimane"],
        "missing=address": ["Leïla Benslimane"],
        "missing=overdue": [],
        "category=speaker": ["Ólafur Jónsson"],
        "state=confirmed": [],
        "attendance=online": [],
        "delegation=-": ["Chen Sihan", "Leïla Benslimane", "Ólafur Jónsson"],
    }
    found = {query: names_in(client.get(f"{office.url()}?{query}").content.decode()) for query in asked}
    assert {query: sorted(names) for query, names in found.items()} == asked


def test_list_is_only_for_those_who_work_with_guests(office: Office) -> None:
    assert office.signed_in("nobody").get(office.url()).status_code == 404
    assert names_in(office.signed_in("desk").get(office.url()).content.decode()) == []
    assert len(names_in(office.signed_in(PROTOCOL.code).get(office.url()).content.decode())) == 3


@pytest.mark.parametrize("more", [0, 2])
def test_list_takes_the_same_queries_for_one_row_and_three(
    office: Office, more: int, django_assert_num_queries: Any
) -> None:
    Guest.objects.exclude(pk=office.guests["chen"].pk).delete()
    for _n in range(more):
        make_guest(office.edition, office.categories["speaker"])
    client = office.signed_in(GUEST_OFFICE.code)
    client.get(office.url())
    with django_assert_num_queries(19):
        client.get(office.url())


def test_many_guests_change_at_once_and_back(office: Office) -> None:
    client, there = office.signed_in(GUEST_OFFICE.code), office.url()
    chosen = {
        "filled": "1", "action": "category", "row": [office.guests[who].pk for who in ("chen", "leila")],
        "set-category": office.categories["speaker"].pk,
    }  # fmt: skip
    preview = client.post(there, chosen).content.decode()
    keys = {name: re.search(rf'name="{name}" value="([^"]*)"', preview) for name in ("plan", "key")}
    confirmed = {name: found[1] for name, found in keys.items() if found}
    assert client.post(there, {**chosen, **confirmed, "then": "confirm"}).status_code == 302
    assert set(Guest.objects.values_list("category__slug", flat=True)) == {"speaker"}
    run = BulkRun.objects.get()
    assert client.post(f"{there}~changes/{run.pk}/", {"undo": "1"}).status_code == 302
    assert Guest.objects.filter(category__slug="delegate").count() == 2


def test_record_is_saved_by_whom_it_belongs_to(office: Office) -> None:
    guest = office.guests["chen"]
    there = office.url(f"{guest.pk}/")
    client = office.signed_in(GUEST_OFFICE.code)
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(there).content.decode())
    assert seen is not None
    given = {
        "seen": seen[1].replace("&quot;", '"'), "category": office.categories["speaker"].pk, "attendance": "online",
        "delegation": "", "language": "fr", "zone_name": "Europe/Paris", "deskword": "Speaks French",
    }  # fmt: skip
    assert client.post(there, given).status_code == 302
    guest.refresh_from_db()
    assert (guest.category.slug, guest.attendance, guest.language, guest.deskword) == (
        "speaker", "online", "fr", "Speaks French",
    )  # fmt: skip
    protocol = office.signed_in(PROTOCOL.code)
    page = protocol.get(there).content.decode()
    assert 'name="deskword"' in page
    assert 'name="category"' not in page
    assert office.signed_in("desk").get(there).status_code == 404


def test_sealed_answer_is_shown_only_after_a_recorded_click(office: Office) -> None:
    guest = office.guests["chen"]
    make_field(office.edition, "plate", purpose=make_purpose(office.edition, sealed=True))
    save_answers(guest, {"plate": "浙A·12345"}, by=SYSTEM)
    officer = office.signed_in(ACCREDITATION.code)
    there = office.url(f"{guest.pk}/")
    assert "浙A·12345" not in officer.get(there).content.decode()
    looks = AuditEntry.objects.filter(action="guests.guest.unsealed")
    assert looks.count() == 0
    opened = officer.post(f"{there}unseal/")
    assert "浙A·12345" in opened.content.decode()
    assert (looks.count(), "no-store" in opened.headers["Cache-Control"]) == (1, True)
    assert office.signed_in(GUEST_OFFICE.code).post(f"{there}unseal/").status_code == 403
    assert "plate" not in office.signed_in(PROTOCOL.code).get(there).content.decode()


def test_answers_are_filled_in_for_a_guest_where_that_is_possible(office: Office) -> None:
    make_field(office.edition, "post")
    client = office.signed_in(GUEST_OFFICE.code)
    there = office.url(f"{office.guests['chen'].pk}/answers/")
    assert client.post(there, {"post": "Minister", "save": "1"}).status_code == 302
    given = given_by([office.guests["chen"].pk])[office.guests["chen"].pk]
    assert given["post"].value == "Minister"
    assert client.post(there, {"post": "x" * 999}).status_code == 422
    alone = make_guest(office.edition, make_category(office.edition, on_behalf=False))
    assert client.get(office.url(f"{alone.pk}/answers/")).status_code == 409


def test_link_is_sent_renewed_and_shown_to_the_office(office: Office) -> None:
    guest = office.guests["chen"]
    client = office.signed_in(GUEST_OFFICE.code)
    there = office.url(f"{guest.pk}/")
    assert "/guest/" in client.get(there).content.decode()
    assert client.post(f"{there}renew/").status_code == 302
    assert client.post(f"{there}send/").status_code == 302
    guest.refresh_from_db()
    assert guest.generation == 2
    assert 'id="page-url"' not in office.signed_in(ACCREDITATION.code).get(there).content.decode()
    assert office.signed_in(PROTOCOL.code).post(f"{there}renew/").status_code == 403


def test_readiness_counts_what_is_missing(office: Office) -> None:
    make_field(office.edition, "photo", kind=FieldKind.PHOTO)
    make_guest(office.edition, office.categories["delegate"], state=GuestState.WITHDRAWN)
    asked = Asked(office.edition, in_edition(GUEST_OFFICE.code, office.edition), "en", {})
    assert [(line.key, line.count) for line in readiness_of_guests(asked)] == [
        ("guest-photos", 2),
        ("guest-addresses", 1),
    ]
    stranger = Asked(office.edition, in_edition(GUEST_OFFICE.code, make_edition()), "en", {})
    assert list(readiness_of_guests(stranger)) == []


@pytest.mark.parametrize("companions", [1, 3])
def test_record_takes_the_same_queries_for_one_companion_and_three(
    office: Office, companions: int, django_assert_num_queries: Any
) -> None:
    make_field(office.edition, "post")
    guest = office.guests["chen"]
    for _n in range(companions):
        make_guest(office.edition, office.categories["speaker"], principal=guest)
    client = office.signed_in(GUEST_OFFICE.code)
    with django_assert_num_queries(19):
        client.get(office.url(f"{guest.pk}/"))
