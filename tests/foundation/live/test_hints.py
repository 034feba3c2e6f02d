"""Hints: told after the commit, harmless whatever happens, heard by whoever may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.access import PUBLIC, Actor
from summitry.foundation.live import Hint, hint, record_topic, register_topic
from summitry.foundation.live.hints import RESYNC, unpacked
from summitry.foundation.live.hub import Hub, hub
from summitry.foundation.live.topics import allowed_topics
from tests.editions.make import in_edition, make_edition

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def heard() -> Iterator[list[Hint]]:
    told: list[Hint] = []
    hub.attach(told.append)
    yield told
    hub.detach(told.append)


@pytest.mark.django_db(transaction=True)
def test_a_hint_is_told_after_the_commit_and_never_after_a_rollback(heard: list[Hint]) -> None:
    with transaction.atomic():
        hint("edition:1:board", "moved", slot=3)
        assert heard == []
    with transaction.atomic():
        hint("edition:1:board", "dropped")
        transaction.set_rollback(True)

    assert heard == [Hint("edition:1:board", "moved", {"slot": 3})]


@pytest.mark.django_db(transaction=True)
def test_whatever_fails_behind_a_hint_fails_nothing_else(
    heard: list[Hint], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(told: Hint) -> None:
        raise RuntimeError

    hub.attach(broken)
    with transaction.atomic():
        hint("a", "b")
        hint("a", "c", value=object())
        hint("a", "d", value="x" * 10_000)
    hub.detach(broken)

    assert heard == [Hint("a", "b"), Hint("a", "d")]
    assert "A listener of live updates failed" in caplog.text


def test_a_hint_without_a_transaction_needs_no_database(
    heard: list[Hint], caplog: pytest.LogCaptureFixture
) -> None:
    """It may come from a thread that would open a connection for it, and leave it open."""
    hint("edition:1:gates", "scanned")
    hint("edition:1:gates", "scanned", value=object())
    assert heard == [Hint("edition:1:gates", "scanned")]
    assert "A hint could not be told" in caplog.text


@pytest.mark.parametrize("topic", ["", "a b", "A", "a:", ":a", "a\n", "a:b:c:d:e:f", "a" * 81])
def test_a_malformed_topic_is_refused_at_once(topic: str) -> None:
    with pytest.raises(ValueError, match="Not a topic"):
        hint(topic, "moved")


@given(st.text(max_size=20), st.text(max_size=20), st.dictionaries(st.text(max_size=8), json_values))
def test_a_hint_travels_unchanged(topic: str, kind: str, data: dict[str, object]) -> None:
    told = Hint(topic, kind, data)
    assert unpacked(told.packed) == told
    assert told.frame.count(b"\n") == 2


@given(st.binary(max_size=60))
def test_what_is_no_hint_is_left_aside(message: bytes) -> None:
    carried: list[bytes] = []

    class Carrier:
        def send(self, message: bytes) -> None:
            carried.append(message)

        def listen(self, heard: object, missed: object) -> None:
            heard(message)  # type: ignore[operator]
            missed()  # type: ignore[operator]

        def close(self) -> None:
            carried.clear()

    told: list[Hint] = []
    Hub(Carrier).attach(told.append)
    assert told[-1] is RESYNC


def test_the_longest_and_plainest_prefix_decides_who_listens() -> None:
    asked: list[str] = []

    def rule(name: str, *, allows: bool) -> None:
        def may_listen(actor: Actor, topic: str) -> bool:
            asked.append(name)
            return allows

        register_topic(name, may_listen)

    rule("tests", allows=True)
    rule("tests:*:secret", allows=False)
    rule("tests:7:secret", allows=True)
    register_topic("tests:broken", lambda _actor, _topic: bool(1 / 0))
    topics = [
        "tests",
        "tests:1",
        "tests:1:secret",
        "tests:7:secret:more",
        "tests:broken:1",
        "unknown:1",
        "tests:X",
    ]

    assert allowed_topics(PUBLIC, topics) == {"tests", "tests:1", "tests:7:secret:more"}
    assert asked == ["tests", "tests", "tests:*:secret", "tests:7:secret"]


@pytest.mark.django_db
def test_a_records_topic_is_for_those_who_work_on_it() -> None:
    edition, other = make_edition(), make_edition()
    own, foreign = record_topic(edition), record_topic(other)
    wrong = [
        "record:editions.edition:0",
        "record:editions.edition:x",
        "record:no.model:1",
        "record:editions.edition",
    ]
    director = in_edition("director", edition)

    assert own == f"record:editions.edition:{edition.pk}"
    assert allowed_topics(director, [own, foreign, *wrong]) == {own}
    assert allowed_topics(PUBLIC, [own, foreign, *wrong]) == frozenset()
