"""An edition's categories of guests: what each has to do, and what it is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from summitry.directory.queries.slugs import slug_base
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, Scope, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, Grant
from summitry.guests.enums import Capacity, Step
from summitry.guests.errors import StillUsed
from summitry.guests.events import CategoriesChanged
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import ACCREDITATION

MOST_HOURS = 24 * 90
COLOUR = re.compile("#[0-9a-f]{6}")


def create_category(edition: Edition, *, by: Actor, name: Text, capacity: str, **facts: Any) -> Category:
    """Add a category; without `slug` its address comes from its name. Announces CategoriesChanged. Raises InvalidInput."""
    require(by, "edit", Category(edition=edition))
    facts = {"slug": free_slug(Category, edition, name, capacity), **_in_order(facts)}
    facts.setdefault("position", Category.objects.filter(edition=edition).count())
    category = Category(edition=edition, name=name, capacity=Capacity(capacity), **facts)
    _check(category.steps, category.clocks, category)
    with recording():
        checked(category).save(force_insert=True)
        record("guests.category.created", by=by, obj=category)
        announce(CategoriesChanged(by=by, edition_id=edition.pk, category_ids=(category.pk,)))
    return category


def update_category(
    category: Category, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Category:
    """Change facts of a category. Announces CategoriesChanged. Raises InvalidInput, and StaleState like `change`."""
    require(by, "edit", category)
    changes = _in_order(changes)
    _check(changes.get("steps", category.steps), changes.get("clocks", category.clocks), category, changes)
    with recording():
        if change(category, changes, by=by, audit="guests.category.updated", expected=expected):
            announce(CategoriesChanged(by=by, edition_id=category.edition_id, category_ids=(category.pk,)))
    return category


def set_officers(category: Category, accounts: Collection[Account], *, by: Actor) -> None:
    """Say which accreditation officers alone decide about the guests of a category; without any, the whole office does.

    The edition’s directors do that, and decide in any case. Announces CategoriesChanged. Raises InvalidInput for somebody
    who is no officer of the edition.
    """
    require(by, "edit", category.edition)
    wanted = {account.pk: account for account in accounts}
    with recording():
        known = {account.pk: account for account in officers(category.edition)}
        if wanted.keys() - known.keys():
            raise InvalidInput(fields={"officers": [_("Choose people who are accreditation officers.")]})
        present = set(Grant.objects.filter(**_held_in(category)).values_list("account_id", flat=True))
        if present == wanted.keys():
            return
        scope = Scope("category", category.pk)
        for account in Account.objects.filter(pk__in=present - wanted.keys()):
            take_grant(account, ACCREDITATION.code, scope, by=by)
        for pk in wanted.keys() - present:
            put_grant(wanted[pk], ACCREDITATION.code, scope, by=by)
        names = sorted(str(account) for account in wanted.values())
        record("guests.category.officers_set", by=by, obj=category, officers=names)
        announce(CategoriesChanged(by=by, edition_id=category.edition_id, category_ids=(category.pk,)))


def officers(edition: Edition) -> QuerySet[Account]:
    """Return the active accreditation officers of an edition, by name."""
    held = Grant.objects.filter(role=ACCREDITATION.code, scope_kind="edition", scope_id=edition.pk)
    rows = Account.objects.filter(pk__in=held.values("account"), is_active=True)
    return rows.order_by("name", "email")


def remove_category(category: Category, *, by: Actor) -> None:
    """Remove a category that no guest ever had. Announces CategoriesChanged. Raises StillUsed."""
    require(by, "edit", category)
    with recording():
        if Guest.objects.filter(category=category).exists() or category.also_guests.exists():
            raise StillUsed(what=str(category))
        record("guests.category.removed", by=by, obj=category)
        pk = category.pk
        Grant.objects.filter(**_held_in(category)).delete()
        category.delete()
        announce(CategoriesChanged(by=by, edition_id=category.edition_id, category_ids=(pk,)))


def free_slug(model: Any, edition: Edition, name: Text, fallback: str) -> str:
    """Return an address for a new row of an edition's, from its English or first words, that no other row has."""
    longest = model._meta.get_field("slug").max_length - 4
    words = name.get("en") or str(name) or fallback
    base = slug_base([words, fallback])[:longest].strip("-") or fallback
    taken = set(model.objects.filter(edition=edition, slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, 9999) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def _held_in(category: Category) -> dict[str, Any]:
    return {"role": ACCREDITATION.code, "scope_kind": "category", "scope_id": category.pk}


def _in_order(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with the steps in the order in which they are taken."""
    steps = facts.get("steps")
    if steps is None:
        return dict(facts)
    known = [step.value for step in Step if step in steps]
    unknown = [step for step in steps if step not in set(Step)]
    return {**facts, "steps": known + unknown}


def _check(steps: Any, clocks: Any, category: Category, changes: Mapping[str, Any] | None = None) -> None:
    """Refuse steps that do not exist, clocks that make no sense, and a window that closes before it opens."""
    errors: dict[str, list[str]] = {}
    if not isinstance(steps, list) or any(step not in set(Step) for step in steps):
        errors["steps"] = [_("Choose steps of the list.")]
    hours = clocks.values() if isinstance(clocks, dict) else [None]
    if any(not isinstance(value, int) or not 1 <= value <= MOST_HOURS for value in hours):
        errors["clocks"] = [_("Give whole hours from 1 to %(most)d.") % {"most": MOST_HOURS}]
    elif any(step not in set(Step) for step in clocks):
        errors["clocks"] = [_("Choose steps of the list.")]
    if not COLOUR.fullmatch((changes or {}).get("colour", category.colour)):
        errors["colour"] = [_("Give a colour, such as #1f4f8b.")]
    facts = {"opens_at": category.opens_at, "closes_at": category.closes_at, **(changes or {})}
    if facts["opens_at"] and facts["closes_at"] and facts["closes_at"] <= facts["opens_at"]:
        errors["closes_at"] = [_("It has to close after it opens.")]
    if errors:
        raise InvalidInput(fields=errors)
