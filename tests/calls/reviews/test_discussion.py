"""Nobody sees what others said before her own review, nor whom a conflict bars; under which names is the round's rule."""

from __future__ import annotations

import pytest

from summitry.calls.actions.discussion import say
from summitry.calls.actions.review import reopen_review
from summitry.calls.contributes_reviews import may_hear_discussion, may_hear_of_review
from summitry.calls.enums import ConflictKind, ConflictSource, ConflictState
from summitry.calls.models import Conflict, Juror, Remark, Round
from summitry.calls.queries.discussion import Discussion, discussion_of, topic_of
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import AuditEntry
from tests.calls.make import make_juror
from tests.calls.reviews.table import Table, give, make_table

pytestmark = pytest.mark.django_db


def seen_by(table: Table, who: str) -> Discussion | None:
    round_ = Round.objects.select_related("call__edition").get(pk=table.round.pk)
    return discussion_of(round_, table.entries[0].pk, table.actor(who), "en")


def who_said(found: Discussion | None) -> list[str]:
    assert found is not None
    return [said.who.text for said in found.reviews]


def bar(table: Table, juror: Juror) -> Conflict:
    return Conflict.objects.create(
        juror=juror,
        entry=table.entries[0],
        kind=ConflictKind.FUNDER,
        source=ConflictSource.OFFICE,
    )


def test_others_are_read_after_ones_own_review_only() -> None:
    table = make_table(jurors=("ada", "bo", "cy"))
    table.submit("bo", remarks="Bold")
    assert seen_by(table, "ada") is None
    table.submit("ada")
    assert who_said(seen_by(table, "ada")) == ["Bo"]
    assert who_said(seen_by(table, "chair")) == ["Bo", "Ada"]

    reopen_review(table.assignment("ada"), by=table.actor("ada"))
    assert seen_by(table, "ada") is None
    assert who_said(seen_by(table, "chair")) == ["Bo"]


def test_a_chair_who_reads_herself_waits_for_her_own_review() -> None:
    table = make_table(jurors=("ada",))
    make_juror(table.call, "Chair", table.accounts["chair"])
    table.submit("ada")
    assert who_said(seen_by(table, "chair")) == ["Ada"]
    table.jurors["chair"] = Juror.objects.get(account=table.accounts["chair"])
    give(table, "chair")
    assert seen_by(table, "chair") is None
    table.submit("chair")
    assert who_said(seen_by(table, "chair")) == ["Ada"]


def test_a_conflict_bars_from_the_discussion_whatever_the_role() -> None:
    table = make_table(jurors=("ada", "bo"))
    table.submit("ada")
    table.submit("bo")
    barred = bar(table, table.jurors["ada"])
    chair = make_juror(table.call, "Chair", table.accounts["chair"])
    bar(table, chair)
    assert [seen_by(table, who) for who in ("ada", "chair")] == [None, None]
    with pytest.raises(PermissionRefused):
        say(table.round, table.entries[0], "Let me in", by=table.actor("ada"))
    barred.state = ConflictState.DISMISSED
    barred.save()
    assert who_said(seen_by(table, "ada")) == ["Bo"]


def test_a_round_may_hide_the_names_and_close_the_discussion() -> None:
    table = make_table(jurors=("ada", "bo", "cy"), names_jurors=False)
    for who in ("ada", "bo", "cy"):
        table.submit(who)
    say(table.round, table.entries[0], "Hm.", by=table.actor("cy"))
    found = seen_by(table, "ada")
    assert found is not None
    names = who_said(found)
    assert (sorted(names) == names, {name.split()[0] for name in names}) == (True, {"Juror"})
    assert found.words[0].who.text in names
    assert "Cy" in who_said(seen_by(table, "chair"))

    Round.objects.update(opens_discussion=False)
    assert seen_by(table, "ada") is None
    assert seen_by(table, "chair") is not None


def test_what_is_said_stays_out_of_the_log() -> None:
    table = make_table(jurors=("ada",))
    table.submit("ada")
    with pytest.raises(InvalidInput):
        say(table.round, table.entries[0], "  ", by=table.actor("ada"))
    say(table.round, table.entries[0], "Between us", by=table.actor("ada"))
    entry = AuditEntry.objects.get(action="calls.remark.said")
    assert (entry.params, entry.object_label, entry.after) == ({"entry": 1}, "", {})
    assert Remark.objects.get().juror == table.jurors["ada"]


def test_only_those_who_see_a_discussion_hear_of_it() -> None:
    table = make_table(jurors=("ada", "bo"))
    table.submit("ada")
    topic = topic_of(table.round.pk, table.entries[0].pk)
    actors = [table.actor(who) for who in ("ada", "bo", "chair")]
    assert [may_hear_discussion(actor, topic) for actor in (*actors, PUBLIC)] == [True, False, True, False]
    own = f"review:{table.assignment('bo').pk}"
    assert [may_hear_of_review(actor, own) for actor in (*actors, PUBLIC)] == [False, True, False, False]
    assert not may_hear_discussion(actors[0], "discussion:x:99999999999999999999")


def test_pages_show_the_discussion_to_the_jury_and_the_chair() -> None:
    table = make_table(jurors=("ada", "bo"))
    table.submit("bo", remarks="Bold and clear", feedback="Thank you")
    ada, chair = table.signed_in("ada"), table.signed_in("chair")
    page = table.url(f"rounds/1/reviews/{table.entries[0].number}/")
    assert "Bold and clear" not in ada.get(table.entry_url()).content.decode()
    assert ada.get(page).status_code == 403
    table.submit("ada")
    assert "Bold and clear" in ada.get(table.entry_url()).content.decode()
    told = chair.get(page).content.decode()
    assert ("Bold and clear" in told, "Thank you" in told) == (True, True)

    assert ada.post(table.entry_url(path="discussion/"), {"words": "Shall we?"}).status_code == 302
    assert chair.post(page, {"words": "We shall."}).status_code == 302
    fragment = ada.get(table.entry_url(path="discussion/"), headers={"X-Fragment": "1"}).content.decode()
    assert ("Shall we?" in fragment, "We shall." in fragment, "<html" in fragment) == (True, True, False)
