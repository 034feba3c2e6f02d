"""The pages of delegations: the office's list and record, and the page where a focal point works."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import pytest
import xlsxwriter  # type: ignore[import-untyped] # no annotations in it
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from summitry.guests.actions.focal_points import appoint_focal_point
from summitry.guests.actions.moving import move
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.enums import Capacity
from summitry.guests.models import Category, Delegation, Guest, Quota
from summitry.guests.permissions import GUEST_OFFICE
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.guests.delegations.make import make_delegation, named
from tests.guests.make import SYSTEM, make_category, make_field

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """An edition with two delegations, and browsers of the office and of a focal point of the first."""

    edition: Edition
    delegate: Category
    river: Delegation
    hill: Delegation
    office: Client
    focal: Client

    def url(self, path: str = "", slug: str = "riverland", lang: str = "en") -> str:
        return f"/{lang}/console/{self.edition.slug}/guests/delegations/{slug}/{path}"


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world() -> World:
    edition = make_edition()
    delegate = make_category(edition, "Delegate", companions=1)
    river = make_delegation(edition, "Riverland", (delegate, 2), zone_name="Europe/Oslo")
    hill = make_delegation(edition, "Hillland", (delegate, 2))
    office = make_account("office@example.org")
    for role in (GUEST_OFFICE.code, PARTNER.code):
        grant_role(office, role, Scope("edition", edition.pk), by=SYSTEM)
    point = appoint_focal_point(river, "fp@example.org", by=SYSTEM, name="Ana Ruiz")
    return World(edition, delegate, river, hill, browser(office), browser(point))


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def guest(name: str) -> Guest:
    return Guest.objects.select_related("person").get(person__reference_name=name)


def test_focal_point_sees_her_delegation_and_no_other(world: World) -> None:
    named(world.river, world.delegate, "Ada Lim")
    named(world.hill, world.delegate, "Bo Berg")
    listed = text_of(world.focal, f"/en/console/{world.edition.slug}/guests/delegations/")
    assert ("Riverland" in listed, "Hillland" in listed) == (True, False)
    found = text_of(world.focal, f"/en/console/{world.edition.slug}/guests/delegations/?q=hill")
    assert "Hillland" not in found
    page = text_of(world.focal, world.url())
    assert "Ada Lim" in page
    assert "Nominated, application not begun" in page
    for url in (
        world.url(slug="hillland"),
        world.url("table/", slug="hillland"),
        world.url(f"guests/{guest('Bo Berg').pk}/"),
        world.url(f"guests/{guest('Bo Berg').pk}/", slug="hillland"),
    ):
        text_of(world.focal, url, 404)
    text_of(world.focal, world.url("edit/"), 403)
    assert world.focal.post(world.url("places/"), {}).status_code == 403
    assert world.focal.post(world.url("focal-points/"), {"email": "x@example.org"}).status_code == 403
    assert Client().get(world.url()).status_code == 302


def test_focal_point_nominates_and_keeps_what_was_typed(world: World) -> None:
    given = {"category": world.delegate.slug, "name": "Ada Lim", "native_name": "林爱达", "email": "nowhere"}
    refused = world.focal.post(world.url("nominate/"), given)
    body = refused.content.decode()
    assert (refused.status_code, 'value="林爱达"' in body, "This is no e-mail address." in body) == (
        422,
        True,
        False,
    )
    assert "Say in which language this name is." in body
    good = {**given, "native_lang": "zh-hans", "email": "Ada@example.org", "attendance": "online"}
    assert world.focal.post(world.url("nominate/"), good).status_code == 302
    row = guest("Ada Lim")
    assert (row.attendance, row.person.email, row.state) == ("online", "ada@example.org", "nominated")
    assert set(row.person.names.values_list("use", "lang", "text")) == {
        ("latin", "en", "Ada Lim"),
        ("native", "zh-hans", "林爱达"),
    }
    for name in ("Bo", "Cy"):
        answer = world.focal.post(world.url("nominate/"), {"category": world.delegate.slug, "name": name})
    assert answer.status_code == 422
    assert "All 2 places of this category are taken." in answer.content.decode()


def test_table_is_taken_whole_or_not_at_all(world: World) -> None:
    table = "Name\tE-mail\tCategory\nAda Lim\tada@example.org\tDelegate\nBo Berg\tnowhere\t\nCy\t\tMinister\n"
    first = world.focal.post(world.url("table/"), {"table": table, "category": world.delegate.slug})
    assert (first.status_code, "Line 3: there is no category" in first.content.decode()) == (422, True)
    table = "Ada Lim;ada@example.org\nBo Berg;nowhere\n"
    second = world.focal.post(world.url("table/"), {"table": table, "category": world.delegate.slug})
    assert (second.status_code, "Line 2: This is no e-mail address." in second.content.decode()) == (
        422,
        True,
    )
    assert not Guest.objects.exists()
    table = "Ada Lim;ada@example.org\nBo Berg;bo@example.org\n"
    done = world.focal.post(world.url("table/"), {"table": table, "category": world.delegate.slug})
    assert done.status_code == 302
    assert sorted(Guest.objects.values_list("person__email", flat=True)) == [
        "ada@example.org",
        "bo@example.org",
    ]


def test_file_is_taken_like_a_pasted_table(world: World) -> None:
    workbook = io.BytesIO()
    with xlsxwriter.Workbook(workbook) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([("E-mail", "Name"), ("ada@example.org", "Ada Lim"), ("", "Bo 7")]):
            sheet.write_row(number, 0, row)
    for name, data in (
        ("guests.xlsx", workbook.getvalue()),
        ("guests.csv", b"\xff\xfe\x00"),
        ("empty.csv", b""),
    ):
        file = SimpleUploadedFile(name, data)
        answer = world.focal.post(world.url("table/"), {"file": file, "category": world.delegate.slug})
        assert answer.status_code == (302 if name == "guests.xlsx" else 422)
    people = Guest.objects.order_by("pk").values_list("person__reference_name", "person__email")
    assert list(people) == [("Ada Lim", "ada@example.org"), ("Bo 7", "")]


def test_focal_point_replaces_takes_back_and_names_companions(world: World) -> None:
    make_category(world.edition, "Companion", capacity=Capacity.COMPANION)
    ada, bo = (
        named(world.river, world.delegate, "Ada"),
        named(world.river, world.delegate, "Bo", email="b@example.org"),
    )
    page = world.url(f"guests/{ada.pk}/")
    answers = f"/en/console/{world.edition.slug}/guests/{ada.pk}/answers/"
    assert answers in text_of(world.focal, page)
    text_of(world.focal, answers)
    assert world.focal.post(page, {"what": "companion", "name": "Eve"}).status_code == 302
    assert world.focal.post(page, {"what": "companion", "name": "Flo"}).status_code == 422
    assert world.focal.post(page, {"what": "replace", "name": ""}).status_code == 422
    assert world.focal.post(page, {"what": "replace", "name": "Cy"}).status_code == 302
    assert world.focal.post(page, {"what": "withdraw"}).status_code == 422
    assert world.focal.post(world.url(f"guests/{bo.pk}/"), {"what": "send"}).status_code == 302
    assert (
        world.focal.post(world.url(f"guests/{bo.pk}/"), {"what": "withdraw", "reason": "Ill"}).status_code
        == 302
    )
    assert world.focal.post(world.url(f"guests/{bo.pk}/"), {"what": "erase"}).status_code == 404
    rows = Guest.objects.order_by("pk").values_list("person__reference_name", "state")
    assert list(rows) == [("Ada", "replaced"), ("Bo", "withdrawn"), ("Eve", "withdrawn"), ("Cy", "nominated")]
    body = text_of(world.focal, world.url())
    assert ("3 who do not come" in body, "Replaced by somebody else" in body) == (True, True)


def test_page_says_what_is_missing_and_by_both_clocks(world: World) -> None:
    make_field(world.edition, "diet", is_required=True)
    Category.objects.filter(pk=world.delegate.pk).update(
        clocks={"application": 48}, photo="never", identity="never"
    )
    ada = named(world.river, world.delegate, "Ada Lim")
    body = text_of(world.focal, world.url())
    assert ("1 answer is missing." in body, "data-local" in body) == (True, True)
    move(ada, "submitted", by=SYSTEM)
    move(ada, "screening", by=SYSTEM)
    body = text_of(world.focal, world.url())
    assert "Handed in, being examined" in body
    assert "creening" not in body


def test_office_keeps_the_record(world: World) -> None:
    body = text_of(world.office, world.url("edit/"))
    assert ("Ana Ruiz" in body, "fp@example.org" in body) == (True, True)
    saved = world.office.post(world.url("edit/"), {"name.en": "Riverland", "organisation": world.river.organisation_id,
        "language": "fr", "zone_name": "Asia/Tokyo", "closes_at": "2026-10-01T18:00"})  # fmt: skip
    assert saved.status_code == 302, saved.content.decode()[:3000]
    row = Delegation.objects.get(pk=world.river.pk)
    assert (row.language, row.zone_name, row.closes_at) == (
        "fr",
        "Asia/Tokyo",
        dt.datetime(2026, 10, 1, 10, tzinfo=dt.UTC),
    )
    seen = f"{world.delegate.pk},2,,0"
    places = {"seen": seen, world.delegate.slug: "5", f"{world.delegate.slug}-waits": "on"}
    assert world.office.post(world.url("places/"), places).status_code == 302
    assert world.office.post(world.url("places/"), {**places, world.delegate.slug: "6"}).status_code == 422
    assert list(Quota.objects.filter(delegation=row).values_list("places", "waits")) == [(5, True)]
    assert world.office.post(world.url("focal-points/"), {"email": "nobody"}).status_code == 422
    assert (
        world.office.post(world.url("focal-points/"), {"email": "bea@example.org", "name": "Bea"}).status_code
        == 302
    )
    bea = Account.objects.get(email="bea@example.org")
    assert world.office.post(world.url("focal-points/"), {"welcome": bea.pk}).status_code == 302
    assert world.office.post(world.url("focal-points/"), {"dismiss": bea.pk}).status_code == 302
    assert world.office.post(world.url("focal-points/"), {"dismiss": bea.pk}).status_code == 404
    new = world.office.post(
        world.url(slug="new"), {"name.en": "Lakeland", "organisation": world.river.organisation_id}
    )
    assert new["Location"].endswith("/guests/delegations/lakeland/edit/")
    assert world.office.post(world.url("edit/", slug="lakeland"), {"remove": "1"}).status_code == 302
    assert world.office.post(world.url(slug="new"), {"name.en": "Nobody"}).status_code == 422
    assert list(Delegation.objects.order_by("slug").values_list("slug", flat=True)) == [
        "hillland",
        "riverland",
    ]


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_list_and_page_cost_the_same_with_one_row_and_with_three(world: World) -> None:
    listed = f"/en/console/{world.edition.slug}/guests/delegations/"
    world.hill.delete()
    named(world.river, world.delegate, "Ada")
    first = (queries(world.office, listed), queries(world.focal, world.url()))
    set_quotas(world.river, [QuotaGiven(world.delegate, 9)], by=SYSTEM)
    for name in ("Bo", "Cy"):
        named(world.river, world.delegate, name)
        other = make_delegation(world.edition, f"{name}land", (world.delegate, 2))
        named(other, world.delegate, f"{name} II")
        appoint_focal_point(other, f"{name}@example.org", by=SYSTEM)
    assert (queries(world.office, listed), queries(world.focal, world.url())) == first == (13, 17)


def test_readiness_names_what_is_open_with_the_address_of_exactly_those(world: World) -> None:
    named(world.river, world.delegate, "Ada")
    body = text_of(world.office, f"/en/console/{world.edition.slug}/")
    assert f"/en/console/{world.edition.slug}/guests/delegations/?owed=focal" in body
    listed = text_of(world.office, f"/en/console/{world.edition.slug}/guests/delegations/?owed=focal")
    assert ("Hillland" in listed, "Riverland" in listed) == (True, False)
