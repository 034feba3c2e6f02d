"""Imported people follow their records: after a merge, the next version of their file means the record that is left."""

from __future__ import annotations

from summitry.programme.actions.exchange.report import RowKind
from summitry.programme.models import ImportedRow

_MERGED = "merged"


def follow_merge(kept_id: int, absorbed_id: int) -> None:
    """Let every foreign identity of the absorbed person mean the kept one, and remember it for an undoing."""
    rows = list(ImportedRow.objects.filter(kind=RowKind.PERSON, object_id=absorbed_id))
    for row in rows:
        row.object_id = kept_id
        row.digests = {**row.digests, _MERGED: str(absorbed_id)}
    ImportedRow.objects.bulk_update(rows, ["object_id", "digests"], batch_size=200)


def follow_undone_merge(kept_id: int, absorbed_id: int) -> None:
    """Let the identities that followed a merge mean the person they meant before."""
    found = ImportedRow.objects.filter(kind=RowKind.PERSON, object_id=kept_id)
    rows = [row for row in found if row.digests.get(_MERGED) == str(absorbed_id)]
    for row in rows:
        row.object_id = absorbed_id
        row.digests = {name: value for name, value in row.digests.items() if name != _MERGED}
    ImportedRow.objects.bulk_update(rows, ["object_id", "digests"], batch_size=200)
