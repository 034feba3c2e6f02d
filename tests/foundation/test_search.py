"""Search: what readers type finds what they mean, on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.foundation.search import IndexRow, fold, replace_documents, search

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def _documents(db: None) -> None:
    replace_documents(
        "session",
        [1, 2, 3],
        [
            IndexRow("session", 1, "zh-hans", "乌镇峰会：数字未来", "/1", body="西安与重庆"),
            IndexRow("session", 1, "en", "Digital futures", "/1"),
            IndexRow("session", 2, "en", "Café déjà vu in Łódź", "/2", body="With Ångström’s heirs"),
            IndexRow("session", 3, "ar", "قمة بلدة الماء", "/3"),
        ],
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("乌镇", [1]),
        ("未来", [1]),
        ("未峰", []),
        ("wuzhen", [1]),
        ("wu zhen", [1]),
        ("WÙZHÈN", [1]),
        ("xian", [1]),
        ("cafe", [2]),
        ("DEJA caf", [2]),
        ("lodz", [2]),
        ("angstr", [2]),
        ("قمه", [3]),
        ("", []),
        ('"', []),
        ("cafe zebra", []),
    ],
)
@pytest.mark.usefixtures("_documents")
def test_search_finds_what_readers_mean(query: str, expected: list[int]) -> None:
    assert [hit.object_id for hit in search(query, lang="en")] == expected


@pytest.mark.usefixtures("_documents")
def test_search_shows_each_object_once_in_the_readers_language() -> None:
    replace_documents(
        "session",
        [9],
        [IndexRow("session", 9, "en", "Wuzhen", "/9"), IndexRow("session", 9, "fr", "Wuzhen", "/9")],
    )

    assert [(hit.object_id, hit.lang) for hit in search("wuzhen", lang="fr") if hit.object_id == 9] == [
        (9, "fr")
    ]


@pytest.mark.usefixtures("_documents")
def test_search_answers_in_the_readers_language_whatever_language_matched() -> None:
    (hit,) = search("乌镇", lang="en")

    assert (hit.lang, hit.title) == ("en", "Digital futures")


def test_search_leaves_out_what_is_not_public() -> None:
    replace_documents("session", [1], [IndexRow("session", 1, "en", "Secret launch", "/1", is_public=False)])

    assert search("secret", lang="en") == []
    assert [hit.object_id for hit in search("secret", lang="en", public=False)] == [1]


def test_replacing_documents_forgets_the_old_words() -> None:
    replace_documents("session", [1], [IndexRow("session", 1, "en", "Morning", "/1")])
    replace_documents("session", [1], [IndexRow("session", 1, "en", "Evening", "/1")])

    assert search("morning", lang="en") == []
    assert [hit.title for hit in search("evening", lang="en")] == ["Evening"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(query=st.text(max_size=40))
def test_search_accepts_any_query(query: str) -> None:
    assert search(query, lang="en") == []


@given(text=st.text(max_size=60))
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
