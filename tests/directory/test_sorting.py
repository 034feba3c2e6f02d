from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.directory.queries.scripts import is_readable, script_of, scripts_read_by
from summitry.directory.queries.sorting import collation_key, latin_letters

LANGS = ("en", "fr", "es", "ru", "ar", "zh-hans", "sv", "da")


def ordered(lang: str, *texts: str) -> list[str]:
    return sorted(texts, key=lambda text: collation_key(text, lang))


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ["Åberg", "al-Jaber", "Ćosić", "de la Cruz", "Zhou"]),
        ("en", ["de la Cruz", "de Silva", "Dean", "O'Brien", "O’Neill", "Oakley"]),
        ("en", ["cote", "Cote", "coté", "côte", "côté", "cotes"]),
        ("en", ["Łaski", "Lazar", "Straße", "Strasser"]),
        ("en", ["Ævar", "Aga", "Ørsted", "Öz", "Ozal"]),
        ("es", ["Nuñez", "Nzé", "Ñandú", "Ortiz"]),
        ("en", ["Ñandú", "Nuñez", "Nzé", "Ortiz"]),
        ("sv", ["Zhou", "Åberg", "Äng", "Öz"]),
        ("da", ["Zhou", "Ævar", "Ørsted", "Åberg"]),
        ("ru", ["Ёлкин", "Ершов", "Иванов", "Йорданов", "Яковлев", "Zhou"]),
        ("en", ["Zhou", "Иванов"]),
        ("ar", ["أحمد", "بدر", "توكل", "Zhou"]),
        ("zh-hans", ["Smith", "zhao houlin", "曾"]),
        ("en", ["", "7th Floor", "A", "Zhou", "Ωmega", "曾"]),
    ],
)
def test_texts_sort_as_readers_expect(lang, texts):
    assert ordered(lang, *reversed(texts)) == texts


@given(st.lists(st.text(max_size=12), max_size=8), st.sampled_from(LANGS))
def test_order_is_total_and_independent_of_where_it_starts(texts, lang):
    assert [collation_key(text, lang) for text in ordered(lang, *texts)] == sorted(
        collation_key(text, lang) for text in reversed(texts)
    )


@given(
    st.text(alphabet=st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1),
    st.sampled_from(LANGS),
)
def test_case_never_decides_before_letters(text, lang):
    key, folded = collation_key(text, lang), collation_key(text.casefold(), lang)
    assert key.split("\x00")[0] == folded.split("\x00")[0]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Nguyễn", "Latn"),
        ("  42 ", ""),
        ("", ""),
        ("赵厚麟", "Hani"),
        ("田中 ひろし", "Kana"),
        ("반기문", "Hang"),
        ("توكل", "Arab"),
        ("Шэнь", "Cyrl"),
        ("“Шэнь”", "Cyrl"),
        ("ᚠᚢ", "Zyyy"),
    ],
)
def test_script_is_that_of_the_letters(text, script):
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("lang", "scripts"),
    [
        ("en", {"Latn"}),
        ("ru", {"Cyrl"}),
        ("ar", {"Arab"}),
        ("zh-hans", {"Hani"}),
        ("zh", {"Hani"}),
        ("ja", {"Hani", "Kana"}),
        ("ko", {"Hang"}),
        ("sr-latn", {"Latn"}),
        ("und", {"Latn"}),
    ],
)
def test_readers_read_the_scripts_of_their_language(lang, scripts):
    assert scripts_read_by(lang) == scripts


def test_signs_without_letters_are_readable_by_all():
    assert is_readable("42", "ar")
    assert not is_readable("Zhao", "ar")


def test_latin_letters_are_plain():
    assert latin_letters("Łukasz Ørsted-Straße Ćosić") == "lukasz orsted-strasse cosic"
