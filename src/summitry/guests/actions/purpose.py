"""Purposes of data: why something is asked, how long it is kept, and whether it is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.guests.actions.category import free_slug
from summitry.guests.errors import StillNeeded, StillUsed
from summitry.guests.models import Answer, Purpose
from summitry.guests.queries.dependencies import dependents_of


def create_purpose(edition: Edition, *, by: Actor, name: Text, **facts: Any) -> Purpose:
    """Add a purpose; without `slug` its address comes from its name. Raises InvalidInput."""
    require(by, "edit", Purpose(edition=edition))
    purpose = Purpose(
        edition=edition, name=name, **{"slug": free_slug(Purpose, edition, name, "purpose"), **facts}
    )
    with recording():
        checked(purpose).save(force_insert=True)
        record("guests.purpose.created", by=by, obj=purpose)
    return purpose


def update_purpose(
    purpose: Purpose, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Purpose:
    """Change a purpose. Whether it is sealed is decided before anybody answers. Raises InvalidInput, StaleState."""
    require(by, "edit", purpose)
    if changes.get("slug", purpose.slug) != purpose.slug:
        for one in dependents_of(purpose):
            words = str(StillNeeded(what=str(purpose), why=str(one.words)))
            raise InvalidInput(fields={"slug": [words]})
    with recording():
        turns = changes.get("sealed", purpose.sealed) != purpose.sealed
        if turns and Answer.objects.filter(field__purpose=purpose).exists():
            raise InvalidInput(
                fields={"sealed": [_("There are answers already; this can no longer be changed.")]}
            )
        change(purpose, changes, by=by, audit="guests.purpose.updated", expected=expected)
    return purpose


def remove_purpose(purpose: Purpose, *, by: Actor) -> None:
    """Remove a purpose for which nothing is asked and on which nothing depends. Raises StillUsed, StillNeeded."""
    require(by, "edit", purpose)
    for one in dependents_of(purpose):
        raise StillNeeded(what=str(purpose), why=str(one.words))
    with recording():
        if purpose.fields.exists():
            raise StillUsed(what=str(purpose))
        record("guests.purpose.removed", by=by, obj=purpose)
        purpose.delete()
