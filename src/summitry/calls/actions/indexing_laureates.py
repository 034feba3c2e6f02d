"""Keeps announced laureates findable; nothing else of a call is in the index."""

from __future__ import annotations

from summitry.calls.enums import EntryState
from summitry.calls.models import Call, Laureate
from summitry.foundation.access import PUBLIC, visible
from summitry.foundation.search import IndexRow, replace_documents

KIND = "laureate"
RANK = 3
SUMMARY = 240


def index_laureates(call: Call) -> None:
    """Index the laureates of a call as far as they are public, in every language they have, and nobody else of it."""
    rows = Laureate.objects.filter(entry__call=call)
    everyone = set(rows.values_list("pk", flat=True))
    shown = (
        visible(PUBLIC, rows)
        .exclude(entry__state=EntryState.DISQUALIFIED)
        .select_related("entry__call__edition", "award")
    )
    documents = [
        IndexRow(
            kind=KIND,
            object_id=one.pk,
            edition_id=call.edition_id,
            lang=lang,
            title=title,
            path=f"/{call.edition.slug}/calls/{call.slug}/laureates/{one.entry.number}/",
            body=" ".join((one.award.name.get(lang), one.entry.organisation_name, one.citation.get(lang))),
            summary=one.citation.get(lang)[:SUMMARY],
            rank=RANK,
        )
        for one in shown
        for lang, title in one.entry.title.texts.items()
    ]
    replace_documents(KIND, everyone, documents)
