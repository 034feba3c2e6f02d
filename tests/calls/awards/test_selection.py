"""From the shortlist to the laureates: proposed under quotas, decided by the chair, announced by one switch."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.calls.actions.announcing import announce_call
from summitry.calls.actions.computing import compute_now
from summitry.calls.actions.deciding import decide, decide_as_proposed, draw_lot
from summitry.calls.actions.laureate import cite, name_laureate, name_laureates, unname_laureate
from summitry.calls.actions.selecting import adopt_selection, ask_selection
from summitry.calls.enums import (
    CallState,
    ConflictKind,
    ConflictSource,
    EntryState,
    StepKind,
    Verdict,
)
from summitry.calls.errors import AwardFull, InConflict, NothingToCompute, NotReady, UnderEmbargo
from summitry.calls.models import Award, Call, Conflict, Decision, Entry, Laureate, Quota, Step
from summitry.calls.permissions import CHAIR
from summitry.calls.queries.certificates import Standing, verified
from summitry.calls.queries.gallery import gallery_of
from summitry.calls.queries.selection import lines_of, proposal_in_force, proposal_shown
from summitry.calls.queries.selection_words import account_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.mailing.models import Letter
from tests.at_once import at_once
from tests.calls.awards.world import shortlisted
from tests.calls.make import SYSTEM, make_call, make_juror

pytestmark = pytest.mark.django_db


def _chosen(call: Call) -> list[str]:
    return [str(entry.title) for entry in Entry.objects.filter(call=call, state=EntryState.SELECTED)]


def _decided(call: Call) -> Call:
    adopt_selection(compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM), by=SYSTEM)
    decide_as_proposed(call, by=SYSTEM)
    return call


def test_a_selection_keeps_its_quotas_says_their_price_and_is_decided_as_proposed() -> None:
    call = shortlisted([9, 5, 8, 4, 7])
    Quota.objects.create(call=call, dimension="area", label="west", least=1)

    computation = compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM)
    assert proposal_in_force(call) is None
    adopt_selection(computation, by=SYSTEM)
    proposal = proposal_in_force(call)
    assert proposal is not None
    account = account_of(call, proposal, lines_of(call, SYSTEM, proposal))
    made = decide_as_proposed(call, by=SYSTEM)

    assert _chosen(call) == ["Entry 0", "Entry 1"]
    assert [(one.quota, one.loss) for one in account.prices] == [
        (f"{call.areas.get(slug='west')}: at least 1", 3.0)
    ]
    assert [[(str(one.entry.title), one.label) for one in price.comes] for price in account.prices] == [
        [("Entry 2", str(call.areas.get(slug="east")))]
    ]
    assert [[(str(one.entry.title), one.label) for one in price.goes] for price in account.prices] == [
        [("Entry 1", str(call.areas.get(slug="west")))]
    ]
    assert {one.verdict for one in made if one.entry_id not in proposal.answer.chosen} == {  # type: ignore[union-attr]
        Verdict.RESERVE,
        Verdict.NOT_SELECTED,
    }
    assert all(one.follows for one in made)
    assert Step.objects.filter(call=call, kind=StepKind.DECIDED).count() == 5


def test_quotas_that_cannot_be_met_are_named_with_what_would_help() -> None:
    call = shortlisted([9, 5, 8])
    Quota.objects.create(call=call, dimension="area", label="west", least=2)

    compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM)
    proposal = proposal_shown(call)
    assert proposal is not None
    lines = lines_of(call, SYSTEM, proposal)
    account = account_of(call, proposal, lines)

    assert {line.proposed for line in lines} == {None}
    west = str(call.areas.get(slug="west"))
    assert account.demands == (f"{west}: at least 2",)
    assert (f"{west}: at least 1 suffices",) in account.ways


def test_a_decision_against_the_proposal_needs_a_reason() -> None:
    call = shortlisted([9, 5, 8])
    adopt_selection(compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM), by=SYSTEM)
    entry = Entry.objects.get(call=call, number=2)

    with pytest.raises(InvalidInput) as refusal:
        decide(entry, Verdict.SELECTED, by=SYSTEM)
    made = decide(entry, Verdict.SELECTED, by=SYSTEM, reason=" It opened a new field. ")

    assert list(refusal.value.fields) == ["reason"]
    assert (made.follows, made.reason, entry.state) == (False, "It opened a new field.", EntryState.SELECTED)


def test_whom_a_conflict_bars_neither_sees_nor_decides() -> None:
    call = shortlisted([9, 5, 8])
    account = Account.objects.create_user("chair@example.org")
    juror = make_juror(call, account=account, is_chair=True)
    entry = Entry.objects.get(call=call, number=1)
    Conflict.objects.create(juror=juror, entry=entry, kind=ConflictKind.ADVISER, source=ConflictSource.JUROR)
    chair = Actor(ActorKind.PERSON, "chair", account.pk, frozenset({(CHAIR.code, Scope("call", call.pk))}))
    computation = compute_now(ask_selection(call, by=chair), by=chair)
    with pytest.raises(InConflict):
        adopt_selection(computation, by=chair)
    adopt_selection(computation, by=SYSTEM)

    for act in (
        lambda: decide(Entry.objects.get(call=call, number=3), Verdict.SELECTED, by=chair),
        lambda: decide_as_proposed(call, by=chair),
        lambda: name_laureates(call, by=chair) or decide(entry, Verdict.SELECTED, by=chair),
    ):
        with pytest.raises(InConflict):
            act()
    shown = lines_of(call, chair, proposal_shown(call))
    assert [(line.entry.number, line.proposed, line.chance) for line in shown] == [
        (3, None, None),
        (2, None, None),
    ]


def test_a_lot_can_be_drawn_again_and_decides_nothing() -> None:
    call = shortlisted([5, 5, 5], places=1)
    ids = list(call.entries.values_list("pk", flat=True))
    with pytest.raises(InvalidInput):
        draw_lot(call, ids, 1, by=SYSTEM)
    adopt_selection(compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM), by=SYSTEM)

    drawn = draw_lot(call, ids, 1, by=SYSTEM)

    step = Step.objects.get(call=call, kind=StepKind.LOTTERY)
    assert (step.content["keys"], step.content["drawn"]) == (sorted(ids), list(drawn))
    assert not Decision.objects.exists()
    with pytest.raises(StaleState):
        draw_lot(call, ids, 1, by=SYSTEM)
    with pytest.raises(InvalidInput):
        draw_lot(call, ids[:2], 1, by=SYSTEM)


def test_nothing_is_selected_without_scores_or_permission() -> None:
    with pytest.raises(NothingToCompute):
        ask_selection(make_call(state="frozen"), by=SYSTEM)
    with pytest.raises(PermissionRefused):
        ask_selection(shortlisted([1]), by=Actor(ActorKind.PERSON, "somebody", 1))


def test_awards_are_given_within_their_places_and_areas() -> None:
    call = _decided(shortlisted([9, 5, 8]))
    chosen = list(Entry.objects.filter(call=call, state=EntryState.SELECTED).order_by("number"))
    other = Award.objects.create(call=call, slug="one", name=Text.of("One"), places=1)

    first = name_laureate(chosen[0], other, by=SYSTEM)
    with pytest.raises(AwardFull):
        name_laureate(chosen[1], other, by=SYSTEM)
    with pytest.raises(StaleState):
        name_laureate(Entry.objects.get(call=call, number=2), other, by=SYSTEM)
    made = name_laureates(call, by=SYSTEM)

    numbers = [one.number.rpartition("-")[2] for one in (first, *made)]
    assert (numbers, [one.entry for one in made]) == (["001", "002"], [chosen[1]])


def test_an_announcement_is_one_switch_after_its_embargo() -> None:
    now = clock.now()
    call = _decided(shortlisted([9, 5, 8], embargo_until=now + dt.timedelta(hours=1)))
    with pytest.raises(UnderEmbargo):
        announce_call(call, by=SYSTEM)
    Call.objects.filter(pk=call.pk).update(embargo_until=now - dt.timedelta(hours=1))
    call.refresh_from_db()
    with pytest.raises(NotReady):
        announce_call(call, by=SYSTEM)
    laureates = name_laureates(call, by=SYSTEM)
    cite(laureates[0], Text.of("For clarity."), by=SYSTEM)
    before = call.edition.content_version
    assert gallery_of(call, "en").cards == ()
    assert verified(call.edition, laureates[0].code).standing is Standing.UNKNOWN

    announce_call(call, by=SYSTEM)

    call.refresh_from_db()
    call.edition.refresh_from_db()
    assert (call.state, call.announced_at is not None) == (CallState.ANNOUNCED, True)
    assert call.edition.content_version > before
    assert [card.title.text for card in gallery_of(call, "en").cards] == ["Entry 0", "Entry 2"]
    assert verified(call.edition, laureates[0].code).standing is Standing.VALID
    assert sorted(Letter.objects.values_list("mailing__notice", flat=True)) == [
        "entry_laureate",
        "entry_laureate",
        "entry_result",
    ]
    assert set(Letter.objects.values_list("mailing__state", flat=True)) == {"held"}
    kinds = list(Step.objects.filter(call=call).order_by("-number").values_list("kind", flat=True)[:2])
    assert kinds == [StepKind.ANNOUNCED, StepKind.SEED]


def test_an_award_that_is_revoked_says_so_on_its_certificate() -> None:
    call = _decided(shortlisted([9, 5, 8]))
    laureate = name_laureates(call, by=SYSTEM)[0]
    announce_call(call, by=SYSTEM)

    unname_laureate(laureate, by=SYSTEM)

    assert verified(call.edition, laureate.code).standing is Standing.REVOKED
    assert len(gallery_of(call, "en").cards) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_announce_at_once_one_is_told_that_it_is_done() -> None:
    call = _decided(shortlisted([9, 5, 8]))
    name_laureates(call, by=SYSTEM)
    seen = [Call.objects.select_related("edition").get(pk=call.pk) for _n in range(2)]

    refused = at_once(*(lambda one=one: announce_call(one, by=SYSTEM) for one in seen))

    assert sum(one is None for one in refused) == 1
    assert Step.objects.filter(call=call, kind=StepKind.ANNOUNCED).count() == 1
    assert Letter.objects.filter(mailing__edition=call.edition).count() == 3
    assert Laureate.objects.count() == 2
