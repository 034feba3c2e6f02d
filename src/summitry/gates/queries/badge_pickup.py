"""The list by which a representative fetches the badges of a delegation, on a page and on paper."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.foundation import clock, typeset
from summitry.foundation.i18n import Shown, formats
from summitry.gates.queries.badge_choice import waiting_badges
from summitry.guests.models import Delegation


class Waiting(NamedTuple):
    """A printed badge that waits: its key, whose it is, and her category."""

    pk: int
    name: Shown
    category: str


def pickup_list(edition: Edition, delegation_id: int, lang: str) -> list[Waiting]:
    """Return the badges of a delegation that wait, by name, with two queries."""
    rows = list(
        waiting_badges(edition, delegation_id).values_list("pk", "guest__person_id", "guest__category__name")
    )
    names = display_names({person for _pk, person, _category in rows}, lang, edition.fallback)
    found = [
        Waiting(pk, names[person], category.shown(lang, edition.fallback).text)
        for pk, person, category in rows
    ]
    return sorted(found, key=lambda one: (one.name.text, one.pk))


def pickup_pdf(edition: Edition, delegation: Delegation, lang: str) -> bytes:
    """Return the list on paper, with a line for each badge and for who signs. Raises FontsMissing."""
    now = clock.now().astimezone(edition.zone)
    data = {
        "lang": lang.partition("-")[0],
        "title": _("Badges to be fetched"),
        "edition": edition.name.shown(lang, edition.fallback).text,
        "delegation": delegation.name.shown(lang, edition.fallback).text,
        "moment": f"{formats.date(now.date(), lang)} {formats.time(now, edition.zone)}",
        "heads": [_("No."), _("Name"), _("Category"), _("Received")],
        "rows": [[one.name.text, one.category] for one in pickup_list(edition, delegation.pk, lang)],
        "signing": [_("Name of the representative"), _("Letter of authority"), _("Date and signature")],
    }
    return typeset.pdf("gates/pickup.typ", data)
