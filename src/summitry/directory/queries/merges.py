"""What has become of records that were merged: an old address leads to the record that was kept."""

from __future__ import annotations

from django.db.models import Model

from summitry.directory.models import Merge


def kept_in_place_of(model: type[Model], slug: str) -> int | None:
    """Return the id of the record that absorbed the one at the address `slug`, through all later merges; else None."""
    merges = Merge.objects.filter(model=model._meta.label_lower, undone_at__isnull=True).order_by("-pk")
    kept = {}
    start: int | None = None
    for kept_id, absorbed_id, address in merges.values_list("kept_id", "absorbed_id", "absorbed_slug"):
        kept[absorbed_id] = kept_id
        if address == slug and start is None:
            start = absorbed_id
    while start in kept:
        start = kept[start]
    return start
