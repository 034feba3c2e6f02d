"""Adding and changing organisations, one by one or many at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from summitry.directory.enums import OrganisationKind
from summitry.directory.errors import NameMissing
from summitry.directory.events import OrganisationsChanged
from summitry.directory.models import Entity, Organisation
from summitry.directory.queries.slugs import ATTEMPTS, free_slugs, slug_base
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, refusal
from summitry.foundation.errors import StaleState
from summitry.foundation.i18n import Text

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """An organisation to be added."""

    name: Text
    short_name: Text = field(default_factory=Text)
    kind: OrganisationKind = OrganisationKind.OTHER
    entity: Entity | None = None
    website: str = ""
    slug: str = ""
    public_id: uuid.UUID | None = None


class OrganisationChanges(TypedDict, total=False):
    """What `update_organisation` can change."""

    name: Text
    short_name: Text
    kind: OrganisationKind
    entity: Entity | None
    website: str


def create_organisation(new: NewOrganisation, *, by: Actor) -> Organisation:
    """Add one organisation. Announces OrganisationsChanged."""
    require(by, "create", model=Organisation)
    with recording():
        organisation = _insert([new])[0]
        record("directory.organisation.created", by=by, obj=organisation)
        announce(OrganisationsChanged(by=by, organisation_ids=(organisation.pk,)))
    return organisation


def create_organisations(rows: Iterable[NewOrganisation], *, by: Actor) -> list[Organisation]:
    """Add many organisations in a few statements, with one audit entry; all or none. Announces OrganisationsChanged."""
    require(by, "create", model=Organisation)
    new = list(rows)
    if not new:
        return []
    with recording():
        organisations = _insert(new)
        ids = tuple(organisation.pk for organisation in organisations)
        record("directory.organisations.created", by=by, count=len(ids), after={"organisations": ids})
        announce(OrganisationsChanged(by=by, organisation_ids=ids))
    return organisations


def update_organisation(
    organisation: Organisation,
    *,
    by: Actor,
    expected: OrganisationChanges | None = None,
    **changes: Unpack[OrganisationChanges],
) -> Organisation:
    """Change facts about an organisation. Raises StaleState where somebody changed the same facts first.

    Announces OrganisationsChanged where anything differs.
    """
    require(by, "edit", organisation)
    if "name" in changes and not changes["name"]:
        raise NameMissing
    with recording():
        if change(organisation, changes, by=by, audit="directory.organisation.changed", expected=expected):
            announce(OrganisationsChanged(by=by, organisation_ids=(organisation.pk,)))
    return organisation


def _insert(new: Sequence[NewOrganisation]) -> list[Organisation]:
    for _attempt in range(ATTEMPTS):
        with suppress(IntegrityError), transaction.atomic():
            bases = [
                row.slug or slug_base([row.short_name.get("en"), *row.name.texts.values()]) for row in new
            ]
            slugs = free_slugs(Organisation, bases)
            organisations = [_organisation(row, slug) for row, slug in zip(new, slugs, strict=True)]
            return Organisation.objects.bulk_create(organisations, batch_size=_BATCH)
    raise StaleState


def _organisation(row: NewOrganisation, slug: str) -> Organisation:
    if not row.name:
        raise NameMissing
    organisation = Organisation(
        slug=slug,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        entity=row.entity,
        website=row.website,
        **({"public_id": row.public_id} if row.public_id else {}),
    )
    try:
        organisation.clean_fields(exclude=["entity"])
    except ValidationError as error:
        raise refusal(error) from error
    return organisation
