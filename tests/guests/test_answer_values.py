"""Whatever is typed or sent as an answer becomes a plain value or is refused in words; nothing else happens."""

from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.i18n import Text
from summitry.guests.enums import FieldKind
from summitry.guests.models import Field
from summitry.guests.queries.answer_values import Refused, Setting, parsed

SETTING = Setting(ZoneInfo("Europe/Berlin"), dt.date(2026, 11, 11))
OPTIONS = [{"value": value, "label": Text.of(value).to_json()} for value in ("any", "other")]
KINDS = [kind for kind in FieldKind if kind not in (FieldKind.ENTITY, FieldKind.IDENTITY)]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=4,
)


def field(kind: FieldKind) -> Field:
    return Field(kind=kind, options=OPTIONS if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else [])


@given(kind=st.sampled_from(KINDS), raw=ANYTHING)
def test_anything_becomes_a_plain_value_or_is_refused(kind: FieldKind, raw: object) -> None:
    try:
        value = parsed(field(kind), raw, SETTING)
    except Refused:
        return
    assert json.loads(json.dumps(value)) == value
    assert "\x00" not in str(value)


@given(kind=st.sampled_from([FieldKind.LINE, FieldKind.TEXT]), raw=st.text(max_size=200))
def test_words_are_read_the_same_twice(kind: FieldKind, raw: str) -> None:
    value = parsed(field(kind), raw, SETTING)
    assert parsed(field(kind), value, SETTING) == value
    (value or "").encode()


@given(
    day=st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)),
    hour=st.integers(4, 23),
    minute=st.integers(0, 59),
)
def test_moment_is_kept_as_an_instant_of_the_venues_clock(day: dt.date, hour: int, minute: int) -> None:
    typed = f"{day}T{hour:02d}:{minute:02d}"  # at three in the morning clocks go forward: see the form field's own tests
    value = parsed(field(FieldKind.MOMENT), typed, SETTING)
    assert dt.datetime.fromisoformat(value).astimezone(SETTING.zone).strftime("%Y-%m-%dT%H:%M") == typed


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("+86 139 0000", "+86 139 0000"),
        ("０３-1234-5678", "03-1234-5678"),
        ("(030) 1234", None),
        ("12", None),
    ],
)
def test_telephone_is_digits_as_they_were_given(raw: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Refused):
            parsed(field(FieldKind.PHONE), raw, SETTING)
    else:
        assert parsed(field(FieldKind.PHONE), raw, SETTING) == kept
