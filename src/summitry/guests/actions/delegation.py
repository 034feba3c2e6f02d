"""Delegations: who sends guests, under which name, in which language, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack
from zoneinfo import available_timezones

from django.conf import settings
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from summitry.directory.models import Entity, Organisation
from summitry.directory.queries.entities import entity_names
from summitry.directory.queries.slugs import numbered, slug_base
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.guests.actions.focal_points import dismiss_all
from summitry.guests.enums import GONE
from summitry.guests.events import DelegationsChanged
from summitry.guests.models import Delegation, Guest

TAKEN_SLUGS = frozenset({"new"})
"""What follows the address of the list itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelegation:
    """A delegation to be added. Without a name it is called as the edition's stylebook, or its organisation, says."""

    entity: Entity | None = None
    organisation: Organisation | None = None
    name: Text = field(default_factory=Text)
    slug: str = ""
    language: str = ""
    zone_name: str = ""
    closes_at: dt.datetime | None = None


class DelegationChanges(TypedDict, total=False):
    """What `update_delegation` can change. The slug stays: addresses carry it."""

    name: Text
    entity: Entity | None
    organisation: Organisation | None
    head: Guest | None
    language: str
    zone_name: str
    closes_at: dt.datetime | None


def create_delegation(edition: Edition, new: NewDelegation, *, by: Actor) -> Delegation:
    """Add a delegation. Announces DelegationsChanged. Raises InvalidInput."""
    require(by, "edit", Delegation(edition=edition))
    name = new.name or given_name(edition, new.entity, new.organisation)
    _check(edition, new.entity, new.organisation, new.language, new.zone_name)
    with recording():
        delegation = Delegation(
            edition=edition,
            slug=_slug(edition, new.slug, name),
            name=name,
            entity=new.entity,
            organisation=new.organisation,
            language=new.language,
            zone_name=new.zone_name,
            closes_at=new.closes_at,
        )
        if not name:
            raise InvalidInput(fields={"name": [_("Give a name.")]})
        checked(delegation).save(force_insert=True)
        record("guests.delegation.created", by=by, obj=delegation)
        _tell(delegation, by)
    return delegation


def update_delegation(
    delegation: Delegation,
    *,
    by: Actor,
    expected: DelegationChanges | None = None,
    **changes: Unpack[DelegationChanges],
) -> Delegation:
    """Change facts about a delegation. Announces DelegationsChanged where anything differs.

    Its head has to be one of its guests who comes. Raises InvalidInput, and StaleState where somebody else changed the
    same meanwhile.
    """
    require(by, "edit", delegation)
    after: dict[str, Any] = {
        key: changes.get(key, getattr(delegation, key))
        for key in ("entity", "organisation", "language", "zone_name", "name", "head")
    }
    _check(delegation.edition, after["entity"], after["organisation"], after["language"], after["zone_name"])
    if not after["name"]:
        changes["name"] = given_name(delegation.edition, after["entity"], after["organisation"])
    head = changes.get("head")
    if head is not None and (head.delegation_id != delegation.pk or head.state in GONE):
        raise InvalidInput(fields={"head": [_("Choose a guest of this delegation.")]})
    with recording():
        if change(delegation, changes, by=by, audit="guests.delegation.changed", expected=expected):
            _tell(delegation, by)
    return delegation


def remove_delegation(delegation: Delegation, *, by: Actor) -> None:
    """Remove a delegation to which no guest belongs; its focal points have done their duty. Announces DelegationsChanged.

    Raises InvalidInput.
    """
    require(by, "edit", delegation)
    with recording():
        dismiss_all(delegation, by=by)
        record("guests.delegation.removed", by=by, obj=delegation)
        _tell(delegation, by)
        try:
            delegation.delete()
        except ProtectedError as error:
            raise InvalidInput(_("It has guests. Withdraw and move them first.")) from error


def given_name(edition: Edition, entity: Entity | None, organisation: Organisation | None) -> Text:
    """Return what a delegation is called that says nothing else: its organisation's name, or the stylebook's of its entity."""
    if organisation is not None:
        name: Text = organisation.name
        return name
    if entity is None:
        return Text()
    names = entity_names(edition.naming_profile_id, [entity.pk]).get(entity.pk, {})
    wanted = {lang: names[lang] for lang in ("en", *edition.languages) if lang in names}
    return Text.of(wanted or names or entity.code)


def _check(
    edition: Edition, entity: Entity | None, organisation: Organisation | None, language: str, zone: str
) -> None:
    problems: dict[str, list[str]] = {}
    if entity is None and organisation is None:
        problems["entity"] = [_("Choose whom it represents, or its organisation.")]
    if language and language not in dict(settings.LANGUAGES) and language not in edition.languages:
        problems["language"] = [_("Choose a language of the list.")]
    if zone and zone not in available_timezones():
        problems["zone_name"] = [_("Choose a time zone of the list.")]
    if problems:
        raise InvalidInput(fields=problems)


def _slug(edition: Edition, wanted: str, name: Text) -> str:
    if wanted:
        if wanted in TAKEN_SLUGS or Delegation.objects.filter(edition=edition, slug=wanted).exists():
            raise InvalidInput(fields={"slug": [_("This address is taken.")]})
        return wanted
    base = slug_base([name.get("en"), *name.texts.values()], limit=70)
    rows = Delegation.objects.filter(edition=edition, slug__startswith=base)
    return numbered([base], {*rows.values_list("slug", flat=True), *TAKEN_SLUGS})[0]


def _tell(delegation: Delegation, by: Actor) -> None:
    announce(DelegationsChanged(by=by, edition_id=delegation.edition_id, delegation_ids=(delegation.pk,)))
