"""Rules of eligibility, asked of entries by machine: what each finds is kept, and who passes all of them is eligible.

Running them again changes nothing. What an officer has looked at stays as she left it until the rule, or what it looks at,
is another.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from summitry.calls.actions.moving import move_many
from summitry.calls.actions.recording import record_step
from summitry.calls.enums import EntryState, Outcome, StepKind
from summitry.calls.models import Call, EligibilityCheck, EligibilityRule, Entry, Rejection
from summitry.calls.queries.eligibility_facts import around_of, subjects_of
from summitry.calls.queries.eligibility_rules import Finding, Rule, check
from summitry.calls.queries.entry_windows import OVER, is_past_deadline
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.jobs import job

ASKED = frozenset({EntryState.SUBMITTED, EntryState.ELIGIBLE})
"""Whom rules are asked about: who goes on, or has come back, is asked again; who is with the jury is not."""
PAUSE_SECONDS = 20
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Run:
    """What asking the rules changed: checks that are new or say something else, and entries that are eligible by it."""

    checked: int = 0
    passed: int = 0


def run_rules(call: Call, *, by: Actor) -> Run:
    """Ask all rules of a call about all entries that were handed in; return what changed.

    Who passes all is eligible, once the deadline is over; until then an entrant can open her entry again. Announces
    EntriesChanged for these. Raises PermissionRefused.
    """
    require(by, "check", call)
    with recording():
        entries = list(Entry.objects.filter(call=call, state__in=ASKED).select_related("entity"))
        rules = list(EligibilityRule.objects.filter(call=call))
        new, changed = _compare(entries, rules, _ask(call, entries, rules))
        EligibilityCheck.objects.bulk_create(new, batch_size=_BATCH)
        EligibilityCheck.objects.bulk_update(
            changed,
            ["rule_version", "outcome", "evidence", "officer", "words", "checked_at"],
            batch_size=_BATCH,
        )
        passed = _passing(call, entries, rules)
        if new or changed or passed:
            _record(call, [*new, *changed], passed, by)
        move_many(passed, EntryState.ELIGIBLE, by=by)
    return Run(len(new) + len(changed), len(passed))


def check_soon(call_id: int) -> None:
    """Have the rules of a call asked within half a minute; asked for often, it is done once."""
    waiting = DBTaskResult.objects.filter(
        task_path=check_one.module_path, status=TaskResultStatus.READY, args_kwargs__args=[call_id]
    )
    if not waiting.exists():
        at = timezone.now() + dt.timedelta(seconds=PAUSE_SECONDS)
        check_one.using(run_after=at).enqueue(call_id)


@job()
def check_one(call_id: int) -> None:
    """Ask the rules of one call."""
    call = Call.objects.filter(pk=call_id).exclude(state__in=OVER).select_related("edition").first()
    if call is not None:
        run_rules(call, by=system("eligibility"))


Findings = dict[tuple[int, int], Finding]


def _ask(call: Call, entries: Sequence[Entry], rules: Sequence[EligibilityRule]) -> Findings:
    if not rules or not entries:
        return {}
    around, subjects = around_of(call), subjects_of(call, entries)
    asked = [(rule.pk, Rule(rule.kind, rule.setting, rule.only_flags)) for rule in rules]
    return {
        (entry_id, rule_id): check(rule, subject, around)
        for entry_id, subject in subjects.items()
        for rule_id, rule in asked
    }


def _compare(
    entries: Sequence[Entry], rules: Sequence[EligibilityRule], findings: Findings
) -> tuple[list[EligibilityCheck], list[EligibilityCheck]]:
    """Return the checks that are new, and those that say something else than before."""
    versions = {rule.pk: rule.version for rule in rules}
    present = {
        (row.entry_id, row.rule_id): row
        for row in EligibilityCheck.objects.filter(rule__in=rules, entry__state__in=ASKED)
    }
    new, changed, now = [], [], clock.now()
    for entry in entries:
        for rule_id, version in versions.items():
            finding, row = findings[entry.pk, rule_id], present.get((entry.pk, rule_id))
            values: dict[str, Any] = {
                "rule_version": version,
                "outcome": finding.outcome,
                "evidence": finding.evidence,
                "officer": None,
                "words": "",
                "checked_at": now,
            }
            if row is None:
                new.append(EligibilityCheck(entry=entry, rule_id=rule_id, **values))
            elif _differs(row, version, finding):
                row.entry = entry
                for name, value in values.items():
                    setattr(row, name, value)
                changed.append(row)
    return new, changed


def _differs(row: EligibilityCheck, version: int, finding: Finding) -> bool:
    if row.rule_version != version or row.evidence != finding.evidence:
        return True
    return row.officer_id is None and row.outcome != finding.outcome


def _passing(call: Call, entries: Sequence[Entry], rules: Sequence[EligibilityRule]) -> list[Entry]:
    """Return the entries that pass every rule and about which nobody has proposed anything else."""
    if not is_past_deadline(call):
        return []
    waiting = [entry for entry in entries if entry.state == EntryState.SUBMITTED]
    ids = [entry.pk for entry in waiting]
    passed = Counter(
        EligibilityCheck.objects.filter(
            entry__call=call, entry__state=EntryState.SUBMITTED, rule__in=rules, outcome=Outcome.PASSES
        ).values_list("entry_id", flat=True)
    )
    proposed = set(Rejection.objects.filter(entry__call=call).values_list("entry_id", flat=True))
    found = {pk for pk in ids if passed[pk] == len(rules) and pk not in proposed}
    return [entry for entry in waiting if entry.pk in found]


def _record(call: Call, rows: Sequence[EligibilityCheck], passed: Sequence[Entry], by: Actor) -> None:
    record("calls.eligibility.checked", by=by, obj=call, checked=len(rows), passed=len(passed))
    told = sorted([row.entry.number, row.rule_id, row.rule_version, str(row.outcome)] for row in rows)
    content = {
        "did": "checked",
        "checks": len(told),
        "digest": digest(told),
        "passed": [entry.number for entry in passed],
    }
    record_step(call.pk, StepKind.ELIGIBILITY, content)
