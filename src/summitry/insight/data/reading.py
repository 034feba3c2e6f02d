"""Reads the shipped files; nobody changes what they hold."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summitry.foundation.i18n import Text

_FOLDER = files("summitry.insight") / "data"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of facts.csv, with its source and note in words. `covers` is a year, a span of years or "series"."""

    covers: str
    measure: str
    value: str
    qualifier: str
    kind: str
    as_of: dt.date
    source: Text
    conflicts: tuple[str, ...]
    note: Text


@cache
def read(name: str) -> dict[str, Any]:
    """Return the parsed file `<name>.toml`; callers must not change it."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def facts() -> tuple[Fact, ...]:
    """Return every fact, in the order of the file."""
    words = read("record")
    lines = (_FOLDER / "facts.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Fact(
            covers=row["edition"],
            measure=row["measure"],
            value=row["value"],
            qualifier=row["qualifier"],
            kind=row["kind"],
            as_of=dt.date.fromisoformat(row["as_of"]),
            source=Text.of(words["sources"][row["source"]]),
            conflicts=tuple(row["conflicts"].split()),
            note=Text.of(words["notes"][row["note"]]) if row["note"] else Text(),
        )
        for row in csv.DictReader(lines)
    )
