"""The question of a calibration: every review that was handed in for the rounds so far, on one scale."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext as _

from summitry.calls.enums import IN_PLAY, AssignmentState, EntryState, RoundKind
from summitry.calls.errors import NothingToCompute
from summitry.calls.models import Criterion as CriterionRow
from summitry.calls.models import Entry, Review, Round
from summitry.calls.queries.conflicts import barring_review
from summitry.calls.queries.rounds import places_of
from summitry.calls.record.scale import Criterion, Scale, scale_over
from summitry.calls.record.seeds import derived_seed

DRAWS = 2000
COMPARED = IN_PLAY | {EntryState.NOT_ADVANCED}
"""The entries that are compared: those that went no further tell how their jurors rate."""


def scale_of(round_: Round) -> Scale:
    """Return the scale of the reviews up to a round (one query)."""
    rows = CriterionRow.objects.filter(round__call=round_.call_id, round__number__lte=round_.number)
    found: dict[int, list[Criterion]] = {}
    for pk, slug, weight, lowest, highest in rows.values_list(
        "round_id", "slug", "weight", "lowest", "highest"
    ):
        found.setdefault(pk, []).append((slug, weight, lowest, highest))
    return scale_over(found)


def problem_of_calibration(round_: Round) -> dict[str, Any]:
    """Return the question as JSON values (three queries). Raises NothingToCompute before any review was handed in."""
    scale = scale_of(round_)
    entries = set(
        Entry.objects.filter(standings__round__number__lte=round_.number, call=round_.call_id)
        .filter(state__in=COMPARED)
        .values_list("pk", flat=True)
    )
    ratings = [
        [entry, juror, number, score, None]
        for entry, juror, number, score in ratings_of(round_, scale)
        if entry in entries
    ]
    if not ratings:
        raise NothingToCompute(missing=_("no review was handed in"))
    return {
        "entries": sorted(entries),
        "ratings": sorted(ratings),
        "places": min(places_of(round_), len(entries)),
        "lowest": float(scale.lowest),
        "highest": float(scale.highest),
        "draws": DRAWS,
        "seed": derived_seed(round_.call.seed, "calibration", round_.number),
    }


def ratings_of(round_: Round, scale: Scale) -> list[tuple[int, int, int, float]]:
    """Return entry, juror, round's number and score of each review handed in up to a round (one query)."""
    rows = Review.objects.filter(
        assignment__round__call=round_.call_id,
        assignment__round__number__lte=round_.number,
        assignment__round__kind=RoundKind.DESK,
        assignment__state=AssignmentState.SUBMITTED,
    ).exclude(Exists(barring_review()))
    found = []
    for entry, juror, pk, number, marks in rows.order_by("pk").values_list(
        "assignment__entry_id",
        "assignment__juror_id",
        "assignment__round_id",
        "assignment__round__number",
        "marks",
    ):
        score = scale.score(pk, marks)
        if score is not None:
            found.append((entry, juror, number, score))
    return found
