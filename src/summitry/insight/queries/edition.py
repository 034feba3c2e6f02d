"""Everything that is recorded of one edition, measure by measure, with the disputes it takes part in."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.insight.queries.comparison import Row, comparison
from summitry.insight.queries.disputes import Dispute, disputes
from summitry.insight.queries.figures import Figure


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure: what was said of it, and in which disputes that takes part."""

    row: Row
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """The entries of one group of measures."""

    key: str
    label: str
    entries: tuple[Entry, ...]


def record_of(actor: Actor, edition: Edition, lang: str) -> tuple[EntryGroup, ...]:
    """Return what is recorded of `edition` for a reader of `lang`, in three queries."""
    compared = comparison(actor, [edition], lang, with_series=False)
    found = disputes(actor, compared, lang)
    return tuple(
        EntryGroup(
            section.key, section.label, tuple(Entry(row, _touching(found, row)) for row in section.rows)
        )
        for section in compared.sections
    )


def _touching(found: tuple[Dispute, ...], row: Row) -> tuple[Dispute, ...]:
    return tuple(
        dispute for dispute in found if any(_is_of(claim, row) for _edition, claim in dispute.claims)
    )


def _is_of(claim: Figure, row: Row) -> bool:
    return claim.measure_key == row.key
