"""The fields of an edition's forms: what is asked, of whom, in which step, and for which purpose."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.guests.actions.category import free_slug
from summitry.guests.enums import Attendance, FieldKind
from summitry.guests.errors import StillNeeded, StillUsed
from summitry.guests.events import CategoriesChanged
from summitry.guests.models import Answer, Category, Field, Purpose
from summitry.guests.queries.answer_values import Asked
from summitry.guests.queries.dependencies import Dependency, dependents_of

VALUE = re.compile(r"[a-z0-9_-]{1,40}")
MOST_OPTIONS = 100
WITH_OPTIONS = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
ASKABLE = WITH_OPTIONS | {FieldKind.YES_NO}
"""Kinds of which a condition can be made."""
YES, NO = "yes", "no"


def create_field(
    edition: Edition,
    *,
    by: Actor,
    label: Text,
    kind: str,
    purpose: Purpose,
    categories: Collection[Category] = (),
    **facts: Any,
) -> Field:
    """Add a question; without `slug` its address comes from its label. Announces CategoriesChanged. Raises InvalidInput."""
    require(by, "edit", Field(edition=edition))
    facts = {"slug": free_slug(Field, edition, label, "field"), **facts}
    facts.setdefault("position", Field.objects.filter(edition=edition).count())
    field = Field(edition=edition, label=label, kind=kind, purpose=purpose, **facts)
    _check(field, categories)
    with recording():
        checked(field).save(force_insert=True)
        field.categories.set(categories)
        record("guests.field.created", by=by, obj=field)
        _tell(field, by)
    return field


def update_field(
    field: Field,
    *,
    by: Actor,
    expected: Mapping[str, Any] | None = None,
    categories: Collection[Category] | None = None,
    **changes: Any,
) -> Field:
    """Change a question. Its kind, and whether it is sealed by its purpose, hold once somebody has answered.

    Announces CategoriesChanged. Raises InvalidInput, StaleState.
    """
    require(by, "edit", field)
    trial = Field(pk=field.pk, edition=field.edition, slug=changes.get("slug", field.slug))
    for name in ("label", "kind", "purpose", "options", "condition", "attendance"):
        setattr(trial, name, changes.get(name, getattr(field, name)))
    _check(trial, categories or ())
    _check_answered(field, trial)
    _check_needed(field, trial)
    with recording():
        changed = change(field, changes, by=by, audit="guests.field.updated", expected=expected)
        if categories is not None:
            changed |= _set_categories(field, categories, by)
        if changed:
            _tell(field, by)
    return field


def remove_field(field: Field, *, by: Actor) -> None:
    """Remove a question that nobody has answered and on which nothing depends. Raises StillUsed, StillNeeded."""
    require(by, "edit", field)
    for one in dependents_of(field):
        raise StillNeeded(what=str(field), why=str(one.words))
    with recording():
        others = Field.objects.filter(edition=field.edition_id, condition__field=field.slug)
        if Answer.objects.filter(field=field).exists() or others.exists():
            raise StillUsed(what=str(field))
        record("guests.field.removed", by=by, obj=field)
        field.delete()
        _tell(field, by)


def _check_needed(field: Field, trial: Field) -> None:
    """Refuse another address, or another kind of answer, for a question that the program finds by it."""
    for one in dependents_of(field):
        if trial.slug != field.slug or (one.kind and trial.kind != one.kind):
            raise InvalidInput(fields={"slug" if trial.slug != field.slug else "kind": [_needed(field, one)]})


def _needed(field: Field, one: Dependency) -> str:
    return str(StillNeeded(what=str(field), why=str(one.words)))


def values_of(field: Field) -> list[str]:
    """Return the values of which a condition about `field` can be made."""
    if field.kind == FieldKind.YES_NO:
        return [YES, NO]
    return [option["value"] for option in field.options] if field.kind in WITH_OPTIONS else []


def _set_categories(field: Field, categories: Collection[Category], by: Actor) -> frozenset[str]:
    before = sorted(field.categories.values_list("slug", flat=True))
    after = sorted(category.slug for category in categories)
    if before == after:
        return frozenset()
    field.categories.set(categories)
    record(
        "guests.field.updated", by=by, obj=field, before={"categories": before}, after={"categories": after}
    )
    return frozenset({"categories"})


def _check(field: Field, categories: Collection[Category]) -> None:
    errors: dict[str, list[str]] = {}
    if field.purpose.edition_id != field.edition.pk:
        errors["purpose"] = [_("Choose a purpose of this edition.")]
    if any(category.edition_id != field.edition.pk for category in categories):
        errors["categories"] = [_("Choose categories of this edition.")]
    if any(way not in set(Attendance) for way in field.attendance):
        errors["attendance"] = [_("Choose one of the ways in the list.")]
    if refusal := wrong_options(field):
        errors["options"] = [refusal]
    if refusal := _wrong_condition(field):
        errors["condition"] = [refusal]
    if errors:
        raise InvalidInput(fields=errors)


def wrong_options(field: Asked) -> str:
    """Return what is wrong with the options of a question: each has a value of its own and a label."""
    if field.kind not in WITH_OPTIONS:
        return _("Only a choice has options.") if field.options else ""
    options = field.options
    if not isinstance(options, list) or not 2 <= len(options) <= MOST_OPTIONS:
        return _("Give from 2 to %(most)d options.") % {"most": MOST_OPTIONS}
    if not all(isinstance(option, dict) and option.get("label") for option in options):
        return _("Each option needs a label.")
    values = [str(option.get("value", "")) for option in options]
    if not all(VALUE.fullmatch(value) for value in values) or len(set(values)) < len(values):
        return _("Each option needs a value of its own, of lower-case letters, digits and hyphens.")
    return ""


def _wrong_condition(field: Field) -> str:
    """Return what is wrong with the condition: it asks another field for some of its values, and never in a circle."""
    condition = field.condition
    if not condition:
        return ""
    seen = {field.slug}
    other: Field | None = field
    while other is not None and other.condition:
        slug = other.condition.get("field", "")
        if slug in seen:
            return _("A question cannot depend on itself.")
        seen.add(slug)
        asked, wanted = other, other.condition.get("in")
        other = Field.objects.filter(edition=field.edition, slug=slug).first()
        if asked is field and (other is None or other.kind not in ASKABLE):
            return _("Choose a question that is answered with a choice or with yes or no.")
        if asked is field and other is not None and other.purpose.sealed:
            return _("Nothing can depend on an answer that is sealed.")
        if asked is field and (not wanted or not set(wanted) <= set(values_of(other or field))):
            return _("Choose answers of that question.")
    return ""


def _check_answered(field: Field, trial: Field) -> None:
    turns = trial.kind != field.kind, trial.purpose.sealed != field.purpose.sealed
    if any(turns) and Answer.objects.filter(field=field).exists():
        name = "kind" if turns[0] else "purpose"
        text = _("There are answers already; this can no longer be changed.")
        raise InvalidInput(fields={name: [text]})


def _tell(field: Field, by: Actor) -> None:
    announce(CategoriesChanged(by=by, edition_id=field.edition_id, category_ids=()))
