"""The rules of eligibility: what each kind looks at, and what it finds about an entry. Plain values in, plain values out.

A rule that cannot be read, or asks for what an entry was never asked, is no reason against an entry: a person looks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from summitry.calls.enums import Outcome, RuleKind


class Finding(NamedTuple):
    """What a rule found, and on what evidence: plain values that a sentence is made of."""

    outcome: Outcome
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a call."""

    kind: str
    setting: Mapping[str, Any]
    only_flags: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry, as rules look at it. `houses` are the keys of its organisation; `asked` are the questions it was asked.

    `unconfirmed` and `denied` count members of its team.
    """

    number: int
    area_id: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    entity: str = ""
    kind: str = ""
    houses: frozenset[str] = frozenset()
    unconfirmed: int = 0
    denied: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What rules know beside the entry: laureates by the keys of their house (years), and entries by house and area (numbers)."""

    year: int = 0
    laureates: Mapping[str, Iterable[int]] = field(default_factory=dict)
    entered: Mapping[tuple[str, int | None], Iterable[int]] = field(default_factory=dict)


class _Unreadable(Exception):
    """A person has to look."""


def check(rule: Rule, subject: Subject, around: Around) -> Finding:
    """Return what a rule finds about an entry; never raises, whatever its setting holds."""
    try:
        holds, evidence = _CHECKS[RuleKind(rule.kind)](rule.setting, subject, around)
    except (_Unreadable, KeyError, TypeError, ValueError):
        return Finding(Outcome.PERSON, {"why": "unreadable"})
    if holds is None:
        return Finding(Outcome.PERSON, evidence)
    if holds:
        return Finding(Outcome.PASSES, evidence)
    return Finding(Outcome.PERSON if rule.only_flags else Outcome.FAILS, evidence)


Checked = tuple[bool | None, dict[str, Any]]
"""Whether it holds (None: a person has to say), and why."""


def _answer(setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    found = _answered(setting, subject)
    if found is None:
        return False, {"why": "missing"}
    wanted = _several(setting)
    given = found if isinstance(found, list) else [found]
    return any(one in wanted for one in given), {"found": found}


def _number(setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    found = _answered(setting, subject)
    if found is None:
        return False, {"why": "missing"}
    value = float(found)
    least, most = _bound(setting, "least"), _bound(setting, "most")
    holds = (least is None or value >= least) and (most is None or value <= most)
    return holds, {"found": found}


def _date(setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    found = _answered(setting, subject)
    if found is None:
        return False, {"why": "missing"}
    value = dt.date.fromisoformat(str(found)[:10])
    first, last = _day(setting, "first"), _day(setting, "last")
    return (first is None or value >= first) and (last is None or value <= last), {"found": str(found)}


def _file(setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    if setting["question"] in subject.files:
        return True, {}
    if setting["question"] not in subject.asked:
        return None, {"why": "not_asked"}
    return False, {"why": "missing"}


def _entity(setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    return subject.entity in _several(setting), {"found": subject.entity}


def _kind(setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    return subject.kind in _several(setting), {"found": subject.kind}


def _team(_setting: Mapping[str, Any], subject: Subject, _around: Around) -> Checked:
    open_ = subject.unconfirmed + subject.denied
    return open_ == 0, {"unconfirmed": subject.unconfirmed, "denied": subject.denied} if open_ else {}


def _entered_before(setting: Mapping[str, Any], subject: Subject, around: Around) -> Checked:
    since = around.year - int(setting.get("years", 1))
    years = {year for house in subject.houses for year in around.laureates.get(house, ()) if year >= since}
    return not years, {"years": sorted(years)} if years else {}


def _one_entry(_setting: Mapping[str, Any], subject: Subject, around: Around) -> Checked:
    """The one that was begun first holds; the others are told apart from it by their numbers."""
    same = {
        number for house in subject.houses for number in around.entered.get((house, subject.area_id), ())
    } - {subject.number}
    return all(number > subject.number for number in same), {"entries": sorted(same)} if same else {}


def _person(_setting: Mapping[str, Any], _subject: Subject, _around: Around) -> Checked:
    return None, {}


_CHECKS: Mapping[RuleKind, Callable[[Mapping[str, Any], Subject, Around], Checked]] = {
    RuleKind.ANSWER: _answer,
    RuleKind.NUMBER: _number,
    RuleKind.DATE: _date,
    RuleKind.FILE: _file,
    RuleKind.ENTITY: _entity,
    RuleKind.KIND: _kind,
    RuleKind.TEAM: _team,
    RuleKind.ENTERED_BEFORE: _entered_before,
    RuleKind.ONE_ENTRY: _one_entry,
    RuleKind.PERSON: _person,
}


def _answered(setting: Mapping[str, Any], subject: Subject) -> Any:
    """Return the answer to the question of a rule, None where it was not answered."""
    slug = setting["question"]
    if slug not in subject.asked and slug not in subject.answers:
        raise _Unreadable
    found = subject.answers.get(slug)
    return None if found in (None, "", []) else found


def _several(setting: Mapping[str, Any]) -> list[Any]:
    wanted = setting["in"]
    if not isinstance(wanted, list) or not wanted:
        raise _Unreadable
    return wanted


def _bound(setting: Mapping[str, Any], name: str) -> float | None:
    return None if setting.get(name) in (None, "") else float(setting[name])


def _day(setting: Mapping[str, Any], name: str) -> dt.date | None:
    return None if setting.get(name) in (None, "") else dt.date.fromisoformat(str(setting[name]))
