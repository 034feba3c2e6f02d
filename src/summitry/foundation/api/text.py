"""Translated content in API answers: all languages, with their states, so that clients choose for themselves."""

from __future__ import annotations

from collections.abc import Mapping

from ninja import Schema

from summitry.foundation.i18n import Text


class Localised(Schema):
    """A text in several languages: `texts` by language, `states` of the translations, and the source language."""

    source: str
    texts: dict[str, str]
    states: dict[str, str]


def localised(text: Text) -> Localised:
    """Return the API form of `text`."""
    return Localised(
        source=text.source,
        texts=dict(text.texts),
        states={lang: str(text.state(lang)) for lang in text.texts if lang != text.source},
    )


def reworded(present: Text, words: Mapping[str, str]) -> Text:
    """Return `present` with other words in the languages that are given; an empty one is removed.

    What had no words before gets its source from the first language by its code.
    """
    text = present
    for lang in sorted(words, key=lambda lang: (lang != present.source, lang)):
        said = words[lang].strip()
        text = text.with_text(lang, said) if text else Text.of({lang: said}, lang)
    return text
