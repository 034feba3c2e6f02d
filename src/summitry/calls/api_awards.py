"""Laureates over the API: what everybody may read once they are announced."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.calls.enums import EntryState
from summitry.calls.models import Laureate
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import PUBLIC, visible
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.web.actor import actor_of

router = Router()


class LaureateOut(Schema):
    """An entry that holds an award, in the order of the stage; `number` is that of its certificate."""

    call: str
    award: Localised
    entry: Localised
    area: str | None
    organisation: str
    entity: str | None
    citation: Localised
    number: str


@router.get("/{slug}/laureates", response=CursorPage[LaureateOut], summary="Laureates")
def list_laureates(
    request: HttpRequest, slug: str, call: str = "", cursor: str | None = None, limit: int = 50
) -> CursorPage[LaureateOut]:
    """List the announced laureates of an edition, or of one of its calls."""
    shown = edition_by_slug(actor_of(request), slug)
    rows = visible(PUBLIC, Laureate.objects.filter(entry__call__edition=shown)).exclude(
        entry__state=EntryState.DISQUALIFIED
    )
    if call:
        rows = rows.filter(entry__call__slug=call)
    related = rows.select_related("entry__call", "entry__area", "entry__entity", "award")
    found, following = page_of(related, cursor=cursor, limit=limit, key="position")
    return CursorPage(items=[_laureate(one) for one in found], next=following)


def _laureate(one: Laureate) -> LaureateOut:
    entry = one.entry
    return LaureateOut(
        call=entry.call.slug,
        award=localised(one.award.name),
        entry=localised(entry.title),
        area=entry.area.slug if entry.area else None,
        organisation=entry.organisation_name,
        entity=entry.entity.code if entry.entity else None,
        citation=localised(one.citation),
        number=one.number,
    )
