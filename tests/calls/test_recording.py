"""The record of a call chains its steps, and says so where one was changed."""

from __future__ import annotations

import pytest

from summitry.calls.actions.recording import record_step, record_steps
from summitry.calls.enums import StepKind
from summitry.calls.record.chain import GENESIS, step_hash
from tests.calls.make import make_call

pytestmark = pytest.mark.django_db


def test_each_step_follows_the_one_before() -> None:
    call = make_call()
    first = record_step(call.pk, StepKind.RULES, {"version": 1})
    second, third = record_steps(call.pk, [(StepKind.SEED, {"seed": "a"}), (StepKind.PUBLISHED, {})])

    assert [step.number for step in (first, second, third)] == [1, 2, 3]
    assert [step.previous_hash for step in (first, second, third)] == [GENESIS, first.hash, second.hash]


def test_a_step_is_found_again_from_what_is_kept() -> None:
    call = make_call()
    step = record_step(call.pk, StepKind.RULES, {"version": 1})
    step.refresh_from_db()

    at = step.at.isoformat(timespec="microseconds")
    assert step.hash == step_hash(step.previous_hash, step.number, step.kind, at, step.content)
