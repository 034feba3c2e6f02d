"""Two who do the same at once: one person becomes one guest, and nobody's answer is lost unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from summitry.foundation.errors import InvalidInput
from summitry.guests.actions.application import save_answers, submit_application
from summitry.guests.actions.guest import add_guest
from summitry.guests.errors import AlreadyGuest
from summitry.guests.models import Answer, Decision, Guest
from summitry.guests.queries.questions import given_by
from tests.at_once import at_once
from tests.directory.make import make_person
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_field, make_guest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_person_becomes_one_guest() -> None:
    edition, person = make_edition(), make_person()
    category = make_category(edition)
    refused = at_once(*[lambda: add_guest(edition, person, category, by=SYSTEM)] * 4)
    assert Counter(refused) == {None: 1, AlreadyGuest: 3}
    assert Guest.objects.count() == 1


def test_answer_is_not_overwritten_unseen() -> None:
    edition = make_edition()
    make_field(edition, "post")
    guest = make_guest(edition)

    def answer(words: str) -> Callable[[], object]:
        mine = Guest.objects.select_related("edition", "category").get(pk=guest.pk)
        return lambda: save_answers(mine, {"post": words}, by=SYSTEM, seen={"post": ""})

    assert Counter(at_once(*[answer(f"Post {n}") for n in range(4)])) == {None: 1, InvalidInput: 3}
    assert Answer.objects.count() == 1
    assert given_by([guest.pk])[guest.pk]["post"].value.startswith("Post")


def test_application_goes_in_once() -> None:
    edition = make_edition()
    guest = make_guest(edition)

    def hand_in() -> Callable[[], object]:
        mine = Guest.objects.select_related("edition", "category", "person").get(pk=guest.pk)
        return lambda: submit_application(mine, by=SYSTEM)

    assert at_once(*[hand_in() for _n in range(3)]).count(None) == 1
    assert Decision.objects.count() <= 1
