"""A call's record as it leaves the house: it holds, it says whatever was changed behind its back, and the public learns little."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from rich.console import Console

from summitry.calls.actions.announcing import announce_call
from summitry.calls.actions.computing import compute_now
from summitry.calls.actions.deciding import decide_as_proposed
from summitry.calls.actions.laureate import name_laureates
from summitry.calls.actions.selecting import adopt_selection, ask_selection
from summitry.calls.cli import verify_record
from summitry.calls.cli_export import export_record
from summitry.calls.models import Call, Decision, Laureate, Step
from summitry.calls.queries.record_export import record_parts
from summitry.calls.record.lines import Grade, written
from summitry.calls.record.verify import verify
from summitry.foundation.access import PUBLIC, Actor, ActorKind
from summitry.foundation.errors import PermissionRefused
from tests.calls.awards.world import shortlisted
from tests.calls.make import SYSTEM

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
