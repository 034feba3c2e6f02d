"""The questions of a call's entry form: what is asked, in which areas, and on what it depends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.ordering import put_in_order
from summitry.calls.actions.setting_up import TAKING, free_slug, require_state, set_up_changed
from summitry.calls.enums import QuestionKind
from summitry.calls.errors import StillUsed
from summitry.calls.models import Area, Attachment, Call, EligibilityRule, Entry, Question
from summitry.calls.queries.questions import ASKABLE, values_of
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.guests.actions.field import wrong_options

LONGEST_TEXT, LARGEST_FILE = 20_000, 200
"""Characters and megabytes that a call may allow at most."""
WORDS = frozenset({"label", "hint"})
"""What may still be put better once entries are frozen."""


def create_question(call: Call, *, by: Actor, label: Text, kind: str, **facts: Any) -> Question:
    """Add a question; without `slug` its address comes from its label. Announces CallChanged.

    Raises InvalidInput, and CallFixed once entries are frozen.
    """
    require(by, "edit", Question(call=call))
    with recording():
        require_state(call, TAKING)
        rows = Question.objects.filter(call=call)
        facts = {"slug": free_slug(rows, label, "question"), "position": rows.count(), **facts}
        question = Question(call=call, label=label, kind=kind, **facts)
        _check(question)
        checked(question).save(force_insert=True)
        record("calls.question.created", by=by, obj=question)
        set_up_changed(call, "questions", by=by)
    return question


def update_question(
    question: Question, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Question:
    """Change a question. Announces CallChanged.

    Its address stays, and its kind once somebody answered it. Raises InvalidInput, StaleState, and CallFixed for anything but
    its words once entries are frozen.
    """
    require(by, "edit", question)
    trial = Question(pk=question.pk, call=question.call)
    for field in Question._meta.concrete_fields:
        if field.name not in {"id", "call"}:
            setattr(trial, field.name, changes.get(field.name, getattr(question, field.name)))
    _check(trial, question)
    with recording():
        new = {name for name, value in changes.items() if getattr(question, name) != value}
        if new - WORDS:
            require_state(question.call, TAKING)
        if change(question, changes, by=by, audit="calls.question.updated", expected=expected):
            set_up_changed(question.call, "questions", by=by)
    return question


def remove_question(question: Question, *, by: Actor) -> None:
    """Remove a question that nobody has answered and on which nothing depends. Announces CallChanged.

    Raises StillUsed, and CallFixed once entries are frozen.
    """
    require(by, "edit", question)
    call = question.call
    with recording():
        require_state(call, TAKING)
        others = Question.objects.filter(call=call, condition__field=question.slug)
        rules = EligibilityRule.objects.filter(call=call, setting__question=question.slug)
        if is_answered(question) or others.exists() or rules.exists():
            raise StillUsed(what=str(question))
        record("calls.question.removed", by=by, obj=question)
        question.delete()
        set_up_changed(call, "questions", by=by)


def order_questions(call: Call, slugs: Sequence[str], *, by: Actor) -> None:
    """Put the questions in this order; those that are not named follow. Announces CallChanged where anything differs."""
    require(by, "edit", Question(call=call))
    put_in_order(call, Question, slugs, "questions", by=by)


def is_answered(question: Question) -> bool:
    """Return whether an entry holds an answer to this question, or a file."""
    slug, call = question.slug, question.call_id
    return (
        Entry.objects.filter(call=call, answers__has_key=slug).exists()
        or Attachment.objects.filter(entry__call=call, slug=slug).exists()
    )


def _check(question: Question, before: Question | None = None) -> None:
    errors: dict[str, list[str]] = {}
    if not question.label:
        errors["label"] = [_("Say what is asked.")]
    if before is not None and question.slug != before.slug:
        errors["slug"] = [_("The address of a question stays.")]
    if before is not None and question.kind != before.kind and is_answered(before):
        errors["kind"] = [_("There are answers already; this can no longer be changed.")]
    most = LARGEST_FILE if question.kind == QuestionKind.FILE else LONGEST_TEXT
    if question.longest > most:
        errors["longest"] = [_("At most %(most)d.") % {"most": most}]
    known = set(Area.objects.filter(call=question.call).values_list("slug", flat=True))
    if not set(question.areas) <= known:
        errors["areas"] = [_("Choose areas of this call.")]
    if refusal := wrong_options(question):
        errors["options"] = [refusal]
    if refusal := _wrong_condition(question):
        errors["condition"] = [refusal]
    if errors:
        raise InvalidInput(fields=errors)


def _wrong_condition(question: Question) -> str:
    """Return what is wrong with the condition: it asks another question for some of its values, and never in a circle."""
    condition = question.condition
    if not condition:
        return ""
    others = {row.slug: row for row in Question.objects.filter(call=question.call).exclude(pk=question.pk)}
    other = others.get(condition.get("field", ""))
    if other is None or other.kind not in ASKABLE:
        return _("Choose a question that is answered with a choice or with yes or no.")
    wanted = condition.get("in")
    if not wanted or not set(wanted) <= set(values_of(other)):
        return _("Choose answers of that question.")
    seen = {question.slug}
    while other is not None:
        if other.slug in seen:
            return _("A question cannot depend on itself.")
        seen.add(other.slug)
        slug = other.condition.get("field") if other.condition else None
        if slug == question.slug:
            return _("A question cannot depend on itself.")
        other = others.get(slug) if slug else None
    return ""
