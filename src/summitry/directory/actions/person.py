"""Adding and changing people and their names, one by one or many at once.

Names are taken as they are given: none is split, completed or derived from another.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from summitry.directory.enums import NameUse
from summitry.directory.errors import NameMissing, NameTwice
from summitry.directory.events import PeopleChanged
from summitry.directory.models import Affiliation, Entity, Organisation, Person, PersonName
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.directory.queries.slugs import ATTEMPTS, free_slugs, slug_base
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, refusal
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, StoredFile

_BATCH = 500
_WITHHELD = frozenset({"email"})  # the log outlives the person's data


@dataclass(frozen=True, slots=True)
class NameGiven:
    """One name as its owner gives it: what it is for, its language, the words, and how it sorts in that language."""

    use: NameUse
    lang: str
    text: str
    sort_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostGiven:
    """A post that a new person holds."""

    organisation: Organisation
    title: Text = field(default_factory=Text)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to be added. Without `reference_name`, the Latin form or else the first name serves as such."""

    names: Sequence[NameGiven] = ()
    reference_name: str = ""
    honorific: Text = field(default_factory=Text)
    biography: Text = field(default_factory=Text)
    entity: Entity | None = None
    email: str = ""
    languages: Sequence[str] = ()
    portrait: StoredFile | None = None
    account: Account | None = None
    posts: Sequence[PostGiven] = ()
    slug: str = ""
    public_id: uuid.UUID | None = None


class PersonChanges(TypedDict, total=False):
    """What `update_person` can change."""

    reference_name: str
    honorific: Text
    biography: Text
    entity: Entity | None
    email: str
    languages: list[str]
    portrait: StoredFile | None
    account: Account | None


def create_person(new: NewPerson, *, by: Actor) -> Person:
    """Add one person with her names and posts. Announces PeopleChanged."""
    require(by, "create", model=Person)
    with recording():
        person = _insert([new])[0]
        record("directory.person.created", by=by, obj=person)
        announce(PeopleChanged(by=by, person_ids=(person.pk,)))
    return person


def create_people(rows: Iterable[NewPerson], *, by: Actor) -> list[Person]:
    """Add many people in a few statements, with one audit entry; all or none. Announces PeopleChanged."""
    require(by, "create", model=Person)
    new = list(rows)
    if not new:
        return []
    with recording():
        people = _insert(new)
        ids = tuple(person.pk for person in people)
        record("directory.people.created", by=by, count=len(people), after={"people": ids})
        announce(PeopleChanged(by=by, person_ids=ids))
    return people


def update_person(
    person: Person, *, by: Actor, expected: PersonChanges | None = None, **changes: Unpack[PersonChanges]
) -> Person:
    """Change facts about a person. Raises StaleState where somebody changed the same facts first.

    Announces PeopleChanged where anything differs.
    """
    require(by, "edit", person)
    with recording():
        if change(
            person,
            changes,
            by=by,
            audit="directory.person.changed",
            expected=expected,
            withhold=_WITHHELD,
        ):
            announce(PeopleChanged(by=by, person_ids=(person.pk,)))
    return person


def set_names(person: Person, names: Sequence[NameGiven], *, by: Actor) -> Person:
    """Replace all names of a person by `names`. Announces PeopleChanged where anything differs."""
    require(by, "edit", person)
    wanted = checked_names(names)
    if not wanted:
        raise NameMissing
    with recording():
        if not Person.objects.select_for_update().filter(pk=person.pk).exists():
            raise NotFound
        present = {(row.use, row.lang): row for row in PersonName.objects.filter(person=person)}
        before = {_label(row.use, row.lang): row.text for row in present.values()}
        old = {key: (row.text, row.sort_key) for key, row in present.items()}
        new = {(str(name.use), name.lang): (name.text, name.sort_key) for name in wanted}
        if old == new:
            return person
        PersonName.objects.filter(pk__in=[present[key].pk for key in old if key not in new]).delete()
        PersonName.objects.bulk_create(
            [
                PersonName(person=person, use=n.use, lang=n.lang, text=n.text, sort_key=n.sort_key)
                for n in wanted
            ],
            update_conflicts=True,
            unique_fields=["person", "use", "lang"],
            update_fields=["text", "sort_key"],
        )
        after = {_label(use, lang): text for (use, lang), (text, _key) in new.items()}
        record("directory.person.renamed", by=by, obj=person, before=_public(before), after=_public(after))
        announce(PeopleChanged(by=by, person_ids=(person.pk,)))
    return person


def checked_names(names: Sequence[NameGiven]) -> list[NameGiven]:
    """Return the names with surrounding space removed and tags in lower case; raise InvalidInput for a bad one."""
    wanted = [
        NameGiven(
            NameUse(name.use),
            name.lang.strip().lower().replace("_", "-"),
            " ".join(name.text.split()),
            " ".join(name.sort_key.split()),
        )
        for name in names
    ]
    seen: set[tuple[str, str]] = set()
    for name in wanted:
        if (name.use, name.lang) in seen:
            raise NameTwice(lang=name.lang)
        seen.add((name.use, name.lang))
        try:
            PersonName(use=name.use, lang=name.lang, text=name.text, sort_key=name.sort_key).clean_fields(
                exclude=["person"]
            )
        except ValidationError as error:
            raise refusal(error) from error
    return wanted


def _insert(new: Sequence[NewPerson]) -> list[Person]:
    named = [checked_names(row.names) for row in new]
    for _attempt in range(ATTEMPTS):
        with suppress(IntegrityError), transaction.atomic():
            return _insert_rows(new, named)
    raise StaleState


def _insert_rows(new: Sequence[NewPerson], named: Sequence[Sequence[NameGiven]]) -> list[Person]:
    references = [_reference(row, names) for row, names in zip(new, named, strict=True)]
    bases = [
        row.slug or slug_base([_text(names, NameUse.LATIN), _text(names, NameUse.DISPLAY), reference])
        for row, names, reference in zip(new, named, references, strict=True)
    ]
    slugs = free_slugs(Person, bases)
    people = [_person(row, ref, slug) for row, ref, slug in zip(new, references, slugs, strict=True)]
    Person.objects.bulk_create(people, batch_size=_BATCH)
    PersonName.objects.bulk_create(
        [
            PersonName(person=person, use=name.use, lang=name.lang, text=name.text, sort_key=name.sort_key)
            for person, names in zip(people, named, strict=True)
            for name in names
        ],
        batch_size=_BATCH * 4,
    )
    Affiliation.objects.bulk_create(
        [
            Affiliation(
                person=person,
                organisation=post.organisation,
                title=post.title,
                starts_on=post.starts_on,
                ends_on=post.ends_on,
                position=position,
            )
            for person, row in zip(people, new, strict=True)
            for position, post in enumerate(row.posts)
        ],
        batch_size=_BATCH,
    )
    return people


def _person(row: NewPerson, reference: str, slug: str) -> Person:
    person = Person(
        slug=slug,
        reference_name=reference,
        honorific=row.honorific,
        biography=row.biography,
        entity=row.entity,
        email=row.email,
        languages=list(row.languages),
        portrait=row.portrait,
        account=row.account,
        **({"public_id": row.public_id} if row.public_id else {}),
    )
    try:
        person.clean_fields(exclude=["entity", "portrait", "account"])
    except ValidationError as error:
        raise refusal(error) from error
    return person


def _reference(row: NewPerson, names: Sequence[NameGiven]) -> str:
    given = " ".join(row.reference_name.split())
    reference = (
        given or _text(names, NameUse.LATIN) or _text(names, NameUse.DISPLAY) or _text(names, NameUse.NATIVE)
    )
    if not reference:
        raise NameMissing
    return reference


def _text(names: Sequence[NameGiven], use: NameUse) -> str:
    texts = [name.text for name in names if name.use == use]
    return next((text for text in texts if script_of(text) == LATIN), texts[0] if texts else "")


def _label(use: str, lang: str) -> str:
    return f"{use}:{lang}"


def _public(names: dict[str, str]) -> dict[str, str]:
    passport = f"{NameUse.PASSPORT}:"
    return {label: "…" if label.startswith(passport) else text for label, text in names.items()}
