"""Disputes: conflicting claims, gathered so that they can be read side by side. Nothing here decides between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown
from summitry.insight.enums import ConflictKind, MeasureUnit
from summitry.insight.models import Conflict
from summitry.insight.queries.comparison import Comparison, Row
from summitry.insight.queries.figures import Figure


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict with every claim that takes part in it. Without a code it was found, not described by anybody."""

    code: str
    kind: str
    title: Shown
    explanation: Shown
    claims: tuple[tuple[Edition | None, Figure], ...]

    @property
    def anchor(self) -> str:
        """Where the dispute stands on the record's page."""
        return f"conflict-{self.code or self.claims[0][1].measure_key}".lower()

    @property
    def is_about_wording(self) -> bool:
        """Whether names and wording are in question, not figures."""
        return self.kind == ConflictKind.WORDING


def disputes(actor: Actor, compared: Comparison, lang: str) -> tuple[Dispute, ...]:
    """Return the conflicts among the claims compared, described ones first, in one query."""
    by_code: dict[str, list[tuple[Edition | None, Figure]]] = defaultdict(list)
    for edition, claim in compared.claims:
        for code in claim.conflicts:
            by_code[code].append((edition, claim))
    if not compared.editions:
        return ()
    known = visible(actor, Conflict.objects.filter(summit=compared.editions[0].summit_id))
    described = [
        Dispute(
            code=conflict.code,
            kind=conflict.kind,
            title=conflict.title.shown(lang),
            explanation=conflict.explanation.shown(lang),
            claims=tuple(by_code[conflict.code]),
        )
        for conflict in known
        if conflict.code in by_code
    ]
    return (*described, *(found for row in compared.rows for found in _undescribed(row, lang)))


def _undescribed(row: Row, lang: str) -> list[Dispute]:
    """Find numbers and dates of one kind and day that contradict each other and are marked by nobody."""
    if not row.is_countable and row.unit != MeasureUnit.DATE:
        return []
    found = []
    for cell in row.cells:
        for claim in cell:
            rivals = [c for c in cell if (c.kind, c.as_of) == (claim.kind, claim.as_of) and not c.conflicts]
            if rivals and rivals[0] is claim and len({rival.wording for rival in rivals}) > 1:
                title = Shown(f"{row.name}, {cell.edition.year}", row.name.lang, row.name.fallback)
                words = Shown(_("Claims of the same day say different things."), lang, fallback=False)
                claims = tuple((cell.edition, rival) for rival in rivals)
                found.append(Dispute("", ConflictKind.FIGURE, title, words, claims))
    return found
