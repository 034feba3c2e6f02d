"""What can be said of a translation by looking at the two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.translation.checking.checks import Finding, Remark, check, tidy
from summitry.translation.checking.diff import Piece, difference
from summitry.translation.checking.terms import TermBase, TermPair, absent, forbidden, says
from summitry.translation.checking.tokens import tokens

texts = st.text(st.sampled_from("ab c数字鸿，.\n"), max_size=60)


@given(texts)
def test_tokens_are_the_text_again(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(texts, texts)
def test_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_difference_is_by_word_and_in_chinese_by_character() -> None:
    assert difference("Archives in 12 towns", "Archives in 14 towns") == [
        Piece("same", "Archives in "),
        Piece("gone", "12"),
        Piece("new", "14"),
        Piece("same", " towns"),
    ]
    assert difference("数字档案", "数字遗产") == [
        Piece("same", "数字"),
        Piece("gone", "档案"),
        Piece("new", "遗产"),
    ]


def test_difference_of_very_long_texts_keeps_their_common_ends() -> None:
    pieces = difference("head " + "a b " * 5000 + "tail", "head " + "c d " * 5000 + "tail")
    assert [piece.kind for piece in pieces] == ["same", "gone", "new", "same"]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Hello {name}", "你好", [Remark(Finding.PLACEHOLDERS, ("{name}",))]),
        ("Hello {name}", "你好 {name}", []),
        ("See https://a.example/x.", "请看。", [Remark(Finding.ADDRESSES, ("https://a.example/x",))]),
        ("See https://a.example/x.", "见 https://a.example/x。", []),
        ("In 2026 and 12 towns", "في ٢٠٢٦ و١٢ مدينة", []),
        ("1,200 people in 2026", "2026", [Remark(Finding.NUMBERS, ("1200",))]),
        ("A **bold** word", "粗体", [Remark(Finding.MARKS, ("bold",))]),
        ("Two words", "Two words", [Remark(Finding.UNTRANSLATED)]),
        ("UNESCO", "UNESCO", []),
        ("Anything {x} 2026", "", []),
    ],
)
def test_check_points_at_what_differs(source: str, target: str, expected: list[Remark]) -> None:
    assert check(source, target, is_prose=True) == expected


def test_check_refuses_what_cannot_be_stored() -> None:
    remarks = check("One", "une\ndeux\x07", is_prose=False, longest=5)
    assert [remark.finding for remark in remarks if remark.is_refused] == [
        Finding.TOO_LONG,
        Finding.LINES,
        Finding.CHARACTERS,
    ]


@given(texts)
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = tidy(text, is_prose=True)
    assert tidy(once, is_prose=True) == once


def base(*pairs: tuple[str, str], source: str = "en", target: str = "zh-hans") -> TermBase:
    return TermBase([TermPair(one, one, other) for one, other in pairs], source, target)


def found(terms: TermBase, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in terms.find(text)]


def test_terms_are_found_whole_whatever_their_case_and_the_longest_first() -> None:
    terms = base(("digital divide", "数字鸿沟"), ("digital", "数字"), ("AI", "人工智能"))
    assert found(terms, "The Digital  Divide, said aid workers, and AI") == ["Digital  Divide", "AI"]
    assert found(terms, "digital divides") == ["digital divides"]
    assert found(base(("数字鸿沟", "digital divide"), source="zh-hans"), "弥合数字鸿沟的路") == ["数字鸿沟"]
    assert found(base(), "nothing is sought") == []


def test_agreed_wording_is_recognised_where_words_are_inflected() -> None:
    assert says("искусственный интеллект", "роль искусственного интеллекта", "ru")
    assert not says("искусственный интеллект", "роль машин", "ru")
    assert says("الذكاء الاصطناعي", "بالذَّكاء الاصطناعيّ", "ar")
    assert says("人工智能", "以人工智能为主", "zh-hans")
    assert not says("data centre", "data of a centre", "en")


def test_absent_terms_and_forbidden_forms_are_named() -> None:
    pair = TermPair("stakeholder", "stakeholder", "利益攸关方", ("利益相关者",))
    terms = TermBase([pair], "en", "zh-hans")
    hits = terms.find("Every stakeholder and all stakeholders")
    assert absent(hits, "各利益攸关方", "zh-hans") == []
    assert absent(hits, "各方", "zh-hans") == [pair]
    assert forbidden([pair], "各利益相关者") == [("利益相关者", pair)]


def test_forbidden_form_within_the_agreed_one_does_not_count() -> None:
    pair = TermPair("plan", "plan", "plan d’action", ("plan",))
    assert forbidden([pair], "le plan d’action") == []
    assert forbidden([pair], "le plan") == [("plan", pair)]
    assert forbidden([pair], "planification") == []
