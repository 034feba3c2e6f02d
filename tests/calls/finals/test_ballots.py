"""Ballots of a final: committed once, revealed as committed, counted so that anybody can count again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.calls.actions.ballot import (
    BallotsClosed,
    RevealClosed,
    commit_ballot,
    commit_for,
    reveal_ballot,
)
from summitry.calls.actions.counting import close_ballots, count_ballots
from summitry.calls.enums import AssignmentState, BallotKind, StepKind
from summitry.calls.errors import AlreadyCommitted, NotRevealed
from summitry.calls.models import Assignment, Ballot, Panel, Step
from summitry.calls.queries.finals import judged_by, places_in, stage_of, voters_of
from summitry.calls.record.ballots import (
    content_if_committed,
    content_of_scores,
    opening_from,
    opening_text,
)
from summitry.calls.record.canonical import canonical, digest
from summitry.calls.record.tallying import tallied
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from tests.at_once import at_once
from tests.calls.finals.hall import SALT, Hall, make_hall, seal
from tests.calls.make import SYSTEM

CONTENT = content_of_scores(7, 3, {11: {"clarity": 5}, 12: {"clarity": 9}})
COMMITMENT, OPENING = seal(CONTENT, SALT)


def steps(hall: Hall, kind: StepKind) -> list[dict[str, Any]]:
    """Return what steps of a kind say, without the salts that keep them from being guessed."""
    rows = Step.objects.filter(call=hall.call, kind=kind).order_by("number")
    return [{name: value for name, value in step.content.items() if name != "salt"} for step in rows]


def opened(text: str) -> dict[str, Any] | None:
    found = opening_from(text)
    return found and content_if_committed(found, COMMITMENT, final=7, juror=3)


def test_a_device_makes_the_same_commitment_with_any_sha256() -> None:
    text = '{"final":7,"format":1,"juror":3,"kind":"scores","marks":{"11":{"clarity":5},"12":{"clarity":9}}}'
    assert json.loads(OPENING) == {"ballot": text, "salt": SALT.hex()}
    assert COMMITMENT == "c114e15c4e776956644955cd0814007acb20de98ac677bfd683d503dbbd3c5b1"
    assert opened(OPENING) == CONTENT


@given(at=st.integers(0, len(OPENING) - 1), put=st.characters(codec="utf-8"))
def test_any_other_character_in_ballot_or_salt_is_refused(at: int, put: str) -> None:
    other = OPENING[:at] + put + OPENING[at + 1 :]
    found = opening_from(other)
    if found != opening_from(OPENING):
        assert opened(other) is None


@given(
    st.dictionaries(
        st.sampled_from(["11", "12", "13"]), st.integers(1, 10).map(lambda mark: {"clarity": mark})
    )
)
def test_no_other_ballot_fits_a_commitment(marks: dict[str, dict[str, int]]) -> None:
    other = CONTENT | {"marks": marks}
    _commitment, opening = seal(other, SALT)
    assert opened(opening) == (CONTENT if other == CONTENT else None)


@given(st.binary(min_size=16, max_size=40))
def test_no_other_salt_fits_a_commitment(salt: bytes) -> None:
    assert opened(opening_text(canonical(CONTENT).decode(), salt.hex())) == (
        CONTENT if salt == SALT else None
    )


@given(
    st.text(max_size=80)
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(json.dumps)
)
def test_no_text_makes_the_reading_of_a_reveal_fail(text: str) -> None:
    assert opened(text) is None


def test_a_ballot_of_somebody_else_or_of_another_final_is_not_hers() -> None:
    found = opening_from(OPENING)
    assert found is not None
    assert content_if_committed(found, COMMITMENT, final=7, juror=4) is None
    assert content_if_committed(found, COMMITMENT, final=8, juror=3) is None


@pytest.mark.django_db
def test_a_committed_ballot_is_a_digest_and_nothing_else() -> None:
    hall = make_hall()
    ballot = hall.commit("ada", 5, 9, 7)
    assert (ballot.content, ballot.salt, ballot.kept) == (None, "", "")
    assert steps(hall, StepKind.BALLOT) == [
        {"round": 1, "juror": hall.jurors["ada"].pk, "commitment": ballot.commitment}
    ]


@pytest.mark.django_db
def test_a_committed_ballot_never_changes() -> None:
    hall = make_hall()
    ballot = hall.commit("ada", 5, 9, 7)
    assert hall.commit("ada", 5, 9, 7).pk == ballot.pk  # sent again after a lost answer
    with pytest.raises(AlreadyCommitted):
        hall.commit("ada", 9, 9, 9)
    with pytest.raises(RevealClosed):
        hall.reveal("ada", 5, 9, 7)
    close_ballots(hall.final, by=SYSTEM)
    with pytest.raises(AlreadyCommitted):
        hall.commit("ada", 9, 9, 9)
    with pytest.raises(NotRevealed):
        hall.reveal("ada", 9, 9, 9)
    with pytest.raises(NotRevealed):
        reveal_ballot(hall.fresh(), "what?", by=hall.actor("ada"))
    assert [one.commitment for one in Ballot.objects.all()] == [ballot.commitment]


@pytest.mark.django_db
def test_who_has_committed_nothing_has_nothing_to_reveal_and_comes_too_late() -> None:
    hall = make_hall()
    with pytest.raises(InvalidInput):
        commit_ballot(hall.fresh(), "A" * 64, by=hall.actor("bo"))
    close_ballots(hall.final, by=SYSTEM)
    with pytest.raises(NotRevealed):
        hall.reveal("bo", 5, 9, 7)
    with pytest.raises(BallotsClosed):
        hall.commit("bo", 5, 9, 7)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["manager", "chair"])
def test_only_jurors_have_ballots(who: str) -> None:
    hall = make_hall()
    with pytest.raises(PermissionRefused):
        commit_ballot(hall.fresh(), "0" * 64, by=hall.actor(who))


@pytest.mark.django_db
def test_where_a_panel_judges_the_other_jurors_do_not() -> None:
    hall = make_hall(starts=False)
    panel = Panel.objects.create(call=hall.call, name=Text.of("The five"))
    hall.jurors["ada"].panel = panel
    hall.jurors["ada"].save()
    hall.final.panel = panel
    hall.final.save()
    assert list(voters_of(hall.fresh())) == [hall.jurors["ada"]]
    with pytest.raises(PermissionRefused):
        commit_ballot(hall.fresh(), "0" * 64, by=hall.actor("bo"))


@pytest.mark.django_db
def test_the_tally_says_who_is_missing_and_counts_again_from_plain_json() -> None:
    hall = make_hall(jurors=("ada", "bo", "cy"))
    for who, marks in {"ada": (5, 9, 7), "bo": (6, 8, 9), "cy": (10, 1, 1)}.items():
        hall.commit(who, *marks)
    close_ballots(hall.final, by=SYSTEM)
    hall.reveal("ada", 5, 9, 7)
    hall.reveal("bo", 6, 8, 9)
    hall.reveal("bo", 6, 8, 9)
    assert (stage_of(hall.fresh()).committed, stage_of(hall.fresh()).revealed) == (3, 2)
    tally = count_ballots(hall.fresh(), by=SYSTEM).tally
    first, second, third = (entry.pk for entry in hall.entries)
    assert tally["entries"] == [
        {"entry": second, "score": 8.5, "rank": 1, "step": "figure"},
        {"entry": third, "score": 8.0, "rank": 2, "step": "figure"},
        {"entry": first, "score": 5.5, "rank": 3, "step": "figure"},
    ]
    assert tally["missing"] == [hall.jurors["cy"].pk]
    sent = json.loads(canonical(tally))
    assert canonical(tallied(sent["problem"])) == canonical(sent["answer"])
    assert steps(hall, StepKind.TALLY) == [
        {
            "round": 1,
            "problem": digest(tally["problem"]),
            "answer": digest(tally["answer"]),
            "missing": tally["missing"],
            "spoiled": [],
        }
    ]
    assert steps(hall, StepKind.REVEALED) == [
        {"round": 1, "juror": hall.jurors[who].pk} for who in ("ada", "bo")
    ]
    with pytest.raises(RevealClosed):
        hall.reveal("cy", 10, 1, 1)


@pytest.mark.django_db
def test_equals_are_separated_by_a_lot_that_the_record_keeps() -> None:
    hall = make_hall(entries=2)
    hall.commit("ada", 7, 7)
    close_ballots(hall.final, by=SYSTEM)
    hall.reveal("ada", 7, 7)
    tally = count_ballots(hall.fresh(), by=SYSTEM).tally
    drawn = [row["entry"] for row in tally["entries"]]
    assert [row["step"] for row in tally["entries"]] == ["figure", "lottery"]
    assert steps(hall, StepKind.LOTTERY) == [
        {
            "round": 1,
            "what": "ties",
            "keys": sorted(drawn),
            "places": 2,
            "drawn": drawn,
            "seed": digest(tally["problem"]["seed"]),
        }
    ]


@pytest.mark.django_db
def test_comparisons_of_pairs_are_counted_to_one_ranking() -> None:
    hall = make_hall(entries=4, ballot=BallotKind.PAIRS)
    orders = {"ada": [(1, 0), (1, 2), (2, 0)], "bo": [(1, 2), (2, 0)]}
    for who, pairs in orders.items():
        commit_ballot(hall.fresh(), hall.compared(who, *pairs)[0], by=hall.actor(who))
    close_ballots(hall.final, by=SYSTEM)
    for who, pairs in orders.items():
        reveal_ballot(hall.fresh(), hall.compared(who, *pairs)[1], by=hall.actor(who))
    tally = count_ballots(hall.fresh(), by=SYSTEM).tally
    # The fourth was never compared: it has no score, and no place.
    assert [row["entry"] for row in tally["entries"]] == [hall.entries[n].pk for n in (1, 2, 0)]
    assert canonical(tallied(tally["problem"])) == canonical(tally["answer"])


@pytest.mark.django_db
def test_entries_from_which_a_juror_is_barred_are_absent_and_never_count() -> None:
    hall = make_hall()
    hall.bar("ada", 0)
    Assignment.objects.create(
        round=hall.final.round, entry=hall.entries[1], juror=hall.jurors["ada"], state=AssignmentState.RECUSED
    )
    assert [pitch.entry for pitch in judged_by(hall.fresh(), hall.jurors["ada"])] == [hall.entries[2]]
    for who, marks in {"ada": (10, 10, 2), "bo": (4, 5, 6)}.items():
        hall.commit(who, *marks)  # a device that was tampered with marks what it was not shown
    close_ballots(hall.final, by=SYSTEM)
    for who, marks in {"ada": (10, 10, 2), "bo": (4, 5, 6)}.items():
        hall.reveal(who, *marks)
    final = count_ballots(hall.fresh(), by=SYSTEM)
    assert [(place.entry, place.score, place.step) for place in places_in(final)] == [
        (hall.entries[1], 5.0, "figure"),
        (hall.entries[2], 4.0, "figure"),
        (hall.entries[0], 4.0, "firsts"),
    ]
    ada = hall.jurors["ada"].pk
    assert final.tally["problem"]["struck"] == [[ada, hall.entries[0].pk], [ada, hall.entries[1].pk]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"marks": {"1": {}}}, {"marks": []}, {"format": 2}, {"kind": "pairs", "pairs": []}]
)
def test_a_ballot_that_says_nothing_countable_is_spoiled_and_named(changes: dict[str, Any]) -> None:
    hall = make_hall()
    content = content_of_scores(hall.final.pk, hall.jurors["ada"].pk, {}) | changes
    commitment, opening = seal(content, SALT)
    commit_ballot(hall.fresh(), commitment, by=hall.actor("ada"))
    hall.commit("bo", 4, 5, 6)
    close_ballots(hall.final, by=SYSTEM)
    reveal_ballot(hall.fresh(), opening, by=hall.actor("ada"))
    hall.reveal("bo", 4, 5, 6)
    tally = count_ballots(hall.fresh(), by=SYSTEM).tally
    assert (tally["answer"]["spoiled"], len(tally["entries"])) == ([hall.jurors["ada"].pk], 3)


@pytest.mark.django_db
def test_without_scripts_the_server_seals_the_ballot_and_reveals_it_by_itself() -> None:
    hall = make_hall()
    content = content_of_scores(hall.final.pk, hall.jurors["ada"].pk, hall.marks(5, 9, 7))
    ballot, opening = commit_for(hall.fresh(), content, by=hall.actor("ada"))
    assert canonical(content).decode() not in ballot.kept
    assert opening_from(opening) is not None
    close_ballots(hall.final, by=SYSTEM)
    ballot.refresh_from_db()
    assert (ballot.content, ballot.kept, bool(ballot.revealed_at)) == (content, "", True)


@pytest.mark.django_db(transaction=True)
def test_forty_jurors_who_commit_at_once_all_have_a_ballot() -> None:
    names = tuple(f"juror{n}" for n in range(40))
    hall = make_hall(jurors=names)
    actors: dict[str, Actor] = {who: hall.actor(who) for who in names}
    final = hall.fresh()

    def commit(who: str) -> None:
        commit_ballot(final, hall_commitments[who], by=actors[who])

    hall_commitments = {who: hall.sealed(who, 5, 9, 7)[0] for who in names}
    assert at_once(*((lambda who=who: commit(who)) for who in names)) == [None] * 40
    assert Ballot.objects.count() == 40
    assert len(steps(hall, StepKind.BALLOT)) == 40


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_commit_at_once_leave_one_ballot() -> None:
    hall = make_hall()
    actor, final = hall.actor("ada"), hall.fresh()
    one, other = hall.sealed("ada", 5, 9, 7)[0], hall.sealed("ada", 9, 5, 7)[0]
    refused = at_once(
        lambda: commit_ballot(final, one, by=actor), lambda: commit_ballot(final, other, by=actor)
    )
    assert sorted(map(str, refused)) == sorted(["None", str(AlreadyCommitted)])
    assert Ballot.objects.count() == 1
