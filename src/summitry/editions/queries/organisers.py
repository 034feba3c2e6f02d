"""The institutions of an edition by what they are in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition, EditionOrganiser
from summitry.foundation.i18n import Shown


@dataclass(frozen=True, slots=True)
class OrganiserView:
    """An institution as a list shows it."""

    organisation_id: int
    slug: str
    name: Shown
    website: str


@dataclass(frozen=True, slots=True)
class OrganiserGroup:
    """All institutions of one role, in the edition's order."""

    role: OrganiserRole
    organisers: tuple[OrganiserView, ...]


def organisers_of(edition: Edition, lang: str, chain: Sequence[str] | None = None) -> list[OrganiserGroup]:
    """Return an edition's organisers by role (hosts first), named for a reader of `lang`, with one query.

    Roles without anybody are left out. The fallback chain is the edition's unless given.
    """
    chain = edition.fallback if chain is None else chain
    groups: dict[OrganiserRole, list[OrganiserView]] = {role: [] for role in OrganiserRole}
    rows = EditionOrganiser.objects.filter(edition=edition).order_by("position", "pk")
    fields = ("role", "organisation_id", "organisation__slug", "organisation__name", "organisation__website")
    for role, organisation_id, slug, name, website in rows.values_list(*fields):
        view = OrganiserView(organisation_id, slug, name.shown(lang, chain), website)
        groups[OrganiserRole(role)].append(view)
    return [OrganiserGroup(role, tuple(views)) for role, views in groups.items() if views]
