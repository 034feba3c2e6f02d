"""What people ask about a call: taken from anybody, answered by letter once, published without the asker."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from summitry.calls.actions import inquiry as inquiries
from summitry.calls.actions.inquiry import ask, dismiss_inquiry, forget_askers, update_inquiry, write_inquiry
from summitry.calls.models import Inquiry
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.mailing.models import Letter
from tests.at_once import at_once
from tests.calls.make import SYSTEM, make_call

pytestmark = pytest.mark.django_db


def asked(**facts: str) -> Inquiry:
    return ask(
        make_call(), "May a team enter twice?", **{"email": "ana@example.org", "language": "es", **facts}
    )


def test_an_answer_goes_to_the_asker_once_and_in_her_language() -> None:
    inquiry = asked()
    answer = Text.of({"en": "Yes, in two areas.", "es": "Sí, en dos áreas."})
    update_inquiry(inquiry, by=SYSTEM, answer=answer, is_public=True)
    update_inquiry(inquiry, by=SYSTEM, answer=answer.with_text("en", "Yes."))
    letter = Letter.objects.get()
    assert (letter.address, letter.lang) == ("ana@example.org", "es")
    assert "Sí, en dos áreas." in letter.text
    assert (inquiry.state, inquiry.is_public) == ("answered", True)


def test_nothing_is_published_without_an_answer() -> None:
    inquiry = asked()
    with pytest.raises(InvalidInput) as caught:
        update_inquiry(inquiry, by=SYSTEM, is_public=True)
    assert set(caught.value.fields) == {"is_public"}
    with pytest.raises(InvalidInput):
        write_inquiry(inquiry.call, Text.of("Why?"), Text(), by=SYSTEM)
    assert write_inquiry(inquiry.call, Text.of("Why?"), Text.of("So."), by=SYSTEM).state == "answered"


def test_questions_are_refused_beside_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    for words, email, field in (
        ("  ", "a@example.org", "words"),
        ("x" * 2001, "", "asked"),
        ("Why?", "no", "email"),
    ):
        with pytest.raises(InvalidInput) as caught:
            ask(call, words, email=email)
        assert set(caught.value.fields) == {field}
    with pytest.raises(NotFound):
        ask(make_call(state="draft"), "Why?")
    monkeypatch.setattr(inquiries, "MOST_WAITING", 0)
    with pytest.raises(InvalidInput):
        ask(call, "Why?")
    assert not Inquiry.objects.exists()


def test_addresses_are_forgotten() -> None:
    kept, answered, aside = asked(), asked(), asked()
    update_inquiry(answered, by=SYSTEM, answer=Text.of("Yes."))
    dismiss_inquiry(aside, by=SYSTEM)
    with clock.frozen(clock.now() + dt.timedelta(days=31)):
        forget_askers.call()
    addresses = [
        Inquiry.objects.values_list("email", flat=True).get(pk=one.pk) for one in (kept, answered, aside)
    ]
    assert addresses == ["ana@example.org", "", ""]
    assert Letter.objects.count() == 1


def test_strangers_answer_nothing() -> None:
    inquiry = asked()
    for act in (partial(update_inquiry, inquiry, answer=Text.of("x")), partial(dismiss_inquiry, inquiry)):
        with pytest.raises(PermissionRefused):
            act(by=PUBLIC)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_answered_at_once_is_one_letter() -> None:
    pk = asked().pk
    twins = [Inquiry.objects.select_related("call__edition").get(pk=pk) for _n in range(2)]
    acts = [partial(update_inquiry, one, by=SYSTEM, answer=Text.of(str(n))) for n, one in enumerate(twins)]
    assert sorted(map(str, at_once(*acts))) == sorted(map(str, [None, StaleState]))
    assert Letter.objects.count() == 1
