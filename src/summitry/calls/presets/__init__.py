"""What a new call begins with, as data: areas, questions, rules of eligibility, rounds, quotas, awards and rules.

Three calls are described by the TOML files beside this one, with words in the six languages of the interface; everything
can be changed in the console. Not for reading a call that exists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from summitry.calls.enums import Preset
from summitry.foundation.i18n import Text

Words = Mapping[str, str]
Line = Mapping[str, Any]
"""A row of a table, by its fields; texts are words by language."""


@dataclass(frozen=True, slots=True)
class PresetData:
    """What a preset holds. The lines of `questions`, `criteria` and `eligibility` carry their slugs."""

    facts: Mapping[str, int]
    areas: Sequence[Line]
    questions: Sequence[Line]
    eligibility: Sequence[Line]
    rounds: Sequence[Line]
    quotas: Sequence[Line]
    awards: Sequence[Line]
    rules: Words


@cache
def preset_data(preset: Preset) -> PresetData:
    """Return what a preset begins with."""
    data = _read(str(preset))
    questions, criteria, eligibility = _read("questions"), _read("criteria"), _read("eligibility")
    rounds = [
        {
            **line,
            "criteria": [
                {**criteria[slug], "slug": slug, "weight": weight}
                for slug, weight in line["criteria"].items()
            ],
        }
        for line in data["rounds"]
    ]
    return PresetData(
        facts={name: data[name] for name in ("places", "reserve", "most_entries", "most_members")},
        areas=data["areas"],
        questions=[{**questions[slug], "slug": slug} for slug in data["questions"]],
        eligibility=[{**eligibility[slug], "slug": slug} for slug in data["eligibility"]],
        rounds=rounds,
        quotas=data["quotas"],
        awards=data["awards"],
        rules=_read("rules")["text"],
    )


def text_in(words: Words, langs: Sequence[str]) -> Text:
    """Return words as a text in those of `langs` that have any, the first of them as the source; else in English."""
    found = {lang: words[lang].strip() for lang in langs if words.get(lang)} or {"en": words["en"].strip()}
    return Text.of(found)


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
