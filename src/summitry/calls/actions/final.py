"""Planning a live final: how it is held, and in which order the entries pitch, by hand or by lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.algorithms.selection import lottery
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.round import fill_round
from summitry.calls.actions.seeds import commit_seed
from summitry.calls.enums import FinalState, PitchState, RoundKind, RoundState, StepKind
from summitry.calls.events import FinalChanged
from summitry.calls.models import Final, Pitch, Round
from summitry.calls.queries.rounds import at_stake
from summitry.calls.record.canonical import digest
from summitry.calls.record.seeds import derived_seed
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, StaleState, SummitryError

ORDER = "pitches"
"""What is drawn for the order of the pitches, in derived seeds and in the record."""
BEFORE = frozenset({"ballot", "panel", "public_share"})
"""What of a final holds once it runs: jurors and public were told."""


class CannotPlan(SummitryError):
    """The final cannot be planned, or planned otherwise, now."""

    code = "cannot-plan"
    message = gettext_lazy("This final cannot be planned like this: %(reason)s")


def plan_final(round_: Round, *, by: Actor, **facts: Any) -> Final:
    """Make the final of a live round; every entry of the round pitches, in the order of their numbers at first.

    Announces FinalChanged. Raises InvalidInput, CannotPlan for another round or one that has a final.
    """
    made = Final(round=round_, **facts)
    require(by, "edit", made)
    _check(made, {})
    with recording():
        if round_.kind != RoundKind.LIVE or round_.state not in {RoundState.PLANNED, RoundState.READING}:
            raise CannotPlan(reason=_("it is no live round that is still to come."))
        if Final.objects.filter(round=round_).exists():
            raise CannotPlan(reason=_("it is planned already."))
        checked(made).save(force_insert=True)
        record("calls.final.planned", by=by, obj=made)
        fill_pitches(made, by=by)
        tell(made, by)
    return made


def update_final(
    final: Final, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Final:
    """Change how a final is held. Announces FinalChanged. Raises InvalidInput, StaleState, CannotPlan once it is counted."""
    require(by, "edit", final)
    _check(final, changes)
    late = sorted(name for name in BEFORE & changes.keys() if changes[name] != getattr(final, name))
    with recording():
        state = Final.objects.values_list("state", flat=True).get(pk=final.pk)
        if late and state != FinalState.PLANNED:
            raise InvalidInput(fields={name: [_("This holds once the final has begun.")] for name in late})
        if state == FinalState.REVEALED:
            raise CannotPlan(reason=_("its ballots are counted."))
        if change(final, changes, by=by, audit="calls.final.updated", expected=expected):
            tell(final, by)
    return final


def fill_pitches(final: Final, *, by: Actor) -> int:
    """Let every entry of the round pitch that does not yet, at the end; those that left and did not pitch come off.

    Returns how many came or left. The caller asked for permission.
    """
    with recording():
        fill_round(final.round, by=by)
        belong = list(at_stake(final.round).order_by("entry__number").values_list("entry_id", flat=True))
        rows = Pitch.objects.filter(final=final)
        gone, _rows = rows.filter(state=PitchState.WAITING).exclude(entry__in=belong).delete()
        there = set(rows.values_list("entry_id", flat=True))
        fresh = [pk for pk in belong if pk not in there]
        Pitch.objects.bulk_create(
            [Pitch(final=final, entry_id=pk, position=len(there) + n) for n, pk in enumerate(fresh, 1)],
            batch_size=500,
        )
    return len(fresh) + gone


def order_pitches(final: Final, entries: Sequence[int], *, by: Actor) -> list[Pitch]:
    """Let the entries that still wait pitch in this order (ids, all of them). Announces FinalChanged.

    Raises StaleState where other entries wait by now.
    """
    require(by, "edit", final)
    with recording():
        pitches = _write_order(final, entries)
        record("calls.final.ordered", by=by, obj=final)
        tell(final, by)
    return pitches


def move_pitch(final: Final, entry_id: int, steps: int, *, by: Actor) -> list[Pitch]:
    """Let an entry that waits pitch so many places later (negative: earlier). Announces FinalChanged. Raises StaleState."""
    waiting = _waiting(final)
    if entry_id not in waiting:
        raise StaleState
    at = waiting.index(entry_id)
    waiting.insert(max(0, min(at + steps, len(waiting) - 1)), waiting.pop(at))
    return order_pitches(final, waiting, by=by)


def draw_order(final: Final, *, by: Actor) -> list[Pitch]:
    """Draw the order of the pitches by a lot that anybody can repeat: the seed follows from the call's, the record names it.

    The same entries are always drawn in the same order, so that nobody draws again until she likes it. Announces
    FinalChanged. Raises CannotPlan once pitches have begun.
    """
    require(by, "edit", final)
    call = final.round.call
    with recording():
        if Pitch.objects.filter(final=final).exclude(state=PitchState.WAITING).exists():
            raise CannotPlan(reason=_("pitches have begun."))
        commit_seed(call)
        keys = sorted(_waiting(final))
        seed = str(derived_seed(call.seed, ORDER, final.round.number))
        drawn = lottery(keys, len(keys), seed)
        pitches = _write_order(final, drawn)
        content = {"round": final.round.number, "what": ORDER, "keys": keys, "places": len(keys)}
        record_step(call.pk, StepKind.LOTTERY, {**content, "drawn": list(drawn), "seed": digest(seed)})
        record("calls.final.drawn", by=by, obj=final)
        tell(final, by)
    return pitches


def renew_screen(final: Final, *, by: Actor) -> Final:
    """Give the big screen a new link; whoever holds the old one is locked out. Announces FinalChanged."""
    require(by, "edit", final)
    with recording():
        Final.objects.filter(pk=final.pk).update(generation=F("generation") + 1)
        final.refresh_from_db(fields=["generation"])
        record("calls.final.screen_renewed", by=by, obj=final)
        tell(final, by)
    return final


def tell(final: Final, by: Actor) -> None:
    """Announce that something moved in a final."""
    announce(FinalChanged(by=by, edition_id=final.edition_id, call_id=final.round.call_id, final_id=final.pk))


def _waiting(final: Final) -> list[int]:
    rows = Pitch.objects.filter(final=final, state=PitchState.WAITING).order_by("position", "pk")
    return list(rows.values_list("entry_id", flat=True))


def _write_order(final: Final, entries: Sequence[int]) -> list[Pitch]:
    rows = {pitch.entry_id: pitch for pitch in Pitch.objects.filter(final=final, state=PitchState.WAITING)}
    if sorted(rows) != sorted(entries):
        raise StaleState
    first = Pitch.objects.filter(final=final).exclude(state=PitchState.WAITING).count() + 1
    for n, entry_id in enumerate(entries, first):
        rows[entry_id].position = n
    Pitch.objects.bulk_update(rows.values(), ["position"], batch_size=500)
    return [rows[entry_id] for entry_id in entries]


def _check(final: Final, changes: Mapping[str, Any]) -> None:
    def fact(name: str) -> Any:
        return changes.get(name, getattr(final, name))

    errors: dict[str, list[str]] = {}
    if fact("seconds") < 10:
        errors["seconds"] = [_("A pitch takes ten seconds or more.")]
    if not 0 <= fact("public_share") <= 100:
        errors["public_share"] = [_("A weight lies between 0 and 100 per cent.")]
    opens, closes = fact("vote_opens_at"), fact("vote_closes_at")
    if opens and closes and closes <= opens:
        errors["vote_closes_at"] = [_("The vote must close after it opens.")]
    panel = fact("panel")
    if panel is not None and panel.call_id != final.round.call_id:
        errors["panel"] = [_("Choose a panel of this call.")]
    if errors:
        raise InvalidInput(fields=errors)
