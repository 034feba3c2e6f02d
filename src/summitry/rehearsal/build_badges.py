"""Badges of the sample edition: layouts, some found right by their guests, some printed, some that do not fit yet."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from summitry.editions.models import Edition
from summitry.foundation import clock, typeset
from summitry.foundation.access import Actor
from summitry.foundation.models import JobSchedule
from summitry.gates.actions.badge_checks import check_all_badges, check_badges
from summitry.gates.actions.badge_layouts import create_layout
from summitry.gates.actions.credentials import mark_printed
from summitry.gates.enums import BadgeOrder, SheetKind
from summitry.gates.models import BadgeBatch, PrintedBadge
from summitry.gates.queries.badge_choice import Choice, valid_badges
from summitry.gates.queries.badge_faces import faces_of
from summitry.guests.enums import Capacity
from summitry.guests.models import Category, Guest

LABELS = frozenset({Capacity.STAFF, Capacity.CONTRACTOR, Capacity.VOLUNTEER})
SIGNED, PRINTED = 3, 12
"""Of so many badges one is not yet found right; of so many one is not yet printed."""
CHECKED, FIRST_ROUND = 100, dt.timedelta(hours=3)
"""Of so many badges it is known whether they fit: setting all of them takes longer than the rest of the demo's badges."""


def build_badges(edition: Edition, *, by: Actor) -> None:
    """Make two layouts, and carry the badges of the accredited guests as far as they are some weeks before."""
    categories = list(Category.objects.filter(edition=edition))
    create_layout(edition, by=by, name="Card", design="a6")
    plain = [each for each in categories if each.capacity in LABELS]
    if plain:
        create_layout(edition, by=by, name="Working pass", design="a7", categories=plain)
    badges = list(valid_badges(edition).select_related("guest").order_by("pk"))
    signed = [badge.guest_id for number, badge in enumerate(badges) if number % SIGNED]
    Guest.objects.filter(pk__in=signed).update(badge_signed_at=clock.now())
    printed = [badge for number, badge in enumerate(badges) if number % PRINTED]
    if printed:
        faces = faces_of(edition, [badge.guest_id for badge in printed])
        batch = BadgeBatch.objects.create(
            edition=edition,
            actor_label=by.label[:200],
            made_at=clock.now(),
            order=BadgeOrder.DELEGATION,
            sheet=SheetKind.SINGLE,
            chosen={**Choice().to_json(), "guests": [badge.guest_id for badge in printed], "reason": ""},
            badges=len(printed),
        )
        PrintedBadge.objects.bulk_create(
            [PrintedBadge(batch=batch, credential=one, face=faces[one.guest_id].digest) for one in printed],
            batch_size=500,
        )
        mark_printed(printed, by=by)
    if typeset.fonts_present():
        check_badges(edition, [badge.guest_id for badge in badges[:CHECKED]])
        # The rest comes with the first round of the recurring job: not in the minutes in which somebody looks around.
        due = {"due_at": timezone.now() + FIRST_ROUND}
        JobSchedule.objects.update_or_create(name=check_all_badges.module_path, defaults=due)
