"""The rules of eligibility of a call: each change is a new version, and asks about every entry again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.checking import check_soon
from summitry.calls.actions.setting_up import UNDECIDED, free_slug, require_state, set_up_changed
from summitry.calls.enums import EntrantKind, QuestionKind, RuleKind
from summitry.calls.models import Call, EligibilityCheck, EligibilityRule, Question
from summitry.directory.models import Entity
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text

K = RuleKind
_ASKS_OF: Mapping[str, frozenset[str]] = {
    K.ANSWER: frozenset(
        {QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.YES_NO, QuestionKind.ENTITY}
    ),
    K.NUMBER: frozenset({QuestionKind.NUMBER}),
    K.DATE: frozenset({QuestionKind.DATE}),
    K.FILE: frozenset({QuestionKind.FILE}),
}
"""The kinds of questions that a kind of rule can look at."""
_VERSIONED = frozenset({"kind", "setting", "only_flags"})
MOST_YEARS = 50


def create_rule(
    call: Call,
    *,
    by: Actor,
    name: Text,
    kind: str,
    setting: dict[str, Any] | None = None,
    only_flags: bool = False,
) -> EligibilityRule:
    """Add a rule; entries that were handed in are asked about it soon. Announces CallChanged.

    Raises InvalidInput (under "setting" for what its kind cannot read), and CallFixed once laureates are announced.
    """
    require(by, "edit", EligibilityRule(call=call))
    setting = setting or {}
    _check(call, name, kind, setting)
    with recording():
        require_state(call, UNDECIDED)
        rows = EligibilityRule.objects.filter(call=call)
        rule = EligibilityRule(
            call=call,
            slug=free_slug(rows, name, "rule"),
            name=name,
            kind=kind,
            setting=setting,
            only_flags=only_flags,
            position=rows.count(),
        )
        checked(rule).save(force_insert=True)
        record("calls.rule.created", by=by, obj=rule)
        set_up_changed(call, "eligibility", by=by)
        check_soon(call.pk)
    return rule


def update_rule(
    rule: EligibilityRule, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> EligibilityRule:
    """Change a rule. What it looks at makes a new version: who was found by the old one is asked about again.

    Announces CallChanged. Raises InvalidInput, StaleState, CallFixed.
    """
    require(by, "edit", rule)
    merged = {"name": rule.name, "kind": rule.kind, "setting": rule.setting, **changes}
    _check(rule.call, merged["name"], merged["kind"], merged["setting"])
    if any(changes.get(name, getattr(rule, name)) != getattr(rule, name) for name in _VERSIONED):
        changes["version"] = rule.version + 1
    with recording():
        require_state(rule.call, UNDECIDED)
        if change(rule, changes, by=by, audit="calls.rule.updated", expected=expected):
            set_up_changed(rule.call, "eligibility", by=by)
            check_soon(rule.call_id)
    return rule


def remove_rule(rule: EligibilityRule, *, by: Actor) -> None:
    """Remove a rule with what it found; the call's record keeps both. Announces CallChanged. Raises CallFixed."""
    require(by, "edit", rule)
    call = rule.call
    with recording():
        require_state(call, UNDECIDED)
        record("calls.rule.removed", by=by, obj=rule)
        EligibilityCheck.objects.filter(rule=rule).delete()
        rule.delete()
        set_up_changed(call, "eligibility", by=by)
        check_soon(call.pk)


def _check(call: Call, name: Text, kind: str, setting: Mapping[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    if not name:
        errors["name"] = [_("Give it a name.")]
    if kind not in RuleKind.values:
        errors["kind"] = [_("Choose one of these.")]
    elif wrong := _wrong(call, kind, setting):
        errors["setting"] = [wrong]
    if errors:
        raise InvalidInput(fields=errors)


def _wrong(call: Call, kind: str, setting: Mapping[str, Any]) -> str:
    """Return what is wrong with a rule's setting; "" for nothing."""
    if kind in _ASKS_OF:
        kinds = _ASKS_OF[kind]
        if not Question.objects.filter(call=call, slug=setting.get("question"), kind__in=kinds).exists():
            return _("Choose a question of this call that takes such an answer.")
    if kind in {K.NUMBER, K.DATE}:
        return _wrong_range(kind, setting)
    if kind == K.ENTERED_BEFORE and not _is_years(setting.get("years")):
        return _("Say how many years it looks back, 1 to %(most)d.") % {"most": MOST_YEARS}
    return _wrong_choice(kind, setting.get("in")) if kind in {K.ANSWER, K.KIND, K.ENTITY} else ""


def _wrong_choice(kind: str, wanted: Any) -> str:
    if not isinstance(wanted, list) or not wanted:
        return _("Choose at least one of the list.")
    if kind == K.KIND and not set(wanted) <= set(EntrantKind.values):
        return _("Choose kinds of the list.")
    if kind == K.ENTITY and Entity.objects.filter(code__in=wanted).count() != len(set(wanted)):
        return _("Choose countries and regions of the list.")
    return ""


def _wrong_range(kind: str, setting: Mapping[str, Any]) -> str:
    first, last = ("least", "most") if kind == K.NUMBER else ("first", "last")
    try:
        bounds = [_read(kind, setting[name]) for name in (first, last) if setting.get(name) not in (None, "")]
    except (TypeError, ValueError):
        return _("This cannot be read.")
    if not bounds:
        return _("Give one end at least.")
    return _("The first cannot be above the last.") if len(bounds) == 2 and bounds[0] > bounds[1] else ""


def _read(kind: str, value: Any) -> float:
    if kind == K.NUMBER:
        return float(value)
    return float(dt.date.fromisoformat(str(value)).toordinal())


def _is_years(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_YEARS
