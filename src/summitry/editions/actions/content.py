"""The running number by which cached pages know that an edition's public content has changed."""

from __future__ import annotations

from django.db.models import F

from summitry.editions.models import Edition


def touch_content(edition_id: int) -> None:
    """Raise the edition's content version, in the caller's transaction.

    Every action that changes what the public may see calls this; two at once both count.
    """
    Edition.objects.filter(pk=edition_id).update(content_version=F("content_version") + 1)
