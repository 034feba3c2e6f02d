"""The announced: laureates of a call, and of an edition, as the public sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from summitry.calls.enums import CallState, EntryState
from summitry.calls.models import Call, EntryVersion, Laureate
from summitry.calls.queries.entry_content import Shower, ShownContent
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC, visible
from summitry.foundation.i18n import Shown


@dataclass(frozen=True, slots=True)
class Card:
    """One laureate: the award, the entry's title, who entered it, from which country or region, and why it is honoured."""

    pk: int
    award: Shown
    title: Shown
    area: Shown | None
    organisation: str
    entity: str
    citation: Shown
    number: int


@dataclass(frozen=True, slots=True)
class Gallery:
    """The laureates of one call, in the order of the stage."""

    call: Call
    name: Shown
    cards: tuple[Card, ...]


def gallery_of(call: Call, lang: str) -> Gallery:
    """Return the laureates of an announced call (three queries); none before it is announced."""
    chain = call.edition.fallback
    rows = visible(PUBLIC, Laureate.objects.filter(entry__call=call)).exclude(
        entry__state=EntryState.DISQUALIFIED
    )
    names = EntityNames(call.edition.naming_profile_id, lang, chain)
    cards = tuple(
        Card(
            pk=one.pk,
            award=one.award.name.shown(lang, chain),
            title=one.entry.title.shown(lang, chain),
            area=one.entry.area.name.shown(lang, chain) if one.entry.area else None,
            organisation=one.entry.organisation_name,
            entity=names.short(one.entry.entity).text if one.entry.entity else "",
            citation=one.citation.shown(lang, chain),
            number=one.entry.number,
        )
        for one in rows.select_related("entry__area", "entry__entity", "award").order_by("position", "pk")
    )
    return Gallery(call, call.name.shown(lang, chain), cards)


def galleries_of(edition: Edition, lang: str) -> list[Gallery]:
    """Return the galleries of all announced calls of an edition."""
    calls = Call.objects.filter(edition=edition, state=CallState.ANNOUNCED).order_by("announced_at", "pk")
    found = []
    for call in calls:
        call.edition = edition
        found.append(gallery_of(call, lang))
    return [gallery for gallery in found if gallery.cards]


def announced_laureate(call: Call, number: int) -> Laureate | None:
    """Return the laureate of an announced call whose entry has this number, with everything that its page shows."""
    rows = visible(PUBLIC, Laureate.objects.filter(entry__call=call, entry__number=number))
    return (
        rows.exclude(entry__state=EntryState.DISQUALIFIED)
        .select_related("entry__area", "entry__entity", "award")
        .order_by("position")
        .first()
    )


def public_content(laureate: Laureate, call: Call, lang: str) -> ShownContent | None:
    """Return what the gallery shows of a laureate's entry: the version that was judged, its public answers only."""
    newest = EntryVersion.objects.filter(entry=OuterRef("entry")).order_by("-number").values("number")[:1]
    version = (
        EntryVersion.objects.filter(entry=laureate.entry_id, number=Subquery(newest))
        .select_related("entry")
        .first()
    )
    return None if version is None else Shower(call, lang).shown(version, only_public=True)
