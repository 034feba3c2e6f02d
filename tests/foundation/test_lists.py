from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.lists import Chip, Column, Empty, Filter, ListSpec, Local, Option, Reader, search
from summitry.foundation.lists.cells import cell_html, file_value, plain
from summitry.foundation.lists.files import disarmed
from summitry.foundation.lists.saved import (
    choose_default,
    default_query,
    delete_filter,
    save_filter,
    saved_filters,
)
from summitry.foundation.lists.spec import SIZES, ListQuery
from summitry.foundation.models import AuditEntry
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.programme.console import House, make_house

ZONE = ZoneInfo("Asia/Shanghai")
READER = Reader(PUBLIC, SimpleNamespace(zone=ZONE, fallback=["en"]), "fr")
AT = dt.datetime(2026, 11, 9, 9, tzinfo=ZONE)


def nothing(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
    return rows


SPEC = ListSpec(
    key="tests.entries",
    route="programme_console:sessions",
    title="Entries",
    rows=lambda _reader: AuditEntry.objects.none(),
    columns=[
        Column(key="a", label="A", value=lambda line, _reader: line, sort="pk"),
        Column(key="b", label="B", value=lambda line, _reader: line),
        Column(key="c", label="C", value=lambda line, _reader: line, is_hidden=True),
    ],
    filters=[
        search("action"),
        Filter(
            key="kind",
            label="Kind",
            narrow=nothing,
            options=lambda _reader: [Option("x", "X"), Option("y", "Y")],
        ),
    ],
    label=lambda line, _reader: str(line),
    empty=Empty(title="Nothing"),
)
OPTIONS = {"kind": [Option("x", "X"), Option("y", "Y")]}


@pytest.mark.parametrize(
    ("value", "html", "words", "kept"),
    [
        (None, "–", "", ""),
        ("", "–", "", ""),
        ([], "–", "", ""),
        (0, "0", "0", 0),
        (1234, "1\u202f234", "1\u202f234", 1234),
        (True, "Oui", "Oui", "Oui"),
        (False, "–", "Non", "Non"),
        ("<b>", "&lt;b&gt;", "<b>", "<b>"),
        (Text.of({"en": "Rain", "fr": "Pluie"}), "Pluie", "Pluie", "Pluie"),
        (Chip("New", "jade"), "New", "New", "New"),
        ([Chip("EN"), Chip("FR")], "EN FR", "EN et FR", "EN et FR"),
        (["a", "b"], "a et b", "a et b", "a et b"),
        (["a", "b", "c", "d"], "a et b +2", "a, b, c et d", "a, b, c et d"),
        (AT, "lun. 9 nov. 09:00", "lun. 9 nov. 09:00", "2026-11-09 09:00"),
        (Local(AT), "09:00", "09:00", "09:00"),
    ],
)
def test_values_stand_in_cells_words_and_files(value: Any, html: str, words: str, kept: Any) -> None:
    with translation.override("fr"):
        assert re.sub(r"<[^>]+>", "", cell_html(value, READER)) == html
        assert plain(value, READER) == words
        assert file_value(value, READER) == kept


def test_text_in_another_language_says_so() -> None:
    assert 'lang="en"' in cell_html(Text.of("Rain"), READER)


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@a", "\t=1", " =1", "'=1", "|a", "%a", "\n=1"])
def test_what_looks_like_a_formula_is_disarmed(value: str) -> None:
    assert disarmed(value) == f"'{value}"


@pytest.mark.parametrize("value", ["a=1", "1-2", "", "é", -4, 2.5])
def test_all_else_is_left_alone(value: Any) -> None:
    assert disarmed(value) == value


def read(address: str) -> ListQuery:
    return ListQuery.read(SPEC, OPTIONS, QueryDict(address))


@given(
    st.dictionaries(
        st.sampled_from(["q", "kind", "sort", "page", "size", "col", "other"]), st.text(max_size=30)
    ),
)
def test_whatever_is_asked_has_one_address_that_means_the_same(asked: dict[str, str]) -> None:
    given_ = QueryDict(mutable=True)
    given_.update(asked)
    query = ListQuery.read(SPEC, OPTIONS, given_)
    assert read(query.address().removeprefix("?")) == query
    assert query.page >= 1
    assert query.size in {0, *SIZES}
    assert query.values.get("kind", "x") in {"x", "y"}
    assert query.sort in {"", "a", "-a"}


def test_columns_that_are_hidden_are_shown_when_asked_for() -> None:
    assert [column.key for column in read("").shown(SPEC)] == ["a", "b"]
    assert [column.key for column in read("col=c&col=a").shown(SPEC)] == ["a", "c"]


@pytest.fixture
def house() -> House:
    return make_house()


def reader(house: House, who: str) -> Reader:
    return Reader(house.accounts[who].actor(), house.edition, "en")


def names(house: House, who: str) -> list[tuple[str, bool, bool]]:
    return [
        (each.name, each.is_own, each.is_default)
        for each in saved_filters(SPEC, ListQuery(), reader(house, who))
    ]


@pytest.mark.django_db
def test_filters_are_their_owners_and_shared_with_the_staff_only(house: House) -> None:
    save_filter(SPEC, reader(house, "director"), name=" Mine  alone ", query="kind=x")
    save_filter(SPEC, reader(house, "director"), name="For all", query="kind=y", is_shared=True)
    assert names(house, "director") == [("For all", True, False), ("Mine alone", True, False)]
    assert names(house, "viewer") == [("For all", False, False)]
    assert names(house, "water") == []


@pytest.mark.django_db
def test_filters_belong_to_one_edition(house: House) -> None:
    save_filter(SPEC, reader(house, "director"), name="Here", query="kind=x")
    there = Reader(house.accounts["director"].actor(), make_edition(), "en")
    assert saved_filters(SPEC, ListQuery(), there) == []


@pytest.mark.django_db
def test_each_reader_starts_from_a_filter_of_her_own_choice(house: House) -> None:
    mine, shared = (
        save_filter(SPEC, reader(house, "director"), name=name, query=f"kind={name}", is_shared=name == "y")
        for name in "xy"
    )
    choose_default(SPEC, reader(house, "director"), mine.pk)
    choose_default(SPEC, reader(house, "viewer"), shared.pk)
    assert default_query(SPEC, reader(house, "director")) == "kind=x"
    assert default_query(SPEC, reader(house, "viewer")) == "kind=y"
    choose_default(SPEC, reader(house, "director"), shared.pk)
    assert default_query(SPEC, reader(house, "director")) == "kind=y"
    choose_default(SPEC, reader(house, "director"), None)
    assert default_query(SPEC, reader(house, "director")) == ""


@pytest.mark.django_db
def test_filters_of_others_are_neither_chosen_nor_deleted(house: House) -> None:
    private = save_filter(SPEC, reader(house, "director"), name="a", query="")
    shared = save_filter(SPEC, reader(house, "director"), name="b", query="", is_shared=True)
    for who, row in (("viewer", private), ("water", shared)):
        with pytest.raises(NotFound):
            choose_default(SPEC, reader(house, who), row.pk)
    with pytest.raises(NotFound):
        delete_filter(SPEC, reader(house, "viewer"), shared.pk)
    delete_filter(SPEC, reader(house, "director"), shared.pk)
    assert names(house, "viewer") == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_filter_needs_a_name(house: House, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_filter(SPEC, reader(house, "director"), name=name, query="")
    assert list(refused.value.fields) == ["name"]


@pytest.mark.django_db
def test_a_name_is_used_once(house: House) -> None:
    save_filter(SPEC, reader(house, "director"), name="a", query="")
    with pytest.raises(InvalidInput):
        save_filter(SPEC, reader(house, "director"), name="a", query="")
    save_filter(SPEC, reader(house, "viewer"), name="a", query="")


@pytest.mark.django_db
def test_co_organisers_share_nothing(house: House) -> None:
    with pytest.raises(PermissionRefused):
        save_filter(SPEC, reader(house, "water"), name="a", query="", is_shared=True)


@pytest.mark.django_db
def test_pages_keep_choose_and_delete_filters(house: House) -> None:
    client = house.signed_in("director")
    place = house.url("sessions/~filters/")
    answer = client.post(
        place, {"do": "save", "name": "Unplaced", "query": "placed=no&nonsense=1", "default": "1"}
    )
    assert answer.headers["Location"] == house.url("sessions/?placed=no")
    assert client.get(house.url("sessions/")).headers["Location"] == house.url("sessions/?placed=no")
    html = client.get(house.url("sessions/?all=1")).content.decode()
    assert 'href="?placed=no"' in html
    refused = client.post(place, {"do": "save", "name": "Unplaced", "query": "placed=no"})
    assert refused.status_code == 422
    assert 'value="Unplaced"' in refused.content.decode()
    row = house.accounts["director"].saved_filters.get()
    client.post(place, {"do": "delete", "filter": row.pk, "query": ""})
    assert client.get(house.url("sessions/")).status_code == 200


@pytest.mark.django_db
def test_an_account_that_is_none_keeps_nothing(house: House) -> None:
    make_account()
    with pytest.raises(PermissionRefused):
        save_filter(SPEC, Reader(PUBLIC, house.edition, "en"), name="a", query="")
