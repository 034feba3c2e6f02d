"""What guests tell the readiness list: nothing set up yet, photos that are missing, steps that take too long."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for, within
from summitry.foundation.web.navigation import Phase
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE
from summitry.guests.queries.owed import coming, overdue, without_address, without_photo
from summitry.guests.queries.windows import registration_of


def guests(asked: Asked) -> Iterator[Line]:
    """What is missing of the guests whom the asker works on; nothing where she works on none."""
    edition = asked.edition
    rows = within(asked.actor, Guest.objects.filter(edition=edition))
    if not coming(rows).exists():
        return
    closes_at = registration_of(edition).closes_at
    photos = without_photo(rows, edition.pk).count()
    if photos:
        text = ngettext("%(count)d guest has no photo yet.", "%(count)d guests have no photo yet.", photos)
        yield Line(
            "guest-photos", Severity.DUE, _("Photos"), text % {"count": photos}, Phase.INVITE, photos,
            GUEST_OFFICE.label, closes_at, _rows(edition, "photo"),
        )  # fmt: skip
    unreached = without_address(rows).count()
    if unreached:
        text = ngettext(
            "%(count)d guest has no e-mail address.", "%(count)d guests have no e-mail address.", unreached
        )
        yield Line(
            "guest-addresses", Severity.DUE, _("Addresses"), text % {"count": unreached}, Phase.INVITE, unreached,
            GUEST_OFFICE.label, None, _rows(edition, "address"),
        )  # fmt: skip
    late = overdue(rows, edition.pk).count()
    if late:
        text = ngettext(
            "%(count)d application waits longer than it should.",
            "%(count)d applications wait longer than they should.",
            late,
        )
        yield Line(
            "guest-overdue", Severity.BLOCKER, _("Overdue applications"), text % {"count": late}, Phase.INVITE, late,
            ACCREDITATION.label, None, _rows(edition, "overdue"),
        )  # fmt: skip


def form(asked: Asked) -> Iterator[Line]:
    """Whether there are categories, for those who set them up."""
    edition = asked.edition
    may = policy_for(Category).may(asked.actor, "edit", Category(edition=edition))
    if may and not Category.objects.filter(edition=edition).exists():
        yield Line(
            "guest-categories", Severity.DUE, _("Categories of guests"), _("None is set up yet."), Phase.INVITE, 1,
            ACCREDITATION.label, None, reverse("guests:categories", args=[edition.slug]),
        )  # fmt: skip


def _rows(edition: Edition, missing: str) -> str:
    return f"{reverse('guests:guests', args=[edition.slug])}?missing={missing}"


def register() -> None:
    """Let guests speak on the readiness list."""
    register_check("guests", guests)
    register_check("guests.form", form)
