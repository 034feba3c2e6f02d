"""The facts that conflicts of interest are looked for in, read for a whole call in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from summitry.calls.enums import LEFT, ConflictKind, ConflictSource, EntryState, MemberState
from summitry.calls.models import (
    Call,
    Conflict,
    Entry,
    Juror,
    Member,
    Nomination,
    OrganisationGroup,
    Relation,
)
from summitry.calls.permissions_judging import BARRING
from summitry.calls.queries.deriving import Case, Facts, House, Human, Judge, Named
from summitry.calls.queries.jurors import SITTING
from summitry.calls.queries.likely_names import organisation_keys
from summitry.directory.models import Affiliation, Organisation
from summitry.directory.queries.names import names_of
from summitry.foundation import clock

_ADVISING = (
    "advis", "mentor", "supervis", "tutor", "coach", "conseill", "directeur de th", "directrice de th", "asesor", "tutora",
    "научный руковод", "консультант", "наставник", "导师", "指导", "顾问", "مشرف", "مستشار", "موجه",
)  # fmt: skip
"""Words in a member's part that say she advises the others."""


def facts_of(call: Call) -> Facts:
    """Return the facts of a call: its jury, its entries, and who works together on any entry of the summit, of whatever year."""
    houses = _Houses()
    judges = _judges(call, houses)
    return Facts(
        judges=tuple(judges),
        cases=tuple(_cases(call, houses)),
        groups=_groups(call),
        declared=_declared(call, judges),
        bars_same_entity=call.bars_same_entity,
    )


class _Houses:
    """Institutions of the directory, each read once."""

    def __init__(self) -> None:
        self.by_id: dict[int, House] = {}

    def read(self, ids: Iterable[int | None]) -> None:
        missing = {pk for pk in ids if pk is not None} - self.by_id.keys()
        rows = Organisation.objects.filter(pk__in=missing).values_list("pk", "name", "short_name", "website")
        for pk, name, short, website in rows if missing else ():
            names = (*name.texts.values(), *short.texts.values())
            self.by_id[pk] = House(pk, tuple(text for text in names if text), website)

    def of(self, ids: Iterable[int | None], *names: str) -> tuple[House, ...]:
        known = [self.by_id[pk] for pk in ids if pk in self.by_id]
        return (*known, *(House(None, (name,)) for name in names if name))


def _judges(call: Call, houses: _Houses) -> list[Judge]:
    jurors = list(Juror.objects.filter(call=call, state__in=SITTING).select_related("person", "account"))
    people = [juror.person_id for juror in jurors]
    names = names_of(people)
    posts = _posts(people)
    houses.read([juror.organisation_id for juror in jurors])
    houses.read(pk for held in posts.values() for pk in held)
    found = []
    for juror in jurors:
        emails = [juror.person.email, juror.account.email if juror.account else ""]
        own = dict.fromkeys([juror.organisation_id, *posts.get(juror.person_id, ())])
        human = Human(
            juror.person_id,
            tuple(names.spellings(juror.person_id)),
            tuple(email for email in emails if email),
            houses.of(own),
        )
        found.append(Judge(juror.pk, human, juror.entity_id or juror.person.entity_id))
    return found


def _cases(call: Call, houses: _Houses) -> list[Case]:
    entries = (
        Entry.objects.filter(call__edition__summit__editions=call.edition_id)
        .exclude(state=EntryState.DRAFT)
        .order_by("pk")
    )
    people = _people(call, houses)
    nominators: dict[int, list[str]] = defaultdict(list)
    rows = Nomination.objects.filter(call=call, entry__isnull=False)
    for entry_id, email in rows.values_list("entry_id", "nominator_email"):
        nominators[entry_id].append(email)
    named: dict[int, list[Named]] = defaultdict(list)
    for relation in Relation.objects.filter(entry__call=call):
        named[relation.entry_id].append(
            Named(relation.pk, relation.name, relation.organisation_name, relation.kind)
        )
    rows_ = list(
        entries.values_list(
            "pk",
            "call_id",
            "state",
            "contact_name",
            "contact_email",
            "organisation_id",
            "organisation_name",
            "entity_id",
        )
    )
    houses.read(row[5] for row in rows_)
    found = []
    for pk, call_id, state, name, email, organisation, organisation_name, entity in rows_:
        contact = Human(None, (name,) if name else (), (email,) if email else ())
        found.append(
            Case(
                pk,
                (contact, *people.get(pk, ())),
                houses.of([organisation], organisation_name),
                entity,
                tuple(nominators.get(pk, ())),
                tuple(named.get(pk, ())),
                is_judged=call_id == call.pk and state not in LEFT,
            )
        )
    return found


def _people(call: Call, houses: _Houses) -> dict[int, list[Human]]:
    """Return the members of all entries of the summit's editions, but those who say that they are none."""
    rows = Member.objects.filter(entry__call__edition__summit__editions=call.edition_id).exclude(
        Q(state=MemberState.DENIED) | Q(entry__state=EntryState.DRAFT)
    )
    members = list(
        rows.values_list(
            "entry_id", "name", "email", "organisation_name", "part", "person_id", "person__email"
        )
    )
    posts = _posts(row[5] for row in members)
    houses.read(pk for held in posts.values() for pk in held)
    found: dict[int, list[Human]] = defaultdict(list)
    for entry_id, name, email, house, part, person_id, known_email in members:
        found[entry_id].append(
            Human(
                person_id,
                (name,),
                tuple(address for address in (email, known_email) if address),
                houses.of(posts.get(person_id, ()), house),
                advises=any(word in part.casefold() for word in _ADVISING),
            )
        )
    return found


def _posts(people: Iterable[int | None]) -> dict[int, list[int]]:
    """Return the organisations in which people hold a post today."""
    ids = {pk for pk in people if pk is not None}
    if not ids:
        return {}
    today = clock.now().date()
    rows = Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), person__in=ids)
    found: dict[int, list[int]] = defaultdict(list)
    for person_id, organisation_id in rows.values_list("person_id", "organisation_id"):
        found[person_id].append(organisation_id)
    return found


def _groups(call: Call) -> dict[str, int]:
    return {
        key: group.pk
        for group in OrganisationGroup.objects.filter(call=call)
        for name in (group.name, *group.members)
        for key in organisation_keys(str(name))
    }


def _declared(call: Call, judges: Iterable[Judge]) -> tuple[tuple[int, int, str], ...]:
    """Return who advises or funds whom, as jurors, entrants and the office say: it holds for the entrant's other entries.

    What a juror of this call declared in another one, of whatever year, is among it.
    """
    jurors = {judge.human.person_id: judge.id for judge in judges}
    rows = Conflict.objects.filter(
        juror__person__juries__call=call,
        state__in=BARRING,
        kind__in=(ConflictKind.ADVISER, ConflictKind.FUNDER),
    ).filter(entry__call__edition__summit__editions=call.edition_id)
    found = rows.exclude(source=ConflictSource.DERIVED).order_by("pk")
    return tuple(
        (jurors[person_id], entry_id, kind)
        for person_id, entry_id, kind in found.values_list("juror__person_id", "entry_id", "kind")
        if person_id in jurors
    )
