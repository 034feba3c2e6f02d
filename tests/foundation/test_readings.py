"""The table of readings says what its source says, in a small part of the memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from summitry.foundation.errors import SummitryError
from summitry.foundation.search import readings
from summitry.foundation.search.fold import pinyin_tokens
from summitry.foundation.web.pinyin import write_readings

CHARACTERS = st.sampled_from([chr(number) for number in range(0x4E00, 0xA000)])
PHRASES = st.sampled_from(
    [phrase for phrase in sorted(PHRASES_DICT) if len(pinyin_tokens(phrase)) == len(phrase)]
)
NO_PHRASE_GOES_ON_WITH = "㐀"
"""Where a text breaks off within a phrase, the source reads its rest by single characters, which is no loss to copy."""


@settings(max_examples=2000, deadline=None)
@given(
    st.lists(
        st.one_of(
            CHARACTERS, PHRASES, st.tuples(PHRASES, st.integers(1, 4)).map(lambda cut: cut[0][: cut[1]])
        )
    )
)
def test_any_run_is_read_as_the_source_reads_it(parts: list[str]) -> None:
    run = "".join(parts) + NO_PHRASE_GOES_ON_WITH

    said = lazy_pinyin(run, style=Style.NORMAL, errors="ignore", v_to_u=False)

    assert list(readings.readings_of(run)) == said


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("重庆很重要", "pychong pyqing pyhen pyzhong pyyao"),
        ("Bank 银行, 行人", "pyyin pyhang pyxing pyren"),
        ("长江", "pychang pyjiang"),
        ("café", ""),
        ("\U0003134f", ""),
    ],
)
def test_phrases_decide_how_their_characters_are_read(text: str, tokens: str) -> None:
    assert pinyin_tokens(text) == tokens.split()


def test_the_table_is_written_once_and_again_when_forced(tmp_path: Path) -> None:
    table = tmp_path / "readings.txt"

    assert [write_readings(table), write_readings(table), write_readings(table, force=True)] == [
        True,
        False,
        True,
    ]
    assert table.read_bytes() == readings.TABLE.read_bytes()


def test_a_checkout_without_the_table_says_how_to_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "TABLE", tmp_path / "absent.txt")

    with pytest.raises(SummitryError, match="make assets"):
        readings._table.__wrapped__()
