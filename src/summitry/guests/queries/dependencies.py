"""What the program itself finds by the address of a question or a purpose, and so must not lose unawares.

An office may word, move and ask as it likes; but where letters, lists or a room above look for an address, removing or
renaming it is refused as long as they do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.guests.enums import FieldKind, Rule, Step
from summitry.guests.models import Category, Field, Purpose
from summitry.guests.queries.questions import VISA

SCREENED = ("screening", "passport")
"""The purposes whose answers go out for screening, and no others."""


class Dependency(NamedTuple):
    """What depends on an address: in words, and whether it does in an edition. `kind` is how a question has to be answered."""

    words: str | Promise
    holds: Callable[[Edition], bool]
    kind: str = ""


_dependencies: dict[tuple[type[Field | Purpose], str], list[Dependency]] = {}


def register_dependency(model: type[Field | Purpose], slug: str, dependency: Dependency) -> None:
    """Declare, when the application starts, that something depends on the question or purpose of this address."""
    found = _dependencies.setdefault((model, slug), [])
    if dependency not in found:
        found.append(dependency)


def dependents_of(row: Field | Purpose) -> list[Dependency]:
    """Return what depends on a question or a purpose by its address; without one of these this asks nothing."""
    known = _dependencies.get((type(row), row.slug), [])
    return [one for one in known if one.holds(row.edition)]


def _gives_letters(edition: Edition) -> bool:
    return Category.objects.filter(edition=edition).exclude(visa=Rule.NEVER).exists()


def _screens(edition: Edition) -> bool:
    rows = Category.objects.filter(edition=edition).values_list("steps", flat=True)
    return any(Step.SCREENING in steps for steps in rows)


register_dependency(
    Field,
    VISA,
    Dependency(
        _("Whoever answers yes is put on the list of those who wait for a visa letter."),
        _gives_letters,
        FieldKind.YES_NO,
    ),
)
for _slug in SCREENED:
    register_dependency(
        Purpose, _slug, Dependency(_("What is asked for it goes out with the screening lists."), _screens)
    )
