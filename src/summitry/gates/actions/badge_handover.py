"""Handing out printed badges: to each guest, or to somebody who comes for a delegation with a letter of authority."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput
from summitry.gates.models import Credential, Handover
from summitry.gates.queries.badge_choice import waiting_badges


def hand_out(
    edition: Edition, credential_ids: Collection[int], *, by: Actor, to: str = "", authority: str = ""
) -> int:
    """Note that printed badges were carried away, by `to` with `authority`, or by each guest herself; return how many.

    What was handed out before, or is no longer valid, is left out. Raises InvalidInput where nothing is left, or where a
    representative came without a word about her authority.
    """
    require(by, "hand_out", Handover(credential=Credential(edition_id=edition.pk)))
    if to.strip() and not authority.strip():
        raise InvalidInput(fields={"authority": [_("Write down which letter or list of names was shown.")]})
    with recording():
        rows = list(waiting_badges(edition).filter(pk__in=credential_ids).order_by("pk"))
        if not rows:
            raise InvalidInput(fields={"": [_("Choose at least one badge that waits to be carried away.")]})
        now = clock.now()
        made = [
            Handover(
                credential=row,
                to=to.strip()[:120],
                authority=authority.strip()[:200],
                by=by.label[:200],
                at=now,
            )
            for row in rows
        ]
        Handover.objects.bulk_create(made, batch_size=500)
        record(
            "gates.badges.handed_out",
            by=by,
            edition_id=edition.pk,
            count=len(rows),
            to=to.strip()[:120] or "—",
        )
    return len(rows)
