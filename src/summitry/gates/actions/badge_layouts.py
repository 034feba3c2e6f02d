"""Layouts of badges: made of a design or copied, changed by whoever decides about badges, chosen for categories."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.gates.models import BadgeLayout
from summitry.gates.queries.badge_defaults import DESIGNS
from summitry.gates.queries.badge_elements import checked_elements, stored
from summitry.guests.models import Category


def create_layout(
    edition: Edition, *, by: Actor, name: str, design: str = "a6", categories: Collection[Category] = ()
) -> BadgeLayout:
    """Make a layout of one of the designs. Raises InvalidInput."""
    chosen = DESIGNS.get(design)
    if chosen is None:
        raise InvalidInput(fields={"design": [_("Choose one of the list.")]})
    made = BadgeLayout(
        edition=edition,
        name=" ".join(name.split()),
        width=chosen.width,
        height=chosen.height,
        elements=stored(chosen.elements),
    )
    return _kept(made, categories, by)


def copy_layout(layout: BadgeLayout, *, by: Actor, name: str) -> BadgeLayout:
    """Make a layout as another one is, for no category yet. Raises InvalidInput."""
    made = BadgeLayout(
        edition=layout.edition,
        name=" ".join(name.split()),
        width=layout.width,
        height=layout.height,
        elements=layout.elements,
        picture=layout.picture,
    )
    return _kept(made, (), by)


def change_layout(
    layout: BadgeLayout, values: Mapping[str, Any], *, by: Actor, seen: int, categories: Collection[Category]
) -> BadgeLayout:
    """Change a layout as somebody wants it who saw the revision `seen`; a category leaves the layout it had.

    Raises InvalidInput, and StaleState where somebody else was faster.
    """
    require(by, "edit", layout)
    width, height = values.get("width", layout.width), values.get("height", layout.height)
    elements = stored(checked_elements(values.get("elements", layout.elements), width, height))
    with recording():
        rows = BadgeLayout.objects.select_for_update(no_key=True)
        if rows.values_list("revision", flat=True).get(pk=layout.pk) != seen:
            raise StaleState
        wanted = {**values, "elements": elements, "revision": seen + 1}
        change(layout, wanted, by=by, audit="gates.layout.changed")
        _choose(layout, categories)
    return layout


def remove_layout(layout: BadgeLayout, *, by: Actor) -> None:
    """Remove a layout; its categories fall back to the one that names none."""
    require(by, "edit", layout)
    with recording():
        record("gates.layout.removed", by=by, obj=layout)
        layout.delete()


def _kept(made: BadgeLayout, categories: Collection[Category], by: Actor) -> BadgeLayout:
    require(by, "edit", made)
    with recording():
        checked(made).save(force_insert=True)
        _choose(made, categories)
        record("gates.layout.created", by=by, obj=made)
    return made


def _choose(layout: BadgeLayout, categories: Collection[Category]) -> None:
    ids = [each.pk for each in categories if each.edition_id == layout.edition_id]
    through = BadgeLayout.categories.through.objects
    through.filter(category__in=ids).exclude(badgelayout=layout).delete()
    layout.categories.set(ids)
