"""Writing what a plan says: people, posts, guests and drafts of their invitations, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from summitry.directory.actions.organisation import NewOrganisation, create_organisations
from summitry.directory.actions.person import NewPerson, PostGiven, create_people
from summitry.directory.models import Entity, Organisation, Person
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import SILENT, Tracker
from summitry.guests.actions.guest import GuestFacts, NewGuest, add_guests
from summitry.guests.actions.importing.columns import plain
from summitry.guests.actions.importing.planning import Fate, ImportPlan, Planned, free_places
from summitry.guests.actions.importing.rows import GuestRow
from summitry.guests.actions.invitation import draft_invitations
from summitry.guests.enums import Source
from summitry.guests.errors import QuotaFull
from summitry.guests.models import Category, Delegation, Guest, ImportedRow, Invitation

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many people are new, how many guests there are more, and how many rows were left out for lack of a decision."""

    people: int
    guests: int
    left: int

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.guests)


def apply_import(plan: ImportPlan, *, by: Actor, watch: Tracker = SILENT) -> ImportResult:
    """Write what `plan` says. Announces PeopleChanged, GuestsChanged and InvitationsChanged.

    Raises StaleState where somebody has imported or added the same people since the plan was made, and QuotaFull where a
    delegation's places were taken; then nothing is written.
    """
    edition = plan.edition
    require(by, "nominate", Guest(edition=edition))
    require(by, "edit", Invitation(guest=Guest(edition=edition)))
    writing = [planned for planned in plan.rows if planned.fate in (Fate.NEW, Fate.SAME)]
    left = sum(planned.fate is Fate.DOUBT for planned in plan.rows)
    if not plan.writes:
        return ImportResult(0, 0, left)
    watch.stage("write")
    try:
        with recording():
            _check_places(plan, writing)
            guests = _write(plan, writing, by, watch)
            _remember(plan, guests)
            record("guests.imported", by=by, obj=edition, edition_id=edition.pk, count=len(guests))
    except IntegrityError as error:
        raise StaleState from error
    people = sum(planned.fate is Fate.NEW for planned in writing)
    return ImportResult(people, len(guests), left)


def _write(plan: ImportPlan, writing: Sequence[Planned], by: Actor, watch: Tracker) -> dict[int, int]:
    """Write the rows in portions; return the guest of each by the number of its row."""
    house = system(
        by.label
    )  # the guest office keeps no directory: whom it imports becomes a person by the house
    edition = plan.edition
    organisations = _organisations({p.row.organisation for p in writing if p.fate is Fate.NEW}, house)
    categories = Category.objects.filter(edition=edition).in_bulk()
    delegations = Delegation.objects.filter(edition=edition).in_bulk()
    entities = Entity.objects.in_bulk({p.row.entity_id for p in writing if p.row.entity_id})
    guests: dict[int, int] = {}
    for done, part in _portions(writing):
        new = [planned.row for planned in part if planned.fate is Fate.NEW]
        made = create_people((_person(row, organisations, entities) for row in new), by=house)
        people = {row.number: person for row, person in zip(new, made, strict=True)}
        chosen = Person.objects.in_bulk({p.person_id for p in part if p.person_id})
        rows = []
        for planned in part:
            row, person_id = planned.row, planned.person_id
            person = people[row.number] if person_id is None else chosen[person_id]
            facts: GuestFacts = {
                "source": Source.IMPORTED,
                "attendance": row.attendance,
                "delegation": delegations[row.delegation_id] if row.delegation_id else None,
                "language": row.language,
            }
            rows.append(NewGuest(person, categories[row.category_id], facts))
        added = add_guests(edition, rows, by=by)
        draft_invitations(added, by=by)
        guests |= {planned.row.number: guest.pk for planned, guest in zip(part, added, strict=True)}
        watch.step(done, len(writing))
    return guests


def _remember(plan: ImportPlan, guests: Mapping[int, int]) -> None:
    """Note which guest each row is, so that the same row changes nothing when it comes again."""
    known = {planned.person_id: 0 for planned in plan.rows if planned.fate is Fate.GUEST}
    ids = list(known)
    for start in range(0, len(ids), _CHUNK):
        found = Guest.objects.filter(edition=plan.edition, person__in=ids[start : start + _CHUNK])
        known |= dict(found.values_list("person_id", "pk"))
    numbers = dict(guests)
    rows = []
    for planned in plan.rows:
        number = planned.row.number
        if planned.fate is Fate.GUEST:
            numbers[number] = known[planned.person_id]
        elif planned.fate is Fate.ROW and planned.like_row in numbers:
            numbers[number] = numbers[planned.like_row]
        if number in numbers:
            rows.append(
                ImportedRow(edition=plan.edition, digest=planned.row.digest, guest_id=numbers[number])
            )
    ImportedRow.objects.bulk_create(rows, batch_size=_CHUNK)


def _check_places(plan: ImportPlan, writing: Sequence[Planned]) -> None:
    """Raise QuotaFull where somebody has taken a place since the plan was made."""
    free = free_places(plan.edition, {p.row.delegation_id for p in writing if p.row.delegation_id})
    for planned in writing:
        key = (planned.row.delegation_id, planned.row.category_id)
        if key in free:
            if free[key] <= 0:
                raise QuotaFull(places=0)
            free[key] -= 1


def _organisations(names: set[str], house: Actor) -> dict[str, Organisation]:
    """Return the organisations of these names, new ones for those that no organisation has."""
    wanted = {plain(name): name for name in sorted(names) if plain(name)}
    found: dict[str, Organisation] = {}
    if not wanted:
        return found
    for organisation in Organisation.objects.defer("website").iterator(chunk_size=2000):
        for text in (*organisation.name.texts.values(), *organisation.short_name.texts.values()):
            if plain(text) in wanted:
                found.setdefault(plain(text), organisation)
    missing = [words for words in wanted if words not in found]
    for start in range(0, len(missing), _CHUNK):
        part = missing[start : start + _CHUNK]
        made = create_organisations((NewOrganisation(name=Text.of(wanted[w])) for w in part), by=house)
        found |= dict(zip(part, made, strict=True))
    return found


def _person(
    row: GuestRow, organisations: Mapping[str, Organisation], entities: Mapping[int, Entity]
) -> NewPerson:
    organisation = organisations.get(plain(row.organisation)) if row.organisation else None
    posts: Iterable[PostGiven] = ()
    if organisation is not None:
        posts = (PostGiven(organisation=organisation, title=Text.of(row.post) if row.post else Text()),)
    return NewPerson(
        names=row.names(),
        honorific=Text.of(row.honorific) if row.honorific else Text(),
        entity=entities.get(row.entity_id) if row.entity_id else None,
        email=row.email,
        languages=[row.language] if row.language else [],
        posts=tuple(posts),
    )


def _portions(rows: Sequence[Planned]) -> Iterator[tuple[int, Sequence[Planned]]]:
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        yield start + len(part), part
