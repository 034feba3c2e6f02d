"""What rules of eligibility look at, read for all entries of a call in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Q

from summitry.calls.enums import LEFT, EntryState, MemberState
from summitry.calls.models import Attachment, Call, Entry, Laureate, Member
from summitry.calls.queries.eligibility_rules import Around, Subject
from summitry.calls.queries.entry_form import area_slug, form_of
from summitry.calls.queries.likely_names import organisation_keys


def around_of(call: Call) -> Around:
    """Return what is known beside single entries: laureates of other editions, and who entered what."""
    laureates: dict[str, set[int]] = defaultdict(set)
    rows = Laureate.objects.filter(
        entry__call__announced_at__isnull=False,
        revoked_at=None,
        entry__call__edition__year__lte=call.edition.year,
    ).exclude(entry__call__edition=call.edition_id)
    for year, organisation, written in rows.values_list(
        "entry__call__edition__year", "entry__organisation_id", "entry__organisation_name"
    ):
        for house in houses_of(organisation, written):
            laureates[house].add(year)
    entered: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    entries = Entry.objects.filter(call=call).exclude(state__in={EntryState.DRAFT} | LEFT)
    for number, area, organisation, written in entries.values_list(
        "number", "area_id", "organisation_id", "organisation_name"
    ):
        for house in houses_of(organisation, written):
            entered[house, area].add(number)
    return Around(call.edition.year, laureates, entered)


def subjects_of(call: Call, entries: Sequence[Entry]) -> dict[int, Subject]:
    """Return entries of one call as rules look at them, by id (five queries)."""
    form = form_of(call)
    ids = [entry.pk for entry in entries]
    files: dict[int, set[str]] = defaultdict(set)
    for entry_id, slug in Attachment.objects.filter(entry__in=ids).values_list("entry_id", "slug"):
        files[entry_id].add(slug)
    team = {
        entry_id: (unconfirmed, denied)
        for entry_id, unconfirmed, denied in Member.objects.filter(entry__in=ids)
        .values_list("entry_id")
        .annotate(
            unconfirmed=Count("pk", filter=Q(state=MemberState.ASKED)),
            denied=Count("pk", filter=Q(state=MemberState.DENIED)),
        )
        .order_by()
    }
    found = {}
    for entry in entries:
        unconfirmed, denied = team.get(entry.pk, (0, 0))
        asked = form.asked(area_slug(entry, form), entry.answers)
        found[entry.pk] = Subject(
            number=entry.number,
            area_id=entry.area_id,
            answers=entry.answers,
            files=frozenset(files.get(entry.pk, ())),
            asked=frozenset(one.slug for one in asked),
            entity=entry.entity.code if entry.entity else "",
            kind=entry.kind,
            houses=houses_of(entry.organisation_id, entry.organisation_name),
            unconfirmed=unconfirmed,
            denied=denied,
        )
    return found


def houses_of(organisation: int | None, written: str) -> frozenset[str]:
    """Return the keys under which an entry's organisation is known: the directory's and those of its written name."""
    keys = set(organisation_keys(written)) if written else set()
    if organisation is not None:
        keys.add(f"#{organisation}")
    return frozenset(keys)
