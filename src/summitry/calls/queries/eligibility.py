"""The worklist of eligibility: which entries need a person, and one entry with what the rules found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from summitry.calls.enums import EntryState, Outcome
from summitry.calls.models import Call, EligibilityCheck, EligibilityRule, Entry, Question, Rejection
from summitry.calls.queries.entry_content import Shower, ShownContent, latest_version
from summitry.calls.queries.rule_words import evidence_in_words
from summitry.foundation.access import Actor, within
from summitry.foundation.i18n import Shown

E = EntryState
LOOK, SECOND, WAIT, BACK, REJECTED, PASSED = "look", "second", "wait", "back", "rejected", "passed"
QUEUE_LABELS: Mapping[str, str | Promise] = {
    LOOK: pgettext_lazy("queue", "To be looked at"),
    SECOND: pgettext_lazy("queue", "For a second person"),
    WAIT: pgettext_lazy("queue", "Pass at the deadline"),
    BACK: pgettext_lazy("queue", "With the entrant"),
    REJECTED: pgettext_lazy("queue", "Not eligible"),
    PASSED: pgettext_lazy("queue", "Eligible"),
}
_QUEUE_OF = {E.SUBMITTED: WAIT, E.RETURNED: BACK, E.ELIGIBLE: PASSED, E.INELIGIBLE: REJECTED}
"""Where an entry waits about whom nothing is open; what is open comes first."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue by the entries' numbers, how many wait in each, and how many findings of each rule are open."""

    key: str
    numbers: Sequence[int]
    counts: Mapping[str, int]
    rules: Sequence[tuple[EligibilityRule, int]] = ()

    def beside(self, number: int) -> tuple[int | None, int | None]:
        """Return which entry is before and which after one; the first one after, where it has left the queue."""
        before = [other for other in self.numbers if other < number]
        after = [other for other in self.numbers if other > number]
        return (before[-1] if before else None), (after[0] if after else None)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a queue: its title, its area, whose it is, and the rules that are open."""

    entry: Entry
    title: Shown
    area: Shown | None
    open: tuple[str, ...]
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule and what it found, in words."""

    check: EligibilityCheck
    name: Shown
    words: str

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look."""
        return self.check.outcome != Outcome.PASSES


def queue_of(call: Call, actor: Actor, key: str, rule: str = "") -> Queue:
    """Return a queue of a call, narrowed to the entries for which one rule is open (three queries)."""
    key = key if key in QUEUE_LABELS else LOOK
    open_ = EligibilityCheck.objects.filter(entry=OuterRef("pk")).exclude(outcome=Outcome.PASSES)
    proposed = Rejection.objects.filter(entry=OuterRef("pk"), confirmed_by=None)
    rows = within(actor, Entry.objects.filter(call=call, state__in=_QUEUE_OF)).annotate(
        has_open=Exists(open_), is_proposed=Exists(proposed)
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for pk, number, state, has_open, is_proposed in rows.order_by("number").values_list(
        "pk", "number", "state", "has_open", "is_proposed"
    ):
        found[_queue(state, has_open=has_open, is_proposed=is_proposed)][pk] = number
    by_rule = _open_by_rule(call, found[key].keys()) if key == LOOK else {}
    rules = list(EligibilityRule.objects.filter(call=call))
    numbers = found[key]
    chosen = next((row for row in rules if row.slug == rule), None) if key == LOOK else None
    kept = by_rule.get(chosen.pk, set()) if chosen else set(numbers)
    return Queue(
        key,
        [number for pk, number in numbers.items() if pk in kept],
        Counter({name: len(ids) for name, ids in found.items()}),
        [(row, len(by_rule[row.pk])) for row in rules if by_rule.get(row.pk)],
    )


def _queue(state: str, *, has_open: bool, is_proposed: bool) -> str:
    if is_proposed:
        return SECOND
    if has_open and state in {E.SUBMITTED, E.ELIGIBLE}:
        return LOOK
    return _QUEUE_OF[E(state)]


def _open_by_rule(call: Call, entries: Collection[int]) -> dict[int, set[int]]:
    rows = EligibilityCheck.objects.filter(entry__call=call).exclude(outcome=Outcome.PASSES)
    found: dict[int, set[int]] = defaultdict(set)
    for rule_id, entry_id in rows.values_list("rule_id", "entry_id"):
        if entry_id in entries:
            found[rule_id].add(entry_id)
    return found


def lines_of(call: Call, numbers: Sequence[int], lang: str) -> list[Line]:
    """Return the lines of a part of a queue (two queries)."""
    chain = call.edition.fallback
    entries = (
        Entry.objects.filter(call=call, number__in=numbers)
        .select_related("area", "rejection")
        .order_by("number")
    )
    open_: dict[int, list[str]] = defaultdict(list)
    checks = EligibilityCheck.objects.filter(entry__call=call, entry__number__in=numbers)
    for check in checks.exclude(outcome=Outcome.PASSES).select_related("rule"):
        open_[check.entry_id].append(check.rule.name.shown(lang, chain).text)
    return [
        Line(
            entry,
            entry.title.shown(lang, chain),
            entry.area.name.shown(lang, chain) if entry.area else None,
            tuple(open_[entry.pk]),
            hasattr(entry, "rejection") and entry.rejection.confirmed_by_id is None,
        )
        for entry in entries
    ]


def entry_to_check(call: Call, actor: Actor, number: int) -> Entry | None:
    """Return one entry of those that `actor` works on and that was handed in, with what its page shows."""
    rows = within(actor, Entry.objects.filter(call=call, number=number)).exclude(state=E.DRAFT)
    related = ("area", "entity", "organisation", "rejection__proposed_by", "rejection__confirmed_by")
    found = rows.select_related(*related).first()
    if found is not None:
        found.call = call
    return found


def content_shown(entry: Entry, lang: str) -> ShownContent | None:
    """Return what was handed in, as it was frozen the last time; None where nothing was."""
    version = latest_version(entry)
    if version is None:
        return None
    version.entry = entry
    return Shower(entry.call, lang).shown(version)


def checks_of(entry: Entry, lang: str) -> list[Checked]:
    """Return what the rules found about an entry, those that are open first (two queries)."""
    rows = EligibilityCheck.objects.filter(entry=entry).select_related("rule", "officer")
    questions = {one.slug: one for one in Question.objects.filter(call=entry.call_id)}
    chain = entry.call.edition.fallback
    found = [
        Checked(row, row.rule.name.shown(lang, chain), evidence_in_words(row.rule, row, lang, questions))
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_open)
