"""What delegations tell the readiness list: nobody acts for one, nobody was named, applications stay unfinished."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.web.navigation import Phase
from summitry.guests.lists.delegations import OWED
from summitry.guests.permissions import FOCAL_POINT, GUEST_OFFICE
from summitry.guests.queries.delegations import delegations_at_work
from summitry.guests.queries.windows import registration_of

TITLES = {
    "focal": (gettext_lazy("Delegations without a focal point"), GUEST_OFFICE),
    "nobody": (gettext_lazy("Delegations that have nominated nobody"), FOCAL_POINT),
    "finish": (gettext_lazy("Delegations with applications to finish"), FOCAL_POINT),
    "waiting": (gettext_lazy("Delegations with guests who wait"), GUEST_OFFICE),
}


def delegations(asked: Asked) -> Iterator[Line]:
    """A line for each kind of thing that is open, with the address of exactly those delegations."""
    rows = delegations_at_work(asked.actor, asked.edition)
    counts = rows.aggregate(
        all=Count("pk"), **{key: Count("pk", filter=condition()) for key, (_label, condition) in OWED.items()}
    )
    if not counts["all"]:
        return
    address = reverse("guests:delegations", args=[asked.edition.slug])
    closes_at = registration_of(asked.edition).closes_at
    open_ = {key: counts[key] for key in TITLES if counts[key]}
    for key, count in open_.items():
        title, role = TITLES[key]
        text = ngettext("%(count)d delegation.", "%(count)d delegations.", count) % {"count": count}
        due = closes_at if key in {"nobody", "finish"} else None
        yield Line(
            f"delegations-{key}", Severity.DUE, str(title), text, Phase.INVITE, count, role.label, due,
            f"{address}?owed={key}",
        )  # fmt: skip
    if not open_:
        yield Line(
            "delegations", Severity.DONE, _("Delegations"), _("All have a focal point and are complete."), Phase.INVITE,
            url=address,
        )  # fmt: skip


def register() -> None:
    """Let delegations speak on the readiness list."""
    register_check("delegations", delegations)
