"""A person's portrait, set by another room's action that has asked for permission itself."""

from __future__ import annotations

from summitry.directory.events import PeopleChanged
from summitry.directory.models import Person
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.models import StoredFile


def set_portrait(
    person: Person, portrait: StoredFile, *, by: Actor, edition_id: int, is_public: bool = False
) -> Person:
    """Make a stored picture somebody's portrait, public only with `is_public`. Announces PeopleChanged."""
    with recording():
        before = person.portrait_id
        Person.objects.filter(pk=person.pk).update(portrait=portrait)
        if is_public and not portrait.is_public:
            portrait.is_public = True
            portrait.save(update_fields=["is_public"])
        person.portrait = portrait
        if before != portrait.pk:
            record(
                "directory.person.portrait_set",
                by=by,
                obj=person,
                edition_id=edition_id,
                before={"portrait": before},
                after={"portrait": portrait.pk},
            )
        announce(PeopleChanged(by=by, person_ids=(person.pk,)))
    return person
