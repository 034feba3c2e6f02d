"""Looking for conflicts of interest in the data: each night, and soon after entries or the jury changed.

Running it again changes nothing. What somebody dismissed stays dismissed until it rests on more than she saw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from summitry.calls.actions.recording import record_step
from summitry.calls.enums import CallState, ConflictSource, ConflictState, StepKind
from summitry.calls.events import JuryChanged
from summitry.calls.models import Call, Conflict, Entry
from summitry.calls.queries.conflict_facts import facts_of
from summitry.calls.queries.deriving import Fact, Facts, Pair, found_in
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.jobs import job

S = ConflictState
DERIVED = frozenset({ConflictSource.DERIVED, ConflictSource.ENTRANT})
"""Sources that are read off the data, and so can be read off again."""
PAUSE_SECONDS = 20
"""Between a change and the search that follows: what happens within it is looked at once."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a search changed: how many conflicts are new, are open again, rest on other facts, or rest on nothing any more.

    `common` are e-mail domains that so many have that no conflict rests on them alone.
    """

    new: int = 0
    again: int = 0
    changed: int = 0
    gone: int = 0
    common: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether everything stands as before."""
        return not (self.new or self.again or self.changed or self.gone)


@dataclass(slots=True)
class _Plan:
    new: list[Conflict]
    again: list[Conflict]
    changed: list[Conflict]
    gone: list[int]
    common: tuple[str, ...] = ()

    def counted(self) -> Derivation:
        return Derivation(len(self.new), len(self.again), len(self.changed), len(self.gone), self.common)


def derive_conflicts(call: Call, *, by: Actor) -> Derivation:
    """Look for conflicts in the data of a call and keep them; return what changed. Announces JuryChanged where anything did.

    A conflict that was decided keeps its decision; a dismissed one is open again where it rests on a further fact. An
    open one that rests on nothing any more is taken away. Which domains were set aside is kept with the call and said in the
    log. Raises PermissionRefused.
    """
    require(by, "edit", call)
    done = _plan(call).counted()
    if done.is_nothing and list(done.common) == call.common_domains:
        return done
    with recording():
        plan = _plan(call)  # once more, now that nobody else writes
        done = plan.counted()
        _set_aside(call, done.common, by)
        if not done.is_nothing:
            _apply(plan)
            _tell(call, plan, done, by)
    return done


def derive_soon(call_id: int) -> None:
    """Have a call looked at within half a minute; asked often, it is done once."""
    waiting = DBTaskResult.objects.filter(
        task_path=derive_one.module_path, status=TaskResultStatus.READY, args_kwargs__args=[call_id]
    )
    if not waiting.exists():
        at = timezone.now() + dt.timedelta(seconds=PAUSE_SECONDS)
        derive_one.using(run_after=at).enqueue(call_id)


@job()
def derive_one(call_id: int) -> None:
    """Look at one call."""
    call = Call.objects.filter(pk=call_id).exclude(state__in=_OVER).first()
    if call is not None:
        derive_conflicts(call, by=system("conflicts"))


@job()
def derive_everywhere() -> None:
    """Look at every call that has a jury and is not over: once a night."""
    calls = Call.objects.filter(jurors__isnull=False).exclude(state__in=_OVER).distinct()
    for pk in calls.values_list("pk", flat=True):
        derive_one.enqueue(pk)


_OVER = frozenset({CallState.ANNOUNCED, CallState.CANCELLED})


def _set_aside(call: Call, domains: tuple[str, ...], by: Actor) -> None:
    """Keep which domains make no conflicts, so that the call's pages say so."""
    if list(domains) == call.common_domains:
        return
    Call.objects.filter(pk=call.pk).update(common_domains=list(domains))
    call.common_domains = list(domains)
    if domains:
        record("calls.conflicts.domains_set_aside", by=by, obj=call, domains=", ".join(domains))


def _plan(call: Call) -> _Plan:
    facts = facts_of(call)
    result = found_in(facts)
    found = result.pairs
    plan = _Plan([], [], [], [], result.common)
    rows = Conflict.objects.filter(juror__call=call, source__in=DERIVED)
    present = {Pair(row.juror_id, row.entry_id, row.kind, row.source): row for row in rows}
    for pair, rests_on in sorted(found.items()):
        row = present.get(pair)
        if row is None:
            plan.new.append(_new(pair, rests_on))
            continue
        known = _known(row.evidence)
        if rests_on == known:
            continue
        if row.state == S.DISMISSED and not rests_on <= known:
            row.evidence, row.state, row.decided_by, row.decided_at = _evidence(rests_on), S.OPEN, None, None
            plan.again.append(row)
        elif row.state == S.OPEN:
            row.evidence = _evidence(rests_on)
            plan.changed.append(row)
    plan.gone = _gone(facts, found.keys(), present)
    return plan


def _new(pair: Pair, rests_on: Iterable[Fact]) -> Conflict:
    return Conflict(
        juror_id=pair.juror_id,
        entry_id=pair.entry_id,
        kind=pair.kind,
        source=pair.source,
        state=S.OPEN,
        evidence=_evidence(rests_on),
        found_at=clock.now(),
    )


def _gone(facts: Facts, found: Iterable[Pair], present: dict[Pair, Conflict]) -> list[int]:
    jurors = {judge.id for judge in facts.judges}
    entries = {case.id for case in facts.cases if case.is_judged}
    lost = present.keys() - set(found)
    return sorted(
        present[pair].pk
        for pair in lost
        if present[pair].state == S.OPEN and pair.juror_id in jurors and pair.entry_id in entries
    )


def _apply(plan: _Plan) -> None:
    Conflict.objects.bulk_create(plan.new, batch_size=_BATCH)
    Conflict.objects.bulk_update(
        [*plan.again, *plan.changed],
        ["evidence", "state", "decided_by", "decided_at"],
        batch_size=_BATCH,
    )
    for start in range(0, len(plan.gone), _BATCH):
        Conflict.objects.filter(pk__in=plan.gone[start : start + _BATCH], state=S.OPEN).delete()


def _tell(call: Call, plan: _Plan, done: Derivation, by: Actor) -> None:
    counts = {"new": done.new, "again": done.again, "changed": done.changed, "gone": done.gone}
    record(
        "calls.conflicts.derived",
        by=by,
        obj=call,
        new=done.new,
        again=done.again,
        changed=done.changed,
        gone=done.gone,
    )
    numbers = dict(Entry.objects.filter(call=call).values_list("pk", "number"))
    rows = [[row.juror_id, numbers[row.entry_id], row.kind, row.source] for row in (*plan.new, *plan.again)]
    content = {"did": "derived", **counts, "digest": digest({"rows": rows})}
    record_step(call.pk, StepKind.CONFLICT, content)
    jurors = {row.juror_id for row in (*plan.new, *plan.again)}
    announce(JuryChanged(by=by, edition_id=call.edition_id, call_id=call.pk, juror_ids=tuple(sorted(jurors))))


def _evidence(facts: Iterable[Fact]) -> dict[str, Any]:
    return {"facts": sorted(([what, value] for what, value in facts), key=str)}


def _known(evidence: dict[str, Any]) -> frozenset[Fact]:
    return frozenset((what, value) for what, value in evidence.get("facts", []))
