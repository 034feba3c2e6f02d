"""What is asked with every scan, written out: to compose these statements anew costs several times what they cost to run."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from summitry.gates.models import Credential, Roster, RosterLine

_ROSTER, _CREDENTIAL, _LINE = (
    connection.ops.quote_name(model._meta.db_table) for model in (Roster, Credential, RosterLine)
)
_REVISIONS = f"SELECT edition_id, revision FROM {_ROSTER} WHERE edition_id IN ({{}})"  # noqa: S608 - our tables
_BADGES = (
    "SELECT badge.digest, badge.id, badge.guest_id, badge.state, line.facts, line.access, line.is_gone"  # noqa: S608 - our tables
    f" FROM {_CREDENTIAL} badge LEFT JOIN {_LINE} line ON line.guest_id = badge.guest_id"
    " WHERE badge.edition_id = %s AND badge.digest IN ({})"
)


class BadgeRow(NamedTuple):
    """A badge by its digest, with the line of the roster about its guest; without one `facts` is None."""

    digest: str
    credential: int
    guest: int
    state: str
    facts: dict[str, Any] | None
    access: list[list[int]]
    is_gone: bool


def revisions_of(editions: Collection[int]) -> dict[int, int]:
    """Return the revisions of editions' rosters, where there are any."""
    return dict(_rows(_REVISIONS, [], editions)) if editions else {}


def badges_by(edition: int, digests: Collection[str]) -> list[BadgeRow]:
    """Return the badges of an edition that have one of the digests."""
    rows = _rows(_BADGES, [edition], digests) if digests else []
    return [
        BadgeRow(digest, pk, guest, state, _read(facts, None), _read(access, []), bool(is_gone))
        for digest, pk, guest, state, facts, access, is_gone in rows
    ]


def _rows(statement: str, before: list[Any], among: Collection[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(", ".join(["%s"] * len(among))), [*before, *among])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _read(text: str | None, nothing: Any) -> Any:
    return nothing if text is None else json.loads(text)
