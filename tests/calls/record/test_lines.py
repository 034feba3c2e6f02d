"""The file of a record: what was written is read again, and no byte of it can be changed unseen."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.calls.record.chain import GENESIS, step_hash
from summitry.calls.record.lines import FORMAT, Line, Part, read, written
from summitry.calls.record.verify import verify

OPENING = (Part.RECORD, {"format": FORMAT, "grade": "auditor", "call": "cases", "seed": ""})
VALUES = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**9), 10**9)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=12),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


def _step(number: int, previous: str, content: dict[str, Any]) -> dict[str, Any]:
    at = f"2026-11-0{number}T09:00:00.000000+00:00"
    made = step_hash(previous, number, "rules", at, content)
    return {
        "number": number,
        "kind": "rules",
        "at": at,
        "content": content,
        "previous_hash": previous,
        "hash": made,
    }


def _file(*contents: dict[str, Any]) -> list[bytes]:
    parts: list[tuple[Part, dict[str, Any]]] = [OPENING]
    previous = GENESIS
    for number, content in enumerate(contents, 1):
        step = _step(number, previous, content)
        parts.append((Part.STEP, step))
        previous = step["hash"]
    return list(written(parts))


@settings(max_examples=50)
@given(st.lists(VALUES, max_size=4))
def test_what_is_written_is_read_again(values: list[dict[str, Any]]) -> None:
    lines, faults = read(written([OPENING, *((Part.ASSIGNMENT, value) for value in values)]))

    assert faults == []
    assert lines[:-1] == [
        Line(1, *OPENING),
        *(Line(n, Part.ASSIGNMENT, value) for n, value in enumerate(values, 2)),
    ]


def test_a_whole_record_holds() -> None:
    verdict = verify(_file({"text": 1}, {"text": 2}))

    assert (verdict.holds, verdict.call, verdict.counts) == (
        True,
        "cases",
        {"record": 1, "step": 2, "end": 1},
    )


@settings(max_examples=150)
@given(st.data())
def test_any_changed_byte_is_found_in_its_line(data: st.DataObject) -> None:
    lines = _file({"text": 1}, {"text": 2, "digest": "ab"})
    line = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[line]) - 2))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[line][place]))
    changed = bytearray(lines[line])
    changed[place] = other
    whole = b"".join([*lines[:line], bytes(changed), *lines[line + 1 :]])

    faults = verify(whole.splitlines(keepends=True) if b"\r" not in whole else _split(whole)).faults

    assert line + 1 in {fault.line for fault in faults}


def _split(whole: bytes) -> list[bytes]:
    return [part + b"\n" for part in whole.split(b"\n")[:-1]]


def test_a_line_that_is_gone_is_missed() -> None:
    lines = _file({"text": 1}, {"text": 2}, {"text": 3})

    assert {fault.what for fault in verify([*lines[:2], *lines[3:]]).faults} == {"whole", "order", "link"}


def test_a_step_rewritten_with_its_digest_breaks_the_chain() -> None:
    contents = [{"text": 1}, {"text": 2}]
    first = _step(1, GENESIS, contents[0])
    second = _step(2, first["hash"], contents[1])
    first["content"] = {"text": 7}

    verdict = verify(written([OPENING, (Part.STEP, first), (Part.STEP, second)]))

    assert [(fault.line, fault.what) for fault in verdict.faults] == [(2, "hash")]


def test_another_head_than_the_one_that_was_published_is_said() -> None:
    verdict = verify(_file({"text": 1}), head="f" * 64)

    assert [fault.what for fault in verdict.faults] == ["head"]


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=90), max_size=4))
def test_what_is_no_record_is_refused_without_falling_over(lines: list[bytes]) -> None:
    assert not verify(lines).holds


@settings(max_examples=50)
@given(st.sampled_from(list(Part)), VALUES)
def test_parts_of_another_shape_are_named_not_raised(part: Part, value: dict[str, Any]) -> None:
    verify(written([OPENING, (part, value)]), replay=False)
