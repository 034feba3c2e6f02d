"""A call's record as it leaves the house: it holds, it says whatever was changed behind its back, and the public learns little."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rich.console import Console

from summitry.calls.actions.announcing import announce_call
from summitry.calls.actions.computing import compute_now
from summitry.calls.actions.conflict import declare_conflict
from summitry.calls.actions.deciding import decide_as_proposed
from summitry.calls.actions.eligibility import return_entry
from summitry.calls.actions.laureate import name_laureates
from summitry.calls.actions.selecting import adopt_selection, ask_selection
from summitry.calls.cli import verify_record
from summitry.calls.cli_export import export_record
from summitry.calls.models import Call, Decision, Laureate, Step, StepWords
from summitry.calls.queries.record_export import record_parts
from summitry.calls.record.canonical import digest
from summitry.calls.record.lines import Grade, written
from summitry.calls.record.verify import verify
from summitry.foundation.access import PUBLIC, Actor, ActorKind
from summitry.foundation.errors import PermissionRefused
from tests.calls.awards.world import shortlisted
from tests.calls.make import SYSTEM, make_entry, make_juror

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    call = shortlisted([9, 5, 8])
    adopt_selection(compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM), by=SYSTEM)
    decide_as_proposed(call, by=SYSTEM)
    name_laureates(call, by=SYSTEM)
    return announce_call(call, by=SYSTEM)


def _faults(call: Call, grade: Grade = Grade.AUDITOR) -> set[str]:
    lines = list(written(record_parts(call, grade, SYSTEM)))
    return {fault.what for fault in verify(lines, replay=False).faults}


def test_both_grades_hold(call: Call) -> None:
    assert (_faults(call), _faults(call, Grade.PUBLIC)) == (set(), set())


def test_what_was_changed_behind_the_record_is_named(call: Call) -> None:
    Decision.objects.filter(entry__number=2).update(verdict="selected", follows=True)
    decided = _faults(call)
    Decision.objects.filter(entry__number=2).update(verdict="reserve")
    Laureate.objects.filter(entry__number=1).update(entry=call.entries.get(number=2))
    honoured = _faults(call)
    Step.objects.filter(call=call, number=2).update(content={})

    assert decided == {"not-what-was-proposed", "not-what-was-recorded"}
    assert honoured == {"not-selected", "not-what-was-recorded"}
    assert "hash" in _faults(call)


def test_the_public_gets_neither_people_nor_who_was_not_chosen(call: Call) -> None:
    text = b"".join(written(record_parts(call, Grade.PUBLIC, PUBLIC))).decode()
    parts = {line.split(" ", 2)[1] for line in text.splitlines()}

    assert parts == {"record", "step", "computation", "laureate", "end"}
    assert "example.org" not in text
    computed = [
        json.loads(line.split(" ", 2)[2]) for line in text.splitlines() if " computation " in line[:90]
    ]
    assert [sorted({"problem", "answer"} & one.keys()) for one in computed] == [[], []]


def _lines(call: Call, grade: Grade, part: str) -> list[dict[str, Any]]:
    text = b"".join(written(record_parts(call, grade, SYSTEM))).decode()
    found = [line.split(" ", 2) for line in text.splitlines()]
    return [json.loads(body) for _digest, name, body in found if name == part]


def test_every_line_names_entries_by_their_numbers(call: Call) -> None:
    """Numbers in all steps and lines; keys of computations are told once, to auditors."""
    numbers = {entry.pk: entry.number for entry in call.entries.all()}
    assert [(one["number"], one["key"]) for one in _lines(call, Grade.AUDITOR, "entry")] == sorted(
        (number, key) for key, number in numbers.items()
    )
    for grade in Grade:
        assert [one["entry"] for one in _lines(call, grade, "laureate")] == [1, 3]
    assert [one["entry"] for one in _lines(call, Grade.AUDITOR, "decision")] == [1, 2, 3]
    steps = {step.kind: step.content for step in Step.objects.filter(call=call)}
    assert steps["decided"]["entry"] in {1, 2, 3}
    assert [one["entry"] for one in steps["announced"]["laureates"]] == [1, 3]
    [calibration] = [one for one in _lines(call, Grade.PUBLIC, "computation") if "bands" in one]
    assert calibration["bands"]["chosen"].keys() == {"1", "3"}


def test_words_of_officers_are_sealed_for_the_public_and_checked_for_auditors(call: Call) -> None:
    entry = make_entry(call, state="submitted")
    return_entry(entry, "No passport", by=SYSTEM)
    step = Step.objects.get(kind="eligibility")
    kept = StepWords.objects.get()
    public = b"".join(written(record_parts(call, Grade.PUBLIC, SYSTEM))).decode()
    assert [word in public for word in ("No passport", kept.salt, step.content["words"])] == [
        False,
        False,
        True,
    ]
    assert digest("No passport") not in public
    assert _lines(call, Grade.AUDITOR, "words") == [
        {"step": step.number, "words": "No passport", "salt": kept.salt}
    ]
    assert _faults(call) == set()
    StepWords.objects.update(words="No visa")
    assert _faults(call) == {"not-what-was-recorded"}
    StepWords.objects.update(words="", salt="")
    assert (_faults(call), _lines(call, Grade.AUDITOR, "words")) == (
        set(),
        [{"step": step.number, "erased": True}],
    )
    StepWords.objects.all().delete()
    assert _faults(call) == {"missing"}


def test_the_public_gets_steps_about_jurors_by_their_digests_alone(call: Call) -> None:
    """Nobody who knows the ids can tell who judged what, or stood in which conflict; the chain holds all the same."""
    juror = make_juror(call)
    declare_conflict(juror, call.entries.get(number=2), "adviser", by=SYSTEM)
    kinds = {"juror", "conflict"}
    for line in _lines(call, Grade.PUBLIC, "step"):
        assert ("content" in line) is (line["kind"] not in kinds)
    sealed = Step.objects.filter(call=call, kind__in=kinds)
    assert {len(step.content["salt"]) for step in sealed} == {32}
    assert _faults(call, Grade.PUBLIC) == _faults(call) == set()
    lines = list(record_parts(call, Grade.PUBLIC, SYSTEM))
    next(value for _part, value in lines if "content_digest" in value)["content_digest"] = "0" * 64
    assert {fault.what for fault in verify(list(written(lines))).faults} == {"hash"}


def test_auditors_only_get_the_auditors_record(call: Call) -> None:
    with pytest.raises(PermissionRefused):
        record_parts(call, Grade.AUDITOR, Actor(ActorKind.PERSON, "somebody", 1))


def test_the_public_fetches_its_record_after_the_announcement_only(client: Client, call: Call) -> None:
    address = reverse("calls_public:record", args=[call.edition.slug, call.slug])
    after = client.get(address)
    Call.objects.filter(pk=call.pk).update(state="frozen", announced_at=None)

    assert (after.status_code, client.get(address).status_code) == (200, 404)
    assert verify(b"".join(after).splitlines(keepends=True)).holds


def test_the_command_writes_a_record_whole_and_checks_it(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "call.record"
    quiet = Console(quiet=True)

    assert export_record(call.edition.slug, call.slug, path, stderr=quiet) == 0
    assert verify_record(path, replay=False, stdout=quiet, stderr=quiet) == 0
    path.write_bytes(path.read_bytes().replace(b"selected", b"selectee", 1))
    assert verify_record(path, replay=False, stdout=quiet, stderr=quiet) == 1
    assert export_record(call.edition.slug, "nothing", tmp_path / "other", stderr=quiet) == 1
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".record"] == ["call.record"]
