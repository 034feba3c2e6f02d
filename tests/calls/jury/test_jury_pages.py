"""The pages of a jury: the office's, and a juror's own."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.calls.actions.juror import appoint_juror, invite_juror
from summitry.calls.enums import JurorState
from summitry.calls.models import Bid, Call, Conflict, Juror, OrganisationGroup, Panel
from summitry.foundation.models import Account
from tests.calls.jury.people import account_of
from tests.calls.make import SYSTEM, make_area, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account, make_person, name

pytestmark = pytest.mark.django_db


def _at(call: Call, rest: str = "jury/") -> str:
    return f"/en/console/{call.edition.slug}/calls/{call.slug}/{rest}"


def _manager(call: Call) -> Client:
    client = Client()
    client.force_login(account_of(call, "manager"))
    return client


def _juror_in(call: Call) -> tuple[Juror, Client]:
    account = make_account()
    juror = make_juror(call, account=account)
    client = Client()
    client.force_login(account)
    return juror, client


def test_a_juror_is_appointed_from_the_directory_or_anew() -> None:
    call = make_call()
    known = make_person(name("display", "en", "Ana Lima"), email="ana@jury.example")
    client = _manager(call)
    given = {"name": "LIMA Ana", "email": "", "most": "20"}
    asked = client.post(_at(call, "jury/new/"), given)
    assert (asked.status_code, b"Is it one of these?" in asked.content) == (409, True)
    assert (
        client.post(_at(call, "jury/new/"), {**given, "who": str(known.pk), "invite": "on"}).status_code
        == 302
    )
    juror = Juror.objects.get()
    assert (juror.person, juror.most, juror.state) == (known, 20, JurorState.INVITED)
    again = client.post(_at(call, "jury/new/"), {**given, "who": str(known.pk)})
    assert (again.status_code, b"on the jury already" in again.content) == (422, True)
    client.post(_at(call, "jury/new/"), {**given, "name": "Somebody New", "email": "NEW@jury.example"})
    assert Juror.objects.latest("pk").person.email == "new@jury.example"
    assert client.get(_at(call)).content.count(b"data-row") == 2


def test_a_juror_answers_for_herself() -> None:
    call = make_call()
    area = make_area(call, "water")
    juror = appoint_juror(call, make_person(email="ana@jury.example"), by=SYSTEM)
    invite_juror(juror, by=SYSTEM)
    client = Client()
    client.force_login(Account.objects.get(email="ana@jury.example"))
    page = client.get(_at(call, "mine/"))
    assert b"Will you join the jury?" in page.content
    assert client.get(_at(call, "mine/entries/")).status_code == 409
    client.post(_at(call, "mine/"), {"do": "accept"})
    given = {"most": "12", "languages": ["en", "fr"], "expertise_0": area.slug, "words": "Rivers"}
    assert client.post(_at(call, "mine/"), given).status_code == 302
    juror.refresh_from_db()
    found = (juror.state, juror.most, juror.languages, juror.expertise, juror.words)
    assert found == ("accepted", 12, ["en", "fr"], ["water"], "Rivers")
    twice = client.post(_at(call, "mine/"), {**given, "expertise_1": area.slug})
    assert twice.status_code == 422
    assert client.post(_at(call, "mine/"), {"do": "leave"}).status_code == 302
    assert client.get(_at(call, "mine/")).status_code == 403


def test_a_juror_bids_on_what_she_may_read() -> None:
    call = make_call()
    make_round(call, is_blind=True)
    _juror, client = _juror_in(call)
    good = make_entry(call, "Clean rivers", organisation_name="Secret House")
    bad = make_entry(call, "Dirty rivers")
    page = client.get(_at(call, "mine/entries/"))
    assert (page.status_code, b"Clean rivers" in page.content, b"Secret House" in page.content) == (
        200,
        True,
        False,
    )
    declared = client.post(_at(call, "mine/entries/2/conflict/"), {"kind": "funder", "words": "I fund it"})
    assert (declared.status_code, Conflict.objects.get().entry) == (302, bad)
    assert b"Dirty rivers" not in client.get(_at(call, "mine/entries/")).content
    assert client.get(_at(call, "mine/entries/2/conflict/")).status_code == 404
    barred = client.post(_at(call, "mine/entries/"), {f"bid-{good.pk}": "want", f"bid-{bad.pk}": "want"})
    assert (barred.status_code, Bid.objects.count()) == (409, 0)
    client.post(_at(call, "mine/entries/"), {f"bid-{good.pk}": "want"})
    assert Bid.objects.get().value == "want"
    client.post(_at(call, "mine/entries/"), {f"bid-{good.pk}": ""})
    assert Bid.objects.count() == 0


def test_the_office_decides_about_conflicts_on_the_page() -> None:
    call = make_call()
    juror = make_juror(call)
    entry = make_entry(call)
    client = _manager(call)
    made = client.post(
        _at(call, "conflicts/new/"),
        {"juror": str(juror.pk), "number": "1", "kind": "other", "words": "Cousins"},
    )
    conflict = Conflict.objects.get()
    assert (made.status_code, conflict.entry, conflict.state) == (302, entry, "upheld")
    without = client.post(
        _at(call, "conflicts/"), {"row": [conflict.pk], "verdict": "dismissed", "words": ""}
    )
    assert without.status_code == 422
    done = client.post(
        _at(call, "conflicts/"), {"row": [conflict.pk], "verdict": "dismissed", "words": "No kin"}
    )
    conflict.refresh_from_db()
    assert (done.status_code, conflict.state, conflict.words) == (302, "dismissed", "No kin")
    client.post(_at(call, "conflicts/groups/"), {"groups": "Acme: Acme Cloud; Beta\nBeta：Gamma"})
    groups = dict(OrganisationGroup.objects.values_list("name", "members"))
    assert groups == {"Acme": ["Acme Cloud", "Beta"], "Beta": ["Gamma"]}
    assert client.post(_at(call, "conflicts/"), {"look": "1"}).status_code == 302


def test_panels_records_and_balance_are_shown() -> None:
    call = make_call()
    area = make_area(call, "water")
    make_round(call)
    juror = make_juror(call, expertise=["water"], languages=["en"])
    make_entry(call, area=area)
    client = _manager(call)
    client.post(_at(call, "jury/panels/new/"), {"name.en": "Water", "areas": ["water"]})
    panel = Panel.objects.get()
    assert panel.areas == ["water"]
    saved = client.post(
        _at(call, f"jury/{juror.pk}/"), {"panel": panel.pk, "least": "0", "most": "9", "words": ""}
    )
    juror.refresh_from_db()
    assert (saved.status_code, juror.panel, juror.most) == (302, panel, 9)
    for rest in ("jury/balance/", f"jury/{juror.pk}/", f"jury/panels/{panel.pk}/", "conflicts/groups/"):
        assert client.get(_at(call, rest)).status_code == 200, rest
    client.post(_at(call, f"jury/{juror.pk}/"), {"do": "leave"})
    juror.refresh_from_db()
    assert juror.state == "left"


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_every_length(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = make_call()
    _juror, own = _juror_in(call)
    for _n in range(rows):
        Conflict.objects.create(juror=make_juror(call), entry=make_entry(call), kind="other", source="office")
    client = _manager(call)
    with django_assert_num_queries(14):
        client.get(_at(call))
    with django_assert_num_queries(12):
        client.get(_at(call, "conflicts/"))
    with django_assert_num_queries(14):
        own.get(_at(call, "mine/entries/"))
