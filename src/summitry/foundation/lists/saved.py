"""Filters that somebody keeps under a name, for herself or for everybody who works on the whole edition."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.spec import ListQuery, ListSpec
from summitry.foundation.models import Account, SavedFilter

LONGEST_NAME = 80
MOST = 50
NAME_MISSING = _("Please give the filter a name of at most %(most)d characters.")
NAME_TAKEN = _("You have a filter of this name already. Please choose another.")
ENOUGH = _("You have %(most)d filters of this list already. Please delete one first.")


class SavedChoice(NamedTuple):
    """A saved filter as a reader is offered it."""

    id: int
    name: str
    url: str
    is_own: bool
    is_shared: bool
    is_default: bool
    is_current: bool


def filters_for(spec: ListSpec, reader: Reader) -> QuerySet[SavedFilter]:
    """Return the reader's own filters of a list, and the shared ones where she works on the whole edition."""
    kept = SavedFilter.objects.filter(list_key=spec.key, edition_id=reader.edition.pk)
    own = Q(account_id=reader.account_id)
    return kept.filter(own | Q(is_shared=True)) if reader.is_staff else kept.filter(own)


def saved_filters(spec: ListSpec, query: ListQuery, reader: Reader) -> list[SavedChoice]:
    """Return what the reader may choose from, her own first."""
    through = SavedFilter.default_for.through.objects.filter(
        savedfilter_id=OuterRef("pk"), account_id=reader.account_id
    )
    rows = filters_for(spec, reader).annotate(is_default=Exists(through))
    here = query.address(page=1).removeprefix("?")
    choices = [
        SavedChoice(
            row.pk,
            row.name,
            f"?{row.query}" if row.query else "?all=1",
            row.account_id == reader.account_id,
            row.is_shared,
            row.is_default,
            row.query == here,
        )
        for row in rows
    ]
    return sorted(choices, key=lambda choice: not choice.is_own)


def default_query(spec: ListSpec, reader: Reader) -> str:
    """Return the query string that the reader chose to start from, or nothing."""
    row = filters_for(spec, reader).filter(default_for=reader.account_id).first()
    return row.query if row else ""


def save_filter(
    spec: ListSpec, reader: Reader, *, name: str, query: str, is_shared: bool = False
) -> SavedFilter:
    """Keep a query under a name. Raises InvalidInput for a name that is missing, too long or taken.

    Only who works on the whole edition may share.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(fields={"name": [str(NAME_MISSING % {"most": LONGEST_NAME})]})
    if is_shared and not reader.is_staff:
        raise PermissionRefused
    own = SavedFilter.objects.filter(
        account_id=reader.account_id, list_key=spec.key, edition_id=reader.edition.pk
    )
    if own.count() >= MOST:
        raise InvalidInput(fields={"name": [str(ENOUGH % {"most": MOST})]})
    row = SavedFilter(
        account_id=reader.account_id,
        list_key=spec.key,
        edition_id=reader.edition.pk,
        name=name,
        query=query,
        is_shared=is_shared,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput(fields={"name": [str(NAME_TAKEN)]}) from error
    return row


def delete_filter(spec: ListSpec, reader: Reader, filter_id: int) -> None:
    """Delete one of the reader's own filters. Raises NotFound."""
    _own(spec, reader, filter_id).delete()


def choose_default(spec: ListSpec, reader: Reader, filter_id: int | None) -> None:
    """Let the reader start from one of the filters offered to her, or from none. Raises NotFound."""
    account = Account.objects.get(pk=reader.account_id)
    offered = filters_for(spec, reader)
    chosen = None
    if filter_id is not None:
        chosen = offered.filter(pk=filter_id).first()
        if chosen is None:
            raise NotFound
    with transaction.atomic():
        for old in offered.filter(default_for=account):
            old.default_for.remove(account)
        if chosen is not None:
            chosen.default_for.add(account)


def kept_query(query: ListQuery) -> str:
    """Return what of a query is worth keeping: everything but the page."""
    return query.address(page=1).removeprefix("?")


def _own(spec: ListSpec, reader: Reader, filter_id: int) -> SavedFilter:
    row = filters_for(spec, reader).filter(pk=filter_id, account_id=reader.account_id).first()
    if row is None:
        raise NotFound
    return row
