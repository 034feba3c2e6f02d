"""The demo's three calls at full size, each at another stage.

Achievements lie before the chair, the cases' jurors read, and the competition is on the eve of its final.

Entries, reviews and the record's steps are written many at a time; what is computed of them is computed in earnest, each
in a process of its own, two at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from summitry.algorithms.apart import run_apart
from summitry.calls.actions.advancing import decide_round
from summitry.calls.actions.computing import MEGABYTES, SECONDS, keep_answer
from summitry.calls.actions.recusal import recuse
from summitry.calls.actions.round import fill_round
from summitry.calls.actions.selecting import ask_selection
from summitry.calls.enums import COMPUTATION, AssignmentState, ComputationState, ConflictKind, Preset
from summitry.calls.models import Assignment, Computation
from summitry.calls.permissions import CHAIR, ELIGIBILITY, MANAGER
from summitry.calls.queries.computations import problem_of
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Actor, Scope
from summitry.foundation.accounts import account_at
from summitry.foundation.grants import put_grant
from summitry.foundation.models import Account
from summitry.foundation.states import transition
from summitry.mailing.actions.notices import word_notice
from summitry.mailing.enums import NoticeKey, NoticeMode
from summitry.rehearsal.build_call import House, Script
from summitry.rehearsal.build_calls_sizes import SIZES
from summitry.rehearsal.build_final import build_final
from summitry.rehearsal.built import Built
from summitry.rehearsal.content.plan import SummitPlan

CHAIRS = {
    Preset.ACHIEVEMENTS: ("chair.achievements@rivertown.example", "Hélène Moreau"),
    Preset.CASES: ("chair.cases@rivertown.example", "Farid Haidari"),
    Preset.COMPETITION: ("chair.competition@rivertown.example", "Kwame Boateng"),
}
UNWRITTEN = (NoticeKey.ENTRY_RECEIPT, NoticeKey.JURY_READS)
"""Letters that would fill the outbox with thousands of the same."""
OFFICES = (
    ("calls@rivertown.example", "Teresa Almeida", MANAGER.code),
    ("eligibility@rivertown.example", "Deng Wen", ELIGIBILITY.code),
    ("eligibility2@rivertown.example", "Sofia Lindqvist", ELIGIBILITY.code),
)


def build_calls(plan: SummitPlan, built: Built, by: Actor) -> None:
    """Build the three calls, their offices, juries and rounds."""
    officers = []
    for email, name, role in OFFICES:
        account = account_at(email, by=by, name=name)
        for code in (role, PARTNER.code):
            put_grant(account, code, Scope("edition", built.edition.pk), by=by)
        officers.append(Account.objects.get(pk=account.pk).actor())
    for key in UNWRITTEN:
        word_notice(built.edition, key, by=by, mode=NoticeMode.OFF)
    houses = {preset: House(plan, built, preset, by, officers) for preset in SIZES}
    for preset, (email, name) in CHAIRS.items():
        chair = account_at(email, by=by, name=name)
        put_grant(chair, CHAIR.code, Scope("call", houses[preset].call.pk), by=by)
        put_grant(chair, PARTNER.code, Scope("edition", built.edition.pk), by=by)
    _together(
        [
            _achievements(houses[Preset.ACHIEVEMENTS]),
            _cases(houses[Preset.CASES]),
            _competition(houses[Preset.COMPETITION]),
        ],
        by,
    )
    for key in UNWRITTEN:
        word_notice(built.edition, key, by=by)


def _achievements(house: House) -> Script:
    """Three rounds are read and calibrated; the shortlist and a proposal lie before the chair."""
    for number, days in ((1, 60), (2, 40), (3, 20)):
        yield from house.judged(number, days)
        decide_round(house.round(number), by=house.by)
    yield ask_selection(house.call, by=house.by)


def _cases(house: House) -> Script:
    """Jurors read: half of the reviews are in, some are begun, two jurors have recused themselves from an entry."""
    yield from house.given(1, 12)
    house.reviewed(1, lambda n: n % 9 < 5)
    rows = Assignment.objects.filter(round=house.round(1), state=AssignmentState.GIVEN).order_by("pk")
    for one in rows.select_related("round__call__edition", "juror", "entry")[3:400:60]:
        recuse(one, ConflictKind.ADVISER, "I advised this team last year.", by=house.by)


def _competition(house: House) -> Script:
    """Two rounds are decided; who is left pitches in the live final."""
    for number, days in ((1, 60), (2, 30)):
        yield from house.judged(number, days)
        decide_round(house.round(number), by=house.by)
    fill_round(house.round(3), by=house.by)
    build_final(house.call, house.by)


def _together(scripts: Sequence[Script], by: Actor) -> None:
    """Play the scripts, each up to its next computation, while two of those run at a time; the database is for this thread."""
    waiting: dict[Future[dict[str, Any]], tuple[Script, Computation]] = {}
    with ThreadPoolExecutor(2) as pool:

        def go_on(script: Script) -> None:
            computation = next(script, None)
            if computation is None:
                return
            transition(
                computation, COMPUTATION, ComputationState.RUNNING, by=by, audit="calls.computation.begun"
            )
            future = pool.submit(
                run_apart,
                str(computation.task),
                problem_of(computation),
                seconds=SECONDS,
                megabytes=MEGABYTES,
            )
            waiting[future] = (script, computation)

        for script in scripts:
            go_on(script)
        while waiting:
            done, _others = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                script, computation = waiting.pop(future)
                keep_answer(computation, future.result(), by=by)
                go_on(script)
