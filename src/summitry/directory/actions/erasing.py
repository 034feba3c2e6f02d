"""Erasing a person: what was known of her goes, the row remains for what it holds together."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.directory.events import PeopleChanged
from summitry.directory.models import Affiliation, Person, PersonName
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.files.shredding import shred_files
from summitry.foundation.i18n import Text


def empty_person(person: Person, *, by: Actor) -> Person:
    """Erase everything that the directory knows of a person but that she was one. Announces PeopleChanged.

    Part of an action that has asked for permission and knows that she did nothing in public.
    """
    portrait = person.portrait
    with recording():
        PersonName.objects.filter(person=person).delete()
        Affiliation.objects.filter(person=person).delete()
        person.slug = f"erased-{person.public_id.hex}"[:80]
        person.reference_name = _("Erased")
        person.honorific, person.biography = Text(), Text()
        person.email, person.languages = "", []
        person.entity, person.portrait, person.account = None, None, None
        person.save()
        if portrait is not None:
            shred_files([portrait])
        record("directory.person.erased", by=by, obj=person)
        announce(PeopleChanged(by=by, person_ids=(person.pk,)))
    return person
