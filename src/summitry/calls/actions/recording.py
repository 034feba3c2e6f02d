"""The record of a call: what happened is appended in the transaction in which it happens."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from summitry.calls.enums import StepKind
from summitry.calls.models import Entry, Step, StepWords
from summitry.calls.record.chain import GENESIS, is_about_people, step_hash, words_digest
from summitry.foundation import clock
from summitry.foundation.audit import recording


def record_step(call_id: int, kind: StepKind, content: Mapping[str, Any]) -> Step:
    """Append one step to the record of a call. `content` holds JSON values: plain facts, ids, digests, no free words.

    An entry is its number. What must stay secret for now (a seed, a review) is recorded by its digest.
    """
    return record_steps(call_id, [(kind, content)])[0]


def record_step_with_words(entry: Entry, kind: StepKind, content: Mapping[str, Any], words: str) -> Step:
    """Append a step about an entry; what somebody wrote with it is kept beside, and in the step its digest under a salt."""
    with recording():
        if not words:
            return record_step(entry.call_id, kind, content)
        salt = secrets.token_hex(32)
        step = record_step(entry.call_id, kind, {**content, "words": words_digest(words, salt)})
        StepWords.objects.create(step=step, entry=entry, words=words, salt=salt)
    return step


def record_steps(call_id: int, steps: Sequence[tuple[StepKind, Mapping[str, Any]]]) -> list[Step]:
    """Append several steps at once, in this order. Those that speak of jurors get a salt, by which the public cannot guess them."""
    with recording():
        last = Step.objects.filter(call=call_id).order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        now = clock.now().astimezone(dt.UTC)
        made = []
        for kind, given in steps:
            number += 1
            content = dict(given)
            if is_about_people(str(kind), content):
                content["salt"] = secrets.token_hex(16)
            at = now.isoformat(timespec="microseconds")
            found = step_hash(previous, number, str(kind), at, content)
            made.append(
                Step(
                    call_id=call_id,
                    number=number,
                    kind=kind,
                    content=content,
                    at=now,
                    previous_hash=previous,
                    hash=found,
                )
            )
            previous = found
        return Step.objects.bulk_create(made, batch_size=500)
