"""What the pages of the panel cost: the same statements with one entry and with three."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.calls.reviews.table import Table, make_table

pytestmark = pytest.mark.django_db


def statements(table: Table, who: str, path: str) -> int:
    client = table.signed_in(who)
    client.get(path)  # the content types and the site are known from here on
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("entries", "jurors"), [(1, ("ada", "bo")), (3, ("ada", "bo", "cy", "di"))])
def test_pages_of_the_panel_keep_to_their_budgets(entries: int, jurors: tuple[str, ...]) -> None:
    table = make_table(entries=entries, jurors=jurors)
    for who in table.jurors:
        table.save(who, 1, remarks="Hm")
    costs = {
        "list": statements(table, "ada", table.url()),
        "entry": statements(table, "ada", table.entry_url()),
        "progress": statements(table, "chair", table.url("rounds/1/reviews/")),
    }
    for who in table.jurors:
        table.submit(who, 1)
    costs |= {
        "receipt": statements(table, "ada", table.entry_url(path="receipt/")),
        "discussion": statements(table, "ada", table.entry_url()),
        "reviews": statements(table, "chair", table.url("rounds/1/reviews/1/")),
    }
    assert costs == {
        "list": 12,
        "entry": 17,
        "progress": 12,
        "receipt": 13,
        "discussion": 22,
        "reviews": 20,
    }


def test_a_save_costs_few_statements() -> None:
    table = make_table()
    table.save("ada", remarks="Hm")
    client = table.signed_in("ada")
    data = {"seen": "{}", "do": "save", "feedback": "Thanks"}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(table.entry_url(), data, headers={"Accept": "application/json"})
    assert (answer.status_code, len(asked)) == (200, 14)
