"""The public's vote and the big screen: limits against fraud, and what the hall sees."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from summitry.calls.actions.counting import close_ballots, count_ballots
from summitry.calls.actions.final import renew_screen
from summitry.calls.actions.final_stage import begin_clock, next_pitch, unveil_place
from summitry.calls.actions.public_vote import AlreadyVoted, TooManyVotes, VoteClosed, cast_vote
from summitry.calls.models import PublicVote
from summitry.calls.queries.final_links import code_at, final_by, screen_secret, screen_topic
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput
from summitry.foundation.live.topics import allowed_topics
from tests.at_once import at_once
from tests.calls.finals.hall import Hall, make_hall
from tests.calls.make import SYSTEM

pytestmark = pytest.mark.django_db


def voting(**facts: Any) -> Hall:
    """A final in which the public votes from a minute ago for ten."""
    now = clock.now()
    given = {
        "public_share": 50,
        "vote_opens_at": now - dt.timedelta(minutes=1),
        "vote_closes_at": now + dt.timedelta(minutes=9),
        "asks_code": False,
    }
    return make_hall(**{**given, **facts})


def cast(hall: Hall, entry: int, voter: str, address: str = "192.0.2.1", code: str = "") -> PublicVote:
    return cast_vote(hall.fresh(), hall.entries[entry].pk, voter=voter, address=address, code=code)


def test_a_vote_keeps_nothing_of_who_cast_it() -> None:
    hall = voting()
    vote = cast(hall, 1, "browser-1")
    assert (vote.entry, len(vote.voter), len(vote.source)) == (hall.entries[1], 64, 64)
    assert not {"browser-1", "192.0.2.1"} & {vote.voter, vote.source}


def test_each_browser_votes_once() -> None:
    hall = voting()
    cast(hall, 1, "browser-1")
    with pytest.raises(AlreadyVoted):
        cast(hall, 2, "browser-1", "192.0.2.2")


def test_few_votes_count_from_one_address() -> None:
    hall = voting(votes_per_address=2)
    for n in range(2):
        cast(hall, 1, f"browser-{n}")
    with pytest.raises(TooManyVotes):
        cast(hall, 1, "browser-3")
    cast(hall, 1, "browser-3", "192.0.2.2")
    assert PublicVote.objects.count() == 3


def test_the_code_is_the_one_on_the_screen_within_the_last_minutes() -> None:
    hall = voting(asks_code=True)
    final, now = hall.fresh(), clock.now()
    cast(hall, 1, "browser-1", code=code_at(final, now).lower() + " ")
    cast(hall, 1, "browser-2", code=code_at(final, now, 2))
    for wrong in ("", "AAAA", code_at(final, now, 4), code_at(final, now, -1)):
        with pytest.raises(InvalidInput) as refusal:
            cast(hall, 1, "browser-3", code=wrong)
        assert list(refusal.value.fields) == ["code"]


@pytest.mark.parametrize("minutes", [-2, 9, 30])
def test_nobody_votes_outside_the_window(minutes: int) -> None:
    hall = voting()
    with clock.frozen(clock.now() + dt.timedelta(minutes=minutes)), pytest.raises(VoteClosed):
        cast(hall, 1, "browser-1")


def test_the_public_does_not_vote_where_its_vote_has_no_weight() -> None:
    with pytest.raises(VoteClosed):
        cast(voting(public_share=0), 1, "browser-1")


def test_the_public_s_points_count_as_much_as_was_said() -> None:
    hall = voting()
    for n, entry in enumerate((2, 2, 2, 0)):
        cast(hall, entry, f"browser-{n}")
    hall.commit("ada", 5, 9, 7)
    close_ballots(hall.fresh(), by=SYSTEM)
    hall.reveal("ada", 5, 9, 7)
    tally = count_ballots(hall.fresh(), by=SYSTEM).tally
    # The jury: 8, 12 and 10 points; the public: 10, 8 and 12; each half, as parts of twelve.
    assert [(row["entry"], round(row["score"] * 24, 6)) for row in tally["entries"]] == [
        (hall.entries[2].pk, 22),
        (hall.entries[1].pk, 20),
        (hall.entries[0].pk, 18),
    ]
    with pytest.raises(VoteClosed):
        cast(hall, 1, "browser-9")


@pytest.mark.django_db(transaction=True)
def test_one_browser_that_votes_eight_times_at_once_has_one_vote() -> None:
    hall = voting()
    refused = at_once(*[lambda: cast(hall, 1, "browser-1")] * 8)
    assert (refused.count(None), refused.count(AlreadyVoted), PublicVote.objects.count()) == (1, 7, 1)


def test_the_page_gives_a_number_first_and_takes_one_vote_with_it() -> None:
    hall = voting()
    client = Client()
    data = {"entry": hall.entries[1].pk}
    refused = client.post(hall.vote_url, data)  # no number yet: the answer gives one
    assert (refused.status_code, PublicVote.objects.count()) == (422, 0)
    assert "send your vote again" in refused.content.decode()
    assert "Your vote is counted" in client.post(hall.vote_url, data).content.decode()
    again = client.post(hall.vote_url, {"entry": hall.entries[2].pk})
    assert (again.status_code, list(PublicVote.objects.values_list("entry", flat=True))) == (
        200,
        [hall.entries[1].pk],
    )
    page = Client().get(hall.vote_url).content.decode()
    assert "counts 50 per cent" in page
    client.cookies["summitry-vote"] = "made-up"
    assert client.post(hall.vote_url, data).status_code == 422
    assert client.post(hall.vote_url, {"entry": "0"}).status_code == 422


def test_there_is_no_page_where_the_public_does_not_vote() -> None:
    hall = voting(public_share=0)
    assert Client().get(hall.vote_url).status_code == 404
    hall.final.delete()
    assert Client().get(hall.vote_url).status_code == 404


def test_the_big_screen_shows_counts_and_the_pitch_to_whoever_has_its_link() -> None:
    hall = voting(asks_code=True)
    address = f"/fr/entry/final/{screen_secret(hall.final)}/"
    assert "3 " in Client().get(address).content.decode()
    next_pitch(hall.final, by=SYSTEM)
    begin_clock(hall.final, by=SYSTEM)
    hall.commit("ada", 5, 9, 7)
    part = Client().get(address, headers={"X-Part": "1"}).content.decode()
    for words in ("Pitch 1", "House 1", "Pitch 2", "1 / 2", code_at(hall.fresh(), clock.now()), "data-count"):
        assert words in part
    assert "Ada" not in part


def test_the_big_screen_reveals_what_the_stage_reveals() -> None:
    hall = make_hall()
    hall.commit("ada", 5, 9, 7)
    close_ballots(hall.final, by=SYSTEM)
    hall.reveal("ada", 5, 9, 7)
    final = count_ballots(hall.fresh(), by=SYSTEM)
    address = f"/en/entry/final/{screen_secret(final)}/"
    assert "Pitch 2" not in Client().get(address).content.decode()
    unveil_place(final, by=SYSTEM)
    shown = Client().get(address).content.decode()
    assert ("Pitch 3" in shown, "Pitch 2" in shown) == (True, False)
    unveil_place(final, by=SYSTEM)
    assert "Pitch 2" in Client().get(address).content.decode()


def test_an_old_link_of_the_big_screen_opens_nothing() -> None:
    hall = make_hall()
    old, topic = screen_secret(hall.final), screen_topic(hall.final)
    assert allowed_topics(PUBLIC, [topic, f"final:{hall.final.pk}"]) == {topic}
    renew_screen(hall.final, by=SYSTEM)
    assert Client().get(f"/en/entry/final/{old}/").status_code == 410
    assert allowed_topics(PUBLIC, [topic]) == frozenset()
    assert final_by(old + "x") is None
    assert Client().get("/en/entry/final/1-1.made-up/").status_code == 404
