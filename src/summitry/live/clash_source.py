"""The faults of the interpretation plan, told to the board as clashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from summitry.algorithms.booths import Fault, FaultKind
from summitry.foundation.i18n import formats
from summitry.live.models import BoothPlan
from summitry.live.queries.fault_words import LABELS, Words, in_list, severity_of
from summitry.live.queries.interpretation import Planned, names_in, planned
from summitry.programme.queries.clash_lines import ClashesAsked, ClashLine, register_clash_source

_ABOUT_TWO = frozenset({FaultKind.TWICE, FaultKind.NO_REST})


def register() -> None:
    """Let the board, the publication and the API know what is wrong with the interpretation plan."""
    register_clash_source(faults)


def faults(asked: ClashesAsked) -> Iterator[ClashLine]:
    """Yield what is wrong for sessions whose interpretation somebody has begun to plan; one statement where nobody has.

    What no booth is planned for is one line for each session, and a session without any plan is readiness's to tell.
    """
    edition = asked.version.edition
    if not BoothPlan.objects.filter(session__edition=edition).exists():
        return
    state = planned(asked.version)
    found = state.faults(unplanned=False)
    if not found:
        return
    ids = {fault.interpreter for fault in found if fault.interpreter}
    words = Words(
        state, names_in(state, edition, asked.lang, ids), asked.lang, edition.zone, tuple(edition.fallback)
    )
    missing: dict[int, list[Fault]] = defaultdict(list)
    for fault in found:
        if fault.kind is FaultKind.NO_BOOTH:
            missing[fault.sitting].append(fault)
        else:
            yield _line(fault, in_list(fault, words), state)
    for those in missing.values():
        yield _line(those[0], _without_booth(those, words), state)


def _line(fault: Fault, sentence: str, state: Planned) -> ClashLine:
    both = fault.kind in _ABOUT_TWO and fault.other
    sessions = tuple(dict.fromkeys((fault.other, fault.sitting) if both else (fault.sitting,)))
    lang = fault.lang if fault.kind is not FaultKind.NO_BOOTH else ""
    parts = ("booths", fault.kind, lang, fault.interpreter, *sessions)
    return ClashLine(
        key="-".join(str(part) for part in parts if part),
        kind=f"booths_{fault.kind}",
        label=str(LABELS[fault.kind]),
        severity=severity_of(fault),
        sentence=sentence,
        session_ids=sessions,
        at=int(state.places[fault.sitting].starts_at.timestamp()),
    )


def _without_booth(those: Sequence[Fault], words: Words) -> str:
    return _(
        "%(session)s is to be interpreted into %(languages)s as well, for which no booth is planned."
    ) % {
        "session": words.session(those[0].sitting),
        "languages": formats.listing([words.language(fault.lang) for fault in those], words.lang),
    }
