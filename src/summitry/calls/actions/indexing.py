"""Keeps published calls findable, in every language in which they have a name; no other call is in the index."""

from __future__ import annotations

from summitry.calls.models import Call
from summitry.foundation.access import PUBLIC, visible
from summitry.foundation.search import IndexRow, replace_documents

KIND = "call"
RANK = 2
SUMMARY = 240


def index_call(call: Call) -> None:
    """Index a call, or take it out where the public does not see it; in the transaction in which it changed."""
    shown = list(visible(PUBLIC, Call.objects.filter(pk=call.pk)).select_related("edition"))
    rows = [
        IndexRow(
            kind=KIND,
            object_id=one.pk,
            edition_id=one.edition_id,
            lang=lang,
            title=title,
            path=f"/{one.edition.slug}/calls/{one.slug}/",
            body=f"{one.summary.get(lang)}\n{one.description.get(lang)}",
            summary=one.summary.get(lang)[:SUMMARY],
            rank=RANK,
        )
        for one in shown
        for lang, title in one.name.texts.items()
    ]
    replace_documents(KIND, [call.pk], rows)
