"""The record's pages, as they are sent."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from lxml import html

from summitry.editions.models import Edition
from summitry.foundation.i18n import direction, language_tag
from summitry.insight.actions.record import load_record
from summitry.insight.enums import Qualifier
from summitry.insight.models import Observation
from summitry.insight.queries.wording import around, counted
from tests.editions.make import make_edition
from tests.insight.make import SYSTEM, make_measure, make_observation

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PATHS = ("", "wuzhen-2020/", "wuzhen-2021/", "wuzhen-2022/")


@pytest.fixture
def _loaded() -> None:
    load_record(by=SYSTEM)


def _page(path: str = "", lang: str = "en") -> html.HtmlElement:
    response = Client().get(f"/{lang}/record/{path}")
    assert response.status_code == 200
    return html.document_fromstring(response.content)


def _words(element: html.HtmlElement) -> str:
    return re.sub(r"[ \t\n]+", " ", element.text_content()).strip()


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_speak_every_language(lang: str) -> None:
    for path in PATHS:
        page = _page(path, lang)
        assert (page.get("lang"), page.get("dir")) == (language_tag(lang), direction(lang))


def _only_qualified() -> set[Decimal]:
    """Return the numbers that no source states without a qualifier."""
    stated = {(o.number, o.qualifier) for o in Observation.objects.all() if o.number is not None}
    return {number for number, _qualifier in stated if (number, Qualifier.EXACT) not in stated}


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_shows_a_qualified_number_bare(lang: str) -> None:
    numbers = _only_qualified()
    assert Decimal(2000) in numbers
    with translation.override(lang):
        frames = [around(q) for q in (Qualifier.ABOUT, Qualifier.MORE_THAN, Qualifier.NEARLY)]
    shown = 0
    for path in PATHS:
        words = _page(path, lang).text_content()
        for number in numbers:
            for written in {counted(number, lang), str(int(number))}:
                for before, after in frames:
                    phrase = (
                        re.escape(before)
                        + rf"(?<![\d.,]){re.escape(written)}(?![\d.,]\d|\d)"
                        + re.escape(after)
                    )
                    words, found = re.subn(phrase, "", words)
                    shown += found
                assert not re.search(rf"(?<![\d.,\u202f\xa0]){re.escape(written)}(?!\d)", words), (
                    path,
                    written,
                )
    assert shown > 20


def _conflict(code: str) -> list[list[str]]:
    section = _page().get_element_by_id(f"conflict-{code.lower()}")
    return [[_words(part) for part in claim.iterchildren("dt", "dd")] for claim in section.iter("div")]


@pytest.mark.usefixtures("_loaded")
def test_conflicting_claims_stand_side_by_side() -> None:
    assert _conflict("C1") == [
        [
            "Guests · 2021",
            "nearly 2,000",
            "Expected Preparatory press conference 10 September 2021 Counts high-level representatives, on site or online.",
        ],
        [
            "Guests · 2021",
            "more than 2,000",
            "Reported Closing report 28 September 2021 Counts guests, on site and online together.",
        ],
    ]
    assert [claim[1] for claim in _conflict("C2")] == ["more than 80", "96"]
    assert [(claim[1].split("-")[1][:15], claim[2].split(" ")[0]) for claim in _conflict("C7")] == [
        ("Join Hands to B", "Expected"),
        ("Working Togethe", "Reported"),
    ]
    assert [(claim[0], claim[1]) for claim in _conflict("C4")] == [
        ("Title of the edition · 2020", "World Internet Conference·Internet Development Forum"),
        ("Relation to earlier editions · 2021", "will resume the Wuzhen Summit"),
        ("Years held in a row · 2014–2021", "8"),
    ]


@pytest.mark.usefixtures("_loaded")
def test_an_empty_figure_is_not_stated() -> None:
    entry = _page("wuzhen-2020/").get_element_by_id("measure-guests_total")
    assert _words(entry.find("dd/div")).startswith("not stated The report speaks of many guests")
    cells = [
        _words(cell)
        for cell in _page().xpath("//table[contains(@class, 'record-table')]//tr[th='Guests']/td")
    ]
    assert cells == ["not stated", "nearly 2,000 Expected more than 2,000", "more than 2,100"]


@pytest.mark.usefixtures("_loaded")
def test_charts_say_what_their_tables_say() -> None:
    charts = _page().find_class("record-chart")
    drawn = {
        chart.get("id"): [
            (
                row[0].text_content(),
                _words(row[2]).removesuffix(" expected"),
                "is-expected" in row[1].get("class"),
            )
            for row in chart.find_class("chart-rows")[0]
        ]
        for chart in charts
    }
    told = {
        chart.get("id"): [
            (_words(row[0]), _words(row[1]), _words(row[2]) == "Expected")
            for row in chart.iterfind(".//tbody/tr")
        ]
        for chart in charts
    }
    assert drawn == told
    assert drawn["chart-guests_total"] == [
        ("2021", "nearly 2,000", True),
        ("2021", "more than 2,000", False),
        ("2022", "more than 2,100", False),
    ]
    assert list(drawn) == [
        f"chart-{key}"
        for key in (
            "guests_total",
            "countries_regions",
            "sub_forums",
            "exhibitors",
            "achievements_selected",
            "duration_days",
        )
    ]


@pytest.mark.usefixtures("_loaded")
def test_expected_and_reported_are_told_apart_in_words() -> None:
    for entry in _page("wuzhen-2021/").find_class("record-list")[0]:
        for claim in entry.iterfind("dd"):
            if "claim-disputes" not in claim.get("class"):
                assert re.search(r"\b(Expected|Reported)\b", claim.text_content())


@pytest.mark.usefixtures("_loaded")
def test_the_break_in_the_series_is_explained() -> None:
    for path, words in (
        ("", "The editions are not numbered here."),
        ("wuzhen-2020/", "Held under another title."),
    ):
        assert any(words in _words(notice) for notice in _page(path).find_class("notice"))


@pytest.mark.usefixtures("_loaded")
def test_people_are_listed_with_one_source() -> None:
    entry = _page("wuzhen-2022/").get_element_by_id("measure-quoted_person")
    assert [_words(name) for name in entry.iter("b")] == [
        "Shen Yi",
        "Tian Ning",
        "Yu Huiyou",
        "Xi Dan",
        "Houlin Zhao",
        "Zhou Hongyi",
        "Yang Jie",
        "Lu Chuanying",
    ]
    assert _words(entry).count("Opening-day report") == 1


@pytest.mark.usefixtures("_loaded")
def test_an_entry_leads_to_the_disputes_it_takes_part_in() -> None:
    entry = _page("wuzhen-2021/").get_element_by_id("measure-guests_total")
    targets = [link.get("href") for link in entry.iter("a")]
    assert targets == [f"/en/record/?summit=wuzhen-summit#conflict-c{number}" for number in (1, 3)]
    assert [_page().get_element_by_id(target.split("#")[1]).tag for target in targets] == ["article"] * 2


@pytest.mark.usefixtures("_loaded")
def test_another_series_can_be_chosen() -> None:
    edition = make_edition("river-2026")
    make_measure("otters")
    make_observation(edition, "otters", 7)
    page = _page(f"?summit={edition.summit.slug}")
    assert [link.get("aria-current") for link in page.find_class("segmented")[0]] == ["page", None]
    assert [_words(cell) for cell in page.xpath("//tr[th='otters']/td")] == ["7"]


def test_an_empty_record_says_so() -> None:
    assert "Nothing is recorded yet" in _page().text_content()


def test_a_hidden_edition_has_no_page() -> None:
    hidden = make_edition(is_public=False)
    shown = make_edition()
    assert Client().get(f"/en/record/{hidden.slug}/").status_code == 404
    assert Client().get(f"/en/record/{shown.slug}/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries(count: int, django_assert_num_queries) -> None:
    load_record(by=SYSTEM)
    Edition.objects.filter(slug__in=("wuzhen-2020", "wuzhen-2021")[: 3 - count]).update(is_public=False)
    client = Client()
    with django_assert_num_queries(5):
        client.get("/en/record/")
    with django_assert_num_queries(6):
        client.get("/en/record/wuzhen-2022/")
