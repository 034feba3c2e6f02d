from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from summitry.directory.actions.person import update_person
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest
from summitry.foundation.models import AuditEntry
from summitry.mailing.models import Letter
from summitry.programme.actions.availability import intervals_of, merged, set_availability
from summitry.programme.actions.biography import (
    hand_in_portrait,
    sign_biography,
    sign_portrait,
    write_biography,
)
from summitry.programme.actions.speaker import (
    name_assistant,
    note_travel_seen,
    renew_link,
    report_link_test,
    send_link,
    set_travel,
    update_speaker,
)
from summitry.programme.enums import BiographyState, LinkTest
from summitry.programme.models import Speaker
from summitry.programme.permissions import FORUM_EDITOR, STREAM_CREW, TRAVEL_DESK
from summitry.programme.queries.speaker_links import Holder, opened_by, secret_of
from tests.editions.make import in_edition
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, at, in_forum
from tests.programme.speaking.make import holder, picture, speaker

pytestmark = pytest.mark.django_db
NOTHING = digest("")


@pytest.fixture
def house() -> House:
    return make_house()


def test_secret_opens_its_record_and_no_change_of_it_opens_any(house: House) -> None:
    one = speaker(house)
    secret = secret_of(one)
    found = opened_by(secret)
    assert found is not None
    assert (found.speaker, found.holder, found.is_current) == (one, Holder.SPEAKER, True)
    for place in range(len(secret)):
        changed = secret[:place] + ("x" if secret[place] != "x" else "y") + secret[place + 1 :]
        other = opened_by(changed)
        # The last character of base 64 carries two spare bits: another spelling of the same signature is the same key.
        assert other is None or (place == len(secret) - 1 and other.speaker == one)
    assert opened_by("x" * 500) is None
    assert not Speaker.objects.filter(pk=one.pk, assistant_name__contains=secret).exists()


def holds(secret: str) -> bool:
    found = opened_by(secret)
    return found is not None and found.is_current


def test_renewed_link_closes_the_former_one_and_the_assistants_stays(house: House) -> None:
    one = speaker(house)
    name_assistant(one, by=SYSTEM, name="Marie", email="")
    former, assistant = secret_of(one), secret_of(one, Holder.ASSISTANT)
    renew_link(one, by=holder(one))
    assert [holds(secret) for secret in (former, secret_of(one), assistant)] == [False, True, True]


def test_revoking_the_assistant_closes_her_link(house: House) -> None:
    one = speaker(house)
    name_assistant(one, by=SYSTEM, name="Marie", email="")
    secret = secret_of(one, Holder.ASSISTANT)
    name_assistant(one, by=holder(one), name="", email="")
    assert [holds(each) for each in (secret, secret_of(one, Holder.ASSISTANT))] == [False, False]


def test_forum_editor_has_the_link_sent_and_never_sees_it(house: House) -> None:
    one, editor = speaker(house), in_forum(FORUM_EDITOR.code, house.forums["water"])
    update_person(one.person, by=SYSTEM, email="chen@example.org")
    one = speaker(house)
    assert send_link(one, by=editor) is True
    letter = Letter.objects.get()
    assert (letter.address, secret_of(one) in letter.text) == (
        "chen@example.org",
        False,
    )  # sealed until it is sent
    assert mail.outbox == []  # held until the secretariat releases it
    for act in (renew_link, lambda s, by: name_assistant(s, by=by, name="Me", email="me@example.org")):
        with pytest.raises(PermissionRefused):
            act(one, by=editor)


def test_assistant_names_no_other_assistant(house: House) -> None:
    one = speaker(house)
    name_assistant(one, by=holder(one), name="Marie", email="")
    with pytest.raises(PermissionRefused):
        name_assistant(one, by=holder(one, Holder.ASSISTANT), name="Other", email="")


def test_biography_is_approved_language_by_language_and_goes_stale(house: House) -> None:
    update_person(
        house.people["chen"], by=SYSTEM, biography=Text.of({"en": "Builds bridges.", "zh-hans": "造桥。"})
    )
    one = speaker(house)
    assert one.biography_state == BiographyState.OPEN
    sign_biography(one, "zh-hans", by=holder(one), seen=digest("造桥。"))
    assert speaker(house).biography_state == BiographyState.OPEN
    sign_biography(one, "en", by=holder(one), seen=digest("Builds bridges."))
    assert speaker(house).biography_state == BiographyState.SIGNED
    update_person(
        speaker(house).person, by=SYSTEM, biography=Text.of({"en": "Builds dams.", "zh-hans": "造桥。"})
    )
    assert speaker(house).biography_state == BiographyState.OPEN
    with pytest.raises(StaleState):
        sign_biography(one, "en", by=holder(one), seen=digest("Builds bridges."))


def test_what_she_writes_herself_is_approved_and_what_others_write_is_not(house: House) -> None:
    one = speaker(house)
    write_biography(one, "zh-hans", "造桥。", by=holder(one), seen=NOTHING)
    row = speaker(house)
    assert (row.person.biography, row.biography_state) == (
        Text.of({"zh-hans": "造桥。"}, "zh-hans"),
        "signed",
    )
    write_biography(one, "zh-hans", "造坝。", by=SYSTEM, seen=digest("造桥。"))
    assert speaker(house).biography_state == BiographyState.OPEN
    with pytest.raises(PermissionRefused):
        sign_biography(
            one, "zh-hans", by=in_forum(FORUM_EDITOR.code, house.forums["water"]), seen=digest("造坝。")
        )


@pytest.mark.parametrize(("lang", "words"), [("xx", "A"), ("en", "x" * 5001)])
def test_biography_that_cannot_be_is_refused_beside_its_field(house: House, lang: str, words: str) -> None:
    one = speaker(house)
    with pytest.raises(InvalidInput) as refused:
        write_biography(one, lang, words, by=holder(one), seen=NOTHING)
    assert list(refused.value.fields) == ["words"]


def test_biography_written_by_two_keeps_the_first(house: House) -> None:
    one = speaker(house)
    write_biography(one, "en", "First.", by=holder(one), seen=NOTHING)
    with pytest.raises(StaleState):
        write_biography(one, "en", "Second.", by=SYSTEM, seen=NOTHING)


def test_portrait_of_others_waits_for_her_approval(house: House) -> None:
    one = speaker(house)
    hand_in_portrait(one, picture(), by=SYSTEM)
    row = speaker(house)
    assert row.person.portrait is not None
    assert (row.person.portrait.is_public, row.portrait_signed_at) == (False, None)
    sign_portrait(row, by=holder(row))
    assert speaker(house).person.portrait.is_public  # type: ignore[union-attr]


def test_portrait_that_is_no_picture_is_refused_beside_its_field(house: House) -> None:
    one = speaker(house)
    from tests.programme.speaking.make import pdf  # noqa: PLC0415 - only here

    with pytest.raises(InvalidInput) as refused:
        hand_in_portrait(one, pdf("me.png"), by=holder(one))
    assert list(refused.value.fields) == ["portrait"]


def test_travel_is_for_few_and_the_log_says_who_looked_but_not_what_was_said(house: House) -> None:
    one = speaker(house)
    set_travel(one, by=holder(one), needs_visa=True, needs_travel=False)
    noted = AuditEntry.objects.latest("pk")
    assert (noted.action, noted.before, noted.after) == ("programme.speaker.travel_noted", {}, {})
    note_travel_seen(one, by=in_edition(TRAVEL_DESK.code, house.edition))
    assert AuditEntry.objects.latest("pk").action == "programme.speaker.travel_seen"
    for role in ("editor", "viewer", STREAM_CREW.code):
        with pytest.raises(PermissionRefused):
            note_travel_seen(one, by=in_edition(role, house.edition))


def test_stream_crew_notes_a_test_and_changes_nothing_else(house: House) -> None:
    one, crew = speaker(house), in_edition(STREAM_CREW.code, house.edition)
    report_link_test(one, by=crew, state=LinkTest.PASSED, details={"note": "fine"})
    assert (speaker(house).link_test, speaker(house).link_tested_at) == ("passed", clock.now())
    with pytest.raises(PermissionRefused):
        update_speaker(one, by=crew, technical_needs="None")


def test_times_are_joined_and_kept_in_order(house: House) -> None:
    one = speaker(house)
    given_ = [(at(14), at(16)), (at(9), at(11)), (at(11), at(12)), (at(15), at(18))]
    set_availability(one, given_, by=holder(one))
    assert intervals_of(one) == [(at(9), at(12)), (at(14), at(18))]


@pytest.mark.parametrize(
    ("interval", "row"), [((at(9), at(9)), "row-1"), ((at(9, day=400), at(10, day=400)), "row-1")]
)
def test_time_that_cannot_be_is_refused_beside_its_row(
    house: House, interval: tuple[dt.datetime, dt.datetime], row: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_availability(speaker(house), [(at(9), at(10)), interval], by=SYSTEM)
    assert list(refused.value.fields) == [row]


def test_times_changed_by_two_keep_the_first(house: House) -> None:
    one = speaker(house)
    set_availability(one, [(at(9), at(10))], by=SYSTEM, expected=[])
    with pytest.raises(StaleState):
        set_availability(one, [(at(12), at(13))], by=SYSTEM, expected=[])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12))
def test_joined_times_cover_exactly_what_was_given(pairs: list[tuple[int, int]]) -> None:
    start = at(0)
    minutes = dt.timedelta(minutes=1)
    given_ = [(start + begin * minutes, start + (begin + length) * minutes) for begin, length in pairs]
    joined = merged(given_)
    covered = {minute for begin, length in pairs for minute in range(begin, begin + length)}
    seen = {
        n
        for one, other in joined
        for n in range(int((one - start) / minutes), int((other - start) / minutes))
    }
    assert seen == covered
    assert all(one[1] < other[0] for one, other in itertools.pairwise(joined))
