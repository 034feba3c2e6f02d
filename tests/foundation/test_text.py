"""Translated text: states, fallbacks, and the stored form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.directory.models import Topic
from summitry.foundation.i18n import Shown, Text, TextState

LANGS = ["en", "zh-hans", "fr", "es", "ru", "ar"]
texts = st.dictionaries(st.sampled_from(LANGS), st.text(min_size=1, max_size=20), max_size=6)


def test_text_shows_the_readers_language_without_a_mark() -> None:
    assert Text.of({"en": "Water", "fr": "Eau"}).shown("fr") == Shown("Eau", "fr", fallback=False)


def test_text_falls_back_along_the_chain_and_says_so() -> None:
    text = Text.of({"zh-hans": "水", "en": "Water", "es": "Agua"})

    assert text.shown("fr", ["es", "en"]) == Shown("Agua", "es", fallback=True)
    assert text.shown("fr", ["ar"]) == Shown("水", "zh-hans", fallback=True)
    assert Text().shown("fr") == Shown("", "", fallback=False)


def test_translation_is_stale_once_its_source_says_something_else() -> None:
    text = Text.of({"en": "Water", "fr": "Eau"}).with_text("es", "Agua", TextState.MACHINE)
    changed = text.with_text("en", "Deep water")

    assert [text.state(lang) for lang in ("en", "fr", "es", "ru")] == [
        "reviewed",
        "reviewed",
        "machine",
        "missing",
    ]
    assert [changed.state(lang) for lang in ("en", "fr", "es", "ru")] == [
        "reviewed",
        "stale",
        "stale",
        "missing",
    ]
    assert changed.with_text("fr", "Eau profonde").state("fr") is TextState.REVIEWED


def test_emptying_a_language_makes_it_missing() -> None:
    text = Text.of({"en": "Water", "fr": "Eau"}).with_text("fr", "")

    assert text.state("fr") is TextState.MISSING
    assert text.to_json() == {"en": "Water", "_": {"source": "en"}}


@given(words=texts, source=st.sampled_from(LANGS))
def test_text_survives_its_stored_form(words: dict[str, str], source: str) -> None:
    text = Text.of(words, source if source in words else "")

    assert Text.from_json(text.to_json()) == text


@given(words=texts, lang=st.sampled_from(LANGS), chain=st.lists(st.sampled_from(LANGS), max_size=3))
def test_a_text_in_any_language_is_never_hidden(words: dict[str, str], lang: str, chain: list[str]) -> None:
    shown = Text.of(words).shown(lang, chain)

    assert bool(shown.text) == bool(words)
    assert shown.fallback == (bool(words) and shown.lang != lang)


@pytest.mark.django_db
def test_one_language_can_be_asked_of_the_database() -> None:
    Topic.objects.create(slug="water", name=Text.of({"en": "Water", "fr": "Eau"}))

    assert list(Topic.objects.values_list("name__fr", "name__ru")) == [("Eau", Text())]
