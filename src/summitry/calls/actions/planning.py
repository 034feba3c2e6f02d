"""Planning the effort of a jury: forecast by a worker, taken over into the rounds."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.algorithms.effort.plain import problem_plain
from summitry.calls.actions.computing import ask, compute_soon
from summitry.calls.actions.round import create_round, update_round
from summitry.calls.enums import RoundKind, RoundState, Task
from summitry.calls.models import Call, Criterion, Round
from summitry.calls.queries.effort import Wish, desk_rounds, plan_of
from summitry.calls.queries.rounds import next_of
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.i18n import Text
from summitry.foundation.models import Progress

SENTENCES = {
    "places": gettext_lazy("There must be at least one place, one juror and as many entries as places."),
    "later": gettext_lazy(
        "The first round reads all entries; a later one takes no more than the one before."
    ),
    "reads": gettext_lazy("An entry cannot be read more often than there are jurors."),
}


class PlanNotTaken(SummitryError):
    """A plan does not fit the rounds that there are."""

    code = "plan-not-taken"
    message = gettext_lazy("The plan was not taken over: %(reason)s")


def forecast_soon(call: Call, wish: Wish, *, by: Actor) -> Progress:
    """Have a worker forecast a plan and other ways to spend its reads. Raises InvalidInput for a plan that cannot be."""
    require(by, "approve", call)
    _check(wish)
    try:
        problem = problem_plain(plan_of(call, wish))
    except ValueError as wrong:
        raise InvalidInput(fields={"": [str(SENTENCES["places"])]}) from wrong
    with recording():
        return compute_soon(ask(call, Task.EFFORT, problem, by=by), by=by)


def take_plan_over(call: Call, stages: Sequence[tuple[int, int]], *, by: Actor) -> list[Round]:
    """Set the reads and places of the desk rounds by a plan's stages (reads, entries), and add rounds that are missing.

    A new round asks what the one before it asks. Announces CallChanged. Raises PlanNotTaken once jurors read, for more
    rounds than stages, and where a round would have to go between others.
    """
    require(by, "edit", Round(call=call))
    with recording():
        rounds = desk_rounds(call)
        if any(each.state != RoundState.PLANNED for each in rounds):
            raise PlanNotTaken(reason=_("jurors have begun to read."))
        if len(rounds) > len(stages):
            raise PlanNotTaken(reason=_("there are more rounds than it has; remove one first."))
        if len(rounds) < len(stages) and Round.objects.filter(call=call, kind=RoundKind.LIVE).exists():
            raise PlanNotTaken(
                reason=_("it has more rounds, and they would follow the live final; add them before it.")
            )
        for number in range(len(rounds), len(stages)):
            rounds.append(_one_more(call, rounds[-1] if rounds else None, number + 1, by))
        for at, round_ in enumerate(rounds):
            is_last = at + 1 == len(stages)
            places = round_.places if is_last and next_of(round_) else 0 if is_last else stages[at + 1][1]
            update_round(round_, by=by, reads=stages[at][0], places=places)
            record("calls.round.planned", by=by, obj=round_)
    return rounds


def _one_more(call: Call, before: Round | None, number: int, by: Actor) -> Round:
    facts = {}
    if before is not None:
        names = ("per_organisation", "per_entity", "mode", "is_blind", "opens_discussion")
        facts = {name: getattr(before, name) for name in names}
    made = create_round(call, by=by, name=Text.of(_("Round %(number)d") % {"number": number}), **facts)
    if before is not None:
        rows = list(Criterion.objects.filter(round=before))
        for row in rows:
            row.pk, row.round = None, made
        Criterion.objects.bulk_create(rows)
    return made


def _check(wish: Wish) -> None:
    sizes = [size for _reads, size in wish.stages]
    if not (1 <= wish.places <= wish.entries and wish.jurors >= 1 and wish.stages):
        raise InvalidInput(fields={"": [str(SENTENCES["places"])]})
    if sizes[0] != wish.entries or sizes != sorted(sizes, reverse=True) or sizes[-1] < 1:
        raise InvalidInput(fields={"": [str(SENTENCES["later"])]})
    if sum(reads for reads, _size in wish.stages) > wish.jurors:
        raise InvalidInput(fields={"": [str(SENTENCES["reads"])]})
