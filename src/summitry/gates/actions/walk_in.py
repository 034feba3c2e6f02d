"""Walk-ins: somebody without an invitation is registered at the desk, in a category about which nobody has to decide."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.directory.actions.person import NameGiven, NewPerson, create_person
from summitry.directory.enums import NameUse
from summitry.directory.models import Entity
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput
from summitry.gates.actions.credentials import issue
from summitry.gates.models import Credential
from summitry.guests.actions.guest import put_guest
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState, Source, Step
from summitry.guests.models import Category

DECIDED = frozenset({Step.SCREENING, Step.DECISION})
LONGEST_NAME = 200
UNDETERMINED = "und"  # as BCP 47 calls a language that nobody stated


def walk_in_categories(edition: Edition) -> list[Category]:
    """Return the categories of an edition in which the desk may register somebody: those that nobody has to decide about."""
    rows = Category.objects.filter(edition=edition)
    return [row for row in rows if not DECIDED.intersection(row.steps)]


def register_walk_in(
    edition: Edition,
    *,
    by: Actor,
    name: str,
    category: str,
    name2: str = "",
    organisation: str = "",
    entity: str = "",
    note: str = "",
) -> Credential:
    """Make somebody at the desk a guest, accredit her and return her badge.

    Raises InvalidInput by field, and what adding a guest raises.
    """
    require(by, "print", Credential(edition=edition))
    found = {row.slug: row for row in walk_in_categories(edition)}
    errors = {}
    if not name:
        errors["name"] = [_("Please give a name.")]
    if category not in found:
        errors["category"] = [_("Nobody is registered at the desk in this category.")]
    represented = Entity.objects.filter(code=entity).first() if entity else None
    if entity and represented is None:
        errors["entity"] = [_("This country or region is not known.")]
    if errors:
        raise InvalidInput(fields=errors)
    desk = system(by.label)
    names = _names(name, name2)
    with recording():
        person = create_person(NewPerson(reference_name=name, names=names, entity=represented), by=desk)
        guest = put_guest(
            edition,
            person,
            found[category],
            by=desk,
            source=Source.DESK,
            state=GuestState.SUBMITTED,
            deskword=note,
        )
        if organisation:
            type(guest).objects.filter(pk=guest.pk).update(badge_line=organisation)
        record("gates.walk_in", by=by, obj=guest)
        move(guest, GuestState.CONFIRMED, by=desk)
        return issue(guest, by=desk)


def _names(*texts: str) -> list[NameGiven]:
    """Return the first name in Latin letters and the first in others; nobody at the desk is asked for their language."""
    names: dict[NameUse, NameGiven] = {}
    for text in filter(None, texts):
        is_latin = script_of(text) == LATIN
        use = NameUse.LATIN if is_latin else NameUse.NATIVE
        names.setdefault(use, NameGiven(use, "en" if is_latin else UNDETERMINED, text))
    return list(names.values())
