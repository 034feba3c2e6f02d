"""Merging two records of the same person or organisation, and taking the merge back.

Every reference to the absorbed record, from whatever room, is turned over to the kept one: references are found in the
models, so that a room above need not announce itself. Where the kept record already has the same (a name for that use
and language, a role in that session), its row absorbs the other. What disappears is written down row by row, and comes
back exactly when the merge is undone. Merges of the same record are undone in the opposite order.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from summitry.directory.actions.references import Absorption, move_back
from summitry.directory.actions.rows import column_of, from_plain, plain_value, put_back
from summitry.directory.errors import (
    MergeAlreadyUndone,
    MergeRefused,
    MergeWithItself,
    TwoAccounts,
    UndoRefused,
)
from summitry.directory.events import MergeUndone, OrganisationsChanged, PeopleChanged, RecordsMerged
from summitry.directory.models import Affiliation, Merge, Organisation, Person
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.i18n import Text

M = TypeVar("M", bound=Model)

_ALIKE: dict[type[Model], tuple[str, ...]] = {
    Affiliation: ("person_id", "organisation_id", "title", "starts_on", "ends_on")
}
_FILLED: dict[type[Model], tuple[str, ...]] = {
    Person: ("honorific", "biography", "entity_id", "email", "languages", "portrait_id", "account_id"),
    Organisation: ("name", "short_name", "entity_id", "website"),
}
_COMPLETED = frozenset({"name", "short_name"})  # languages that are missing come from the absorbed record
_MODELS: dict[str, type[Model]] = {model._meta.label_lower: model for model in _FILLED}


def merge_people(kept: Person, absorbed: Person, *, by: Actor) -> Merge:
    """Make `absorbed` part of `kept`: names, posts, account and every reference; what `kept` says itself, stays.

    Raises MergeWithItself, TwoAccounts, and StaleState where one of them is gone. Announces RecordsMerged and
    PeopleChanged.
    """
    if kept.account_id and absorbed.account_id:
        raise TwoAccounts
    return _merge(kept, absorbed, by)


def merge_organisations(kept: Organisation, absorbed: Organisation, *, by: Actor) -> Merge:
    """Make `absorbed` part of `kept`: posts, roles and every reference; what `kept` says itself, stays.

    Raises MergeWithItself, and StaleState where one of them is gone. Announces RecordsMerged and OrganisationsChanged.
    """
    return _merge(kept, absorbed, by)


def undo_merge(merge: Merge, *, by: Actor) -> Merge:
    """Bring the absorbed record back with all that it had; what was added to the kept one since, stays there.

    Raises MergeAlreadyUndone, and UndoRefused where a later merge or another record stands in the way. Announces
    MergeUndone and PeopleChanged or OrganisationsChanged.
    """
    model = _MODELS[merge.model]
    with recording():
        current = Merge.objects.select_for_update().filter(pk=merge.pk).first()
        kept = model._base_manager.select_for_update().filter(pk=merge.kept_id).first()
        require(by, "merge", kept, model=model)
        if current is None:
            raise NotFound
        if current.undone_at is not None:
            raise MergeAlreadyUndone
        if kept is None or _has_later(current):
            raise UndoRefused(reason=_("a later merge has to be undone first."))
        lost = _put_back(current, kept)
        current.undone_at = clock.now()
        current.save(update_fields=["undone_at"])
        restored = model._base_manager.get(pk=current.absorbed_id)
        record("directory.merge.undone", by=by, obj=kept, absorbed=str(restored), lost=lost)
        announce(
            MergeUndone(by=by, model=current.model, kept_id=current.kept_id, absorbed_id=current.absorbed_id)
        )
        _announce_change(model, (current.kept_id, current.absorbed_id), by)
    merge.undone_at = current.undone_at
    return merge


def _merge(kept: M, absorbed: M, by: Actor) -> Merge:
    require(by, "merge", kept)
    require(by, "merge", absorbed)
    if kept.pk == absorbed.pk:
        raise MergeWithItself
    model = type(kept)
    with recording():
        # Locked in one order, so that two people who merge the same pair in both directions do not wait for each other.
        rows = model._base_manager.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
        locked = {row.pk: row for row in rows}
        if len(locked) < 2:
            raise StaleState
        name = str(locked[absorbed.pk])
        absorption = Absorption(alike=_ALIKE)
        try:
            with transaction.atomic():
                absorption.absorb(locked[kept.pk], locked[absorbed.pk])
                filled = _fill(locked[kept.pk], locked[absorbed.pk])
        except IntegrityError as error:
            raise MergeRefused from error
        merge = Merge.objects.create(
            model=model._meta.label_lower,
            kept_id=kept.pk,
            absorbed_id=absorbed.pk,
            absorbed_slug=absorption.removed[-1]["fields"]["slug"],
            snapshot=absorption.removed,
            moves={"references": absorption.moves, "filled": filled},
            made_at=clock.now(),
        )
        record("directory.records.merged", by=by, obj=locked[kept.pk], absorbed=name, merge=merge.pk)
        announce(RecordsMerged(by=by, model=merge.model, kept_id=kept.pk, absorbed_id=absorbed.pk))
        _announce_change(model, (kept.pk, absorbed.pk), by)
    kept.refresh_from_db()
    return merge


def _fill(kept: Model, absorbed: Model) -> dict[str, dict[str, Any]]:
    """Fill what `kept` leaves empty from `absorbed`, and return the old and new values by column."""
    filled = {}
    for name in _FILLED[type(kept)]:
        old, other = getattr(kept, name), getattr(absorbed, name)
        new = _completed(old, other) if name in _COMPLETED else old or other
        if new == old:
            continue
        column = column_of(kept, name)
        before = plain_value(column, kept)
        setattr(kept, name, new)
        filled[name] = {"old": before, "new": plain_value(column, kept)}
    kept.save(update_fields=list(filled))
    return filled


def _completed(text: Text, other: Text) -> Text:
    for lang, words in other.texts.items():
        if not text.get(lang):
            text = text.with_text(lang, words)
    return text


def _put_back(merge: Merge, kept: Model) -> int:
    try:
        with transaction.atomic():
            _empty(kept, merge.moves["filled"])
            lost = sum(not put_back(row) for row in reversed(merge.snapshot))
            for move in reversed(merge.moves["references"]):
                move_back(move)
    except IntegrityError as error:
        raise UndoRefused(reason=_("another record has taken its place.")) from error
    return lost


def _empty(kept: Model, filled: dict[str, dict[str, Any]]) -> None:
    """Take back what a merge filled in, unless somebody has changed it since."""
    changed = []
    for name, values in filled.items():
        column = column_of(kept, name)
        if plain_value(column, kept) == values["new"]:
            setattr(kept, name, from_plain(column, values["old"]))
            changed.append(name)
    kept.save(update_fields=changed)


def _has_later(merge: Merge) -> bool:
    both = (merge.kept_id, merge.absorbed_id)
    later = Merge.objects.filter(model=merge.model, undone_at__isnull=True, pk__gt=merge.pk)
    return later.filter(Q(kept_id__in=both) | Q(absorbed_id__in=both)).exists()


def _announce_change(model: type[Model], ids: tuple[int, ...], by: Actor) -> None:
    if model is Person:
        announce(PeopleChanged(by=by, person_ids=ids))
    else:
        announce(OrganisationsChanged(by=by, organisation_ids=ids))
