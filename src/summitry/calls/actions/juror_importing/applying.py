"""Writing what a plan says: people, their organisations and their appointments, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summitry.calls.actions.juror import JurorFacts, appoint_juror, invite_juror
from summitry.calls.actions.juror_importing.planning import Fate, ImportPlan
from summitry.calls.actions.juror_importing.rows import JurorRow
from summitry.calls.models import Call
from summitry.calls.queries.known_organisations import known_organisations
from summitry.directory.actions.organisation import NewOrganisation, create_organisations
from summitry.directory.actions.person import NewPerson, PostGiven, create_people
from summitry.directory.models import Entity, Organisation, Person
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import SILENT, Tracker
from summitry.guests.actions.importing.columns import plain


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many people are new, how many jurors there are more, and how many rows were left out for lack of a decision."""

    people: int
    jurors: int
    left: int


def apply_import(
    plan: ImportPlan, *, by: Actor, invites: bool = False, watch: Tracker = SILENT
) -> ImportResult:
    """Write the rows of `plan` that are decided: everybody is proposed for the jury, with `invites` also invited.

    Announces PeopleChanged and JuryChanged. Raises StaleState where somebody was appointed since the plan was made, and
    PermissionRefused; then nothing is written.
    """
    require(by, "edit", plan.call)
    left = sum(planned.fate is Fate.DOUBT for planned in plan.rows)
    writing = [planned for planned in plan.rows if planned.fate in (Fate.NEW, Fate.SAME)]
    if not writing:
        return ImportResult(0, 0, left)
    watch.stage("write")
    call = Call.objects.select_related("edition").get(pk=plan.call.pk)
    new = [planned.row for planned in writing if planned.fate is Fate.NEW]
    with recording():
        # Call managers keep no directory: whom they import becomes a person by the house, and so do organisations.
        house = system(by.label)
        organisations = _organisations({planned.row.organisation for planned in writing}, house)
        entities = Entity.objects.in_bulk(
            {planned.row.entity_id for planned in writing if planned.row.entity_id}
        )
        made = create_people((_person(row, organisations, entities) for row in new), by=house)
        people = {row.number: person for row, person in zip(new, made, strict=True)}
        chosen = Person.objects.select_related("account").in_bulk(
            {p.person_id for p in writing if p.person_id}
        )
        for done, planned in enumerate(writing, 1):
            row = planned.row
            person = people[row.number] if planned.person_id is None else chosen[planned.person_id]
            facts = _facts(row, organisations, entities)
            try:
                juror = appoint_juror(call, person, by=by, **facts)
            except InvalidInput as error:
                raise StaleState from error
            if invites:
                invite_juror(juror, by=by)
            watch.step(done, len(writing))
        record("calls.jurors.imported", by=by, obj=call, edition_id=call.edition_id, count=len(writing))
    return ImportResult(len(new), len(writing), left)


def _facts(
    row: JurorRow, organisations: Mapping[str, Organisation], entities: Mapping[int, Entity]
) -> JurorFacts:
    """Return what a row says of the juror; what it does not say is taken from the directory."""
    facts: JurorFacts = {}
    if row.organisation:
        facts["organisation"] = organisations[row.organisation]
    if row.entity_id:
        facts["entity"] = entities[row.entity_id]
    if row.languages:
        facts["languages"] = list(row.languages)
    if row.expertise:
        facts["expertise"] = list(row.expertise)
    if row.most is not None:
        facts["most"] = row.most
    if row.words:
        facts["words"] = row.words
    return facts


def _organisations(names: Iterable[str], house: Actor) -> dict[str, Organisation]:
    """Return the organisations of these names as they are written; new ones where none is called so, or two are."""
    wanted = {name for name in names if name}
    known = known_organisations(wanted)
    found = Organisation.objects.in_bulk(set(known.values()))
    missing = {plain(name): name for name in sorted(wanted - known.keys(), reverse=True)}
    made = create_organisations((NewOrganisation(name=Text.of(name)) for name in missing.values()), by=house)
    fresh = dict(zip(missing, made, strict=True))
    return {name: found[known[name]] if name in known else fresh[plain(name)] for name in wanted}


def _person(
    row: JurorRow, organisations: Mapping[str, Organisation], entities: Mapping[int, Entity]
) -> NewPerson:
    organisation = organisations.get(row.organisation)
    return NewPerson(
        names=row.names(),
        entity=entities.get(row.entity_id) if row.entity_id else None,
        email=row.email,
        languages=list(row.languages),
        posts=(PostGiven(organisation=organisation, title=Text()),) if organisation else (),
    )
