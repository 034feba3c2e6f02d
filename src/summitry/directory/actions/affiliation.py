"""The dated posts that people hold in organisations."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from django.db.models import Max

from summitry.directory.events import PeopleChanged
from summitry.directory.models import Affiliation, Organisation, Person
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.i18n import Text


class AffiliationChanges(TypedDict, total=False):
    """What `update_affiliation` can change."""

    title: Text
    starts_on: dt.date | None
    ends_on: dt.date | None
    position: int


def add_affiliation(
    person: Person,
    organisation: Organisation,
    *,
    by: Actor,
    title: Text | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Affiliation:
    """Record that `person` holds a post, after those she holds already. Announces PeopleChanged."""
    require(by, "edit", person)
    with recording():
        last = person.affiliations.aggregate(last=Max("position"))["last"]
        affiliation = Affiliation(
            person=person,
            organisation=organisation,
            title=title or Text(),
            starts_on=starts_on,
            ends_on=ends_on,
            position=0 if last is None else last + 1,
        )
        checked(affiliation).save()
        record("directory.affiliation.added", by=by, obj=person, organisation=str(organisation))
        announce(PeopleChanged(by=by, person_ids=(person.pk,)))
    return affiliation


def end_affiliation(affiliation: Affiliation, ends_on: dt.date, *, by: Actor) -> Affiliation:
    """Record the last day of a post. Announces PeopleChanged."""
    return update_affiliation(affiliation, by=by, ends_on=ends_on)


def update_affiliation(
    affiliation: Affiliation, *, by: Actor, **changes: Unpack[AffiliationChanges]
) -> Affiliation:
    """Correct a post's title, dates or place in the list. Announces PeopleChanged where anything differs."""
    require(by, "edit", affiliation.person)
    with recording():
        if change(affiliation, changes, by=by, audit="directory.affiliation.changed"):
            announce(PeopleChanged(by=by, person_ids=(affiliation.person_id,)))
    return affiliation


def remove_affiliation(affiliation: Affiliation, *, by: Actor) -> None:
    """Take back a post that was recorded by mistake; one that has ended is ended instead. Announces PeopleChanged."""
    person = affiliation.person
    require(by, "edit", person)
    with recording():
        before = {
            "title": affiliation.title,
            "starts_on": affiliation.starts_on,
            "ends_on": affiliation.ends_on,
        }
        organisation = str(affiliation.organisation)
        affiliation.delete()
        record("directory.affiliation.removed", by=by, obj=person, before=before, organisation=organisation)
        announce(PeopleChanged(by=by, person_ids=(person.pk,)))
