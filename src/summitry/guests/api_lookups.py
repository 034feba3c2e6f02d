"""What operations of the API find by what their bodies name: categories, delegations and people."""

from __future__ import annotations

from summitry.directory.actions.person import NameGiven, NewPerson
from summitry.directory.enums import NameUse
from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible, within
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.guests.models import Category, Delegation


def category_of(edition: Edition, slug: str) -> Category:
    """Return a category of the edition. Raises NotFound."""
    found = Category.objects.filter(edition=edition, slug=slug).first()
    if found is None:
        raise NotFound
    return found


def delegation_of(edition: Edition, actor: Actor, slug: str) -> Delegation | None:
    """Return a delegation that the asker works on, None where none is named. Raises NotFound."""
    if not slug:
        return None
    found = within(actor, Delegation.objects.filter(edition=edition, slug=slug)).first()
    if found is None:
        raise NotFound
    return found


def person_of(actor: Actor, slug: str, name: str, email: str) -> NewPerson | Person:
    """Return the person of the directory, for those who see it, or a new one by the name that is given.

    Raises NotFound, and InvalidInput where nobody is named.
    """
    if not slug:
        if not name.strip():
            raise InvalidInput(fields={"name": [str(InvalidInput.message)]})
        return NewPerson(names=[NameGiven(NameUse.LATIN, "en", name)], email=email.strip().lower())
    found = visible(actor, Person.objects.filter(slug=slug)).first()
    if found is None:
        raise NotFound
    return found
