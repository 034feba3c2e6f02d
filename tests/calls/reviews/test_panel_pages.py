"""A juror's pages: her table, an entry with her review, the receipt, a recusal; whole without scripts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from summitry.calls.enums import AssignmentState, ConflictState, StepKind
from summitry.calls.models import Assignment, Conflict, Review, Step
from tests.calls.reviews.table import Table, make_table

pytestmark = pytest.mark.django_db

MARKED: dict[str, Any] = {"mark_criterion-1": "8"}


def posted(client: Client, table: Table, number: int = 1, *, seen: str = "", **values: Any) -> Any:
    """Post the form of an entry as its page stands, with values."""
    page = client.get(table.entry_url(number)).content.decode()
    marks = re.search(r'name="seen" value="([^"]*)"', page)
    shown = marks[1].replace("&quot;", '"') if marks else ""
    data = {"seen": seen or shown, "remarks": "", "feedback": "", **values}
    return client.post(table.entry_url(number), data)


def test_a_juror_reads_marks_and_hands_in_without_scripts() -> None:
    table = make_table(entries=2)
    ada = table.signed_in("ada")
    listed = ada.get(table.url()).content.decode()
    assert "0 of 2 handed in" in listed
    assert f'href="{table.entry_url(2)}"' in listed

    marks: dict[str, Any] = {"mark_criterion-1": "8", "mark_criterion-2": "3"}
    assert posted(ada, table, do="save", **marks, remarks="Good").url == table.entry_url()
    answer = posted(ada, table, do="submit", **marks, remarks="Good work", feedback="Thanks")
    assert answer["Location"] == table.entry_url(path="receipt/")

    receipt = ada.get(answer.url).content.decode()
    review = Review.objects.get()
    assert review.digest in receipt
    assert [">8<" in receipt, ">3<" in receipt, "Good work" in receipt, "Thanks" in receipt] == [True] * 4
    file = json.loads(ada.get(f"{answer.url}?as=json").content)
    assert (file["marks"], file["salt"]) == (review.marks, review.salt)
    assert "1 of 2 handed in" in ada.get(table.url()).content.decode()


def test_missing_marks_are_said_beside_their_criteria_and_nothing_typed_is_lost() -> None:
    table = make_table()
    answer = posted(table.signed_in("ada"), table, do="submit", remarks="Typed", **MARKED)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("Typed" in page, "Give a mark before" in page) == (True, True)
    assert Review.objects.get().remarks == "Typed"


def test_a_page_that_is_behind_shows_both_versions_and_saves_on_decision() -> None:
    table = make_table()
    ada = table.signed_in("ada")
    old = re.search(r'name="seen" value="([^"]*)"', ada.get(table.entry_url()).content.decode())
    assert old
    table.save("ada", remarks="From the telephone")
    answer = posted(ada, table, do="save", seen=old[1].replace("&quot;", '"'), remarks="From the laptop")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("From the telephone" in page, "From the laptop" in page) == (True, True)
    assert Review.objects.get().remarks == "From the telephone"

    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    decided = posted(ada, table, do="save", seen=seen[1].replace("&quot;", '"'), remarks="From the laptop")
    assert decided.status_code == 302
    assert Review.objects.get().remarks == "From the laptop"


def test_a_page_that_saves_by_itself_is_told_what_stands() -> None:
    table = make_table()
    ada = table.signed_in("ada")
    answer = ada.post(
        table.entry_url(),
        {"seen": "{}", "key": "k", "do": "save", "mark_criterion-1": "8", "mark_criterion-2": "99"},
        headers={"Accept": "application/json"},
    )
    told = answer.json()
    assert answer.status_code == 422
    assert (told["version"], list(told["errors"]), told["fields"]["mark_criterion-1"]["value"]) == (
        1,
        ["mark_criterion-2"],
        8,
    )
    assert ada.get(table.entry_url(), headers={"Accept": "application/json"}).json()["version"] == 1


def test_a_recusal_takes_the_entry_off_the_table() -> None:
    table = make_table(entries=2, jurors=("ada", "bo"))
    ada = table.signed_in("ada")
    assert ada.post(table.entry_url(path="recusal/"), {}).status_code == 422
    answer = ada.post(table.entry_url(path="recusal/"), {"kind": "adviser", "words": "I advise them"})

    assert answer["Location"] == table.entry_url(2)
    conflict = Conflict.objects.get()
    assert (conflict.juror, conflict.state, conflict.words) == (
        table.jurors["ada"],
        ConflictState.OPEN,
        "I advise them",
    )
    gone = Assignment.objects.get(juror=table.jurors["ada"], entry=table.entries[0])
    assert gone.state == AssignmentState.RECUSED
    content = Step.objects.get(kind=StepKind.RECUSAL).content
    assert {name: value for name, value in content.items() if name != "salt"} == {
        "round": 1,
        "entry": table.entries[0].number,
        "juror": table.jurors["ada"].pk,
        "kind": "adviser",
    }
    assert [ada.get(table.entry_url(n)).status_code for n in (1, 2)] == [404, 200]
    assert f'href="{table.entry_url(1)}"' not in ada.get(table.url()).content.decode()


def test_nobody_but_jurors_has_a_table() -> None:
    table = make_table(jurors=("ada", "bo"))
    Assignment.objects.filter(juror=table.jurors["bo"]).delete()
    assert table.signed_in("bo").get(table.entry_url()).status_code == 404
    assert table.signed_in("chair").get(table.entry_url()).status_code == 403
    assert table.signed_in("chair").get(table.url()).status_code == 403
    assert Client().get(table.url()).status_code == 302


def test_a_jurors_rail_leads_to_her_reviews() -> None:
    table = make_table()
    address = f"/en/console/{table.edition.slug}/calls/my/reviews/"
    ada = table.signed_in("ada")
    assert f'href="{address}"' in ada.get(table.url()).content.decode()
    assert ada.get(address)["Location"] == table.url()
    assert table.signed_in("chair").get(address).status_code == 403
