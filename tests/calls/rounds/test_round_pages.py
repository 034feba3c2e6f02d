"""The console pages of rounds: what each shows, to whom, and in how many statements."""

from __future__ import annotations

import pytest
from django.test import Client

from summitry.calls.models import Conflict, Round
from summitry.foundation.models import Account
from tests.calls.rounds.house import House, chair, make_house, office, propose
from tests.calls.rounds.test_deciding import judged

pytestmark = pytest.mark.django_db
PAGES = ("", "settings/", "assignment/", "reads/", "calibration/", "screening/", "decision/")


def at(house: House, more: str = "") -> str:
    call = house.call
    return f"/en/console/{call.edition.slug}/calls/{call.slug}/rounds/{more}"


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_every_page_of_a_judged_round_opens_for_the_chair(client: Client) -> None:
    house = judged()
    client = signed_in(chair(house.call))
    for page in (
        "",
        "effort/",
        *(f"1/{each}" for each in PAGES),
        "1/decision/4/",
        f"1/jurors/{house.jurors[0].pk}/",
    ):
        response = client.get(at(house, page))
        assert response.status_code == 200, page
    assert "Entry 1" in client.get(at(house, "1/decision/")).content.decode()


def test_jurors_do_not_come_in() -> None:
    house = make_house(entries=1, jurors=1)
    client = signed_in(office(house.call, "juror"))
    assert {client.get(at(house, page)).status_code for page in ("", "effort/", "1/", "1/assignment/")} == {
        403
    }


def test_the_office_makes_a_round_with_its_criteria() -> None:
    house = make_house(entries=2, jurors=1)
    client = signed_in(office(house.call))
    assert client.get(at(house, "new/")).status_code == 200
    client.post(
        at(house, "new/"),
        {
            "name.en": "Second look",
            "kind": "desk",
            "reads": "3",
            "places": "5",
            "mode": "best",
            "per_organisation": "1",
            "per_entity": "2",
        },
    )
    made = Round.objects.get(call=house.call, number=2)
    assert (str(made.name), made.reads, made.places, made.mode) == ("Second look", 3, 5, "best")

    criterion = {
        "name.en": "Reach",
        "weight": "2",
        "lowest": "0",
        "highest": "5",
        "anchors.en": "5: everywhere\n0: nowhere",
    }
    wrong = client.post(at(house, "2/criteria/new/"), criterion | {"anchors.en": "9: more than all"})
    assert (wrong.status_code, "9 is not a mark of this criterion." in wrong.content.decode()) == (422, True)
    assert client.post(at(house, "2/criteria/new/"), criterion).status_code == 302
    row = made.criteria.get()
    assert (row.weight, sorted(row.anchors)) == (2, ["0", "5"])
    assert "5: everywhere" in client.get(at(house, f"2/criteria/{row.pk}/")).content.decode()


def test_a_proposal_is_approved_on_its_page() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    computation = propose(house, [(0, 0), (1, 1)])
    client = signed_in(chair(house.call))
    page = client.get(at(house, "1/assignment/")).content.decode()
    assert "Proposed, not in force" in page
    client.post(at(house, "1/assignment/"), {"act": "approve", "number": computation.number})
    page = client.get(at(house, "1/assignment/")).content.decode()
    assert ("Proposed, not in force" in page, "Compute a repair" in page) == (False, True)


def test_who_is_barred_meets_nothing_of_the_entry() -> None:
    house = judged()
    account = chair(house.call)
    house.jurors[0].account = account
    house.jurors[0].save()
    Conflict.objects.create(juror=house.jurors[0], entry=house.entries[0], kind="other", source="office")
    client = signed_in(account)
    for page in (
        "1/",
        "1/assignment/",
        "1/reads/",
        "1/calibration/",
        "1/decision/",
        f"1/jurors/{house.jurors[1].pk}/",
    ):
        response = client.get(at(house, page))
        assert (page, response.status_code, "Entry 1" in response.content.decode()) == (page, 200, False)
    assert client.get(at(house, "1/screening/")).status_code == 403
    assert client.get(at(house, "1/decision/1/")).status_code == 404
    assert "3" in client.get(at(house, "1/")).content.decode()


def test_rounds_over_the_api() -> None:
    house = judged()
    account = chair(house.call)
    client = signed_in(account)
    start = f"/api/v1/editions/{house.call.edition.slug}/calls/{house.call.slug}/rounds"
    first, _second = client.get(start).json()
    assert (first["number"], first["entries"], first["needed"], first["submitted"]) == (1, 4, 8, 8)
    assert len(client.get(f"{start}/1/assignments").json()["items"]) == 8
    assert [row["entry"] for row in client.get(f"{start}/1/calibration").json()] == [1, 2, 3, 4]

    house.jurors[0].account = account
    house.jurors[0].save()
    Conflict.objects.create(juror=house.jurors[0], entry=house.entries[0], kind="other", source="office")
    assert client.get(start).json()[0]["needed"] == 6
    assert {row["entry"] for row in client.get(f"{start}/1/calibration").json()} == {2, 3, 4}
    assert signed_in(office(house.call, "juror")).get(start).status_code == 403
