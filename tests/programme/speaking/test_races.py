"""Two people act on one speaker's record at once, on either database: one wins, the other is told, nothing is half-done."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.directory.models import Person
from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline
from summitry.foundation import clock
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.mailing.models import Letter
from summitry.programme.actions.answers import confirm_appearance, decline_appearance
from summitry.programme.actions.availability import intervals_of, set_availability
from summitry.programme.actions.biography import write_biography
from summitry.programme.actions.material import hand_in_material
from summitry.programme.actions.speaker import renew_link
from summitry.programme.actions.speaker_reminders import remind_of_speaking
from summitry.programme.actions.substitution import (
    SubstituteGiven,
    accept_substitute,
    name_substitute,
    refuse_substitute,
)
from summitry.programme.enums import MaterialKind
from summitry.programme.errors import AlreadyProposed
from summitry.programme.models import Appearance, Material, Substitution
from tests.at_once import at_once
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, at
from tests.programme.speaking.make import PDF, holder, part_of, pdf, speaker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def house() -> House:
    return make_house()


def test_confirming_and_declining_at_once_gives_one_answer(house: House) -> None:
    one, other, me = part_of(house), part_of(house), holder(speaker(house))
    refused = at_once(
        lambda: confirm_appearance(one, by=me), lambda: decline_appearance(other, by=SYSTEM, word="No")
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
    assert part_of(house).state == ("declined" if refused[0] else "confirmed")


def test_two_files_at_once_get_two_numbers(house: House) -> None:
    parts, me = [part_of(house) for _ in range(4)], holder(speaker(house))
    refused = at_once(
        *(
            lambda n=n: hand_in_material(parts[n], MaterialKind.SLIDES, pdf(content=PDF + b"%%%d" % n), by=me)
            for n in range(4)
        )
    )
    assert refused == [None] * 4
    assert sorted(Material.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_proposal_decided_twice_at_once_is_decided_once(house: House) -> None:
    pk = name_substitute(part_of(house), SubstituteGiven("Amara"), by=SYSTEM).pk
    one, other = (Substitution.objects.select_related("session__forum").get(pk=pk) for _ in range(2))
    refused = at_once(
        lambda: accept_substitute(one, by=SYSTEM), lambda: refuse_substitute(other, by=SYSTEM, remarks="No")
    )
    assert len([error for error in refused if error is None]) == 1
    assert {error for error in refused if error} <= {StaleState, TransitionRefused}
    names = Appearance.objects.filter(session=house.sessions["rain"]).values_list(
        "person__reference_name", flat=True
    )
    assert list(names) == (["Amara"] if refused[0] is None else ["Chen Sihan"])


def test_two_proposals_at_once_are_one(house: House) -> None:
    part = decline_appearance(part_of(house), by=SYSTEM)
    copies = [part_of(house), part_of(house)]
    refused = at_once(
        *(lambda n=n: name_substitute(copies[n], SubstituteGiven(f"N{n}"), by=SYSTEM) for n in range(2))
    )
    assert sorted(refused, key=str) == sorted([None, AlreadyProposed], key=str)
    assert part.substitutions.count() == 1


def test_times_set_by_two_at_once_are_those_of_one(house: House) -> None:
    one = speaker(house)
    refused = at_once(
        *(
            lambda n=n: set_availability(one, [(at(9 + n), at(10 + n))], by=SYSTEM, expected=[])
            for n in (0, 4)
        )
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
    assert len(intervals_of(one)) == 1


def test_biography_written_by_two_at_once_is_that_of_one(house: House) -> None:
    from summitry.foundation.i18n.text import digest  # noqa: PLC0415 - only here

    copies = [speaker(house), speaker(house)]
    refused = at_once(
        *(
            lambda n=n: write_biography(copies[n], "en", f"Words {n}", by=SYSTEM, seen=digest(""))
            for n in range(2)
        )
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
    assert speaker(house).person.biography.get("en") == f"Words {refused.index(None)}"


def test_link_renewed_twice_at_once_is_renewed_twice(house: House) -> None:
    copies = [speaker(house), speaker(house)]
    assert at_once(*(lambda n=n: renew_link(copies[n], by=SYSTEM) for n in range(2))) == [None, None]
    assert speaker(house).generation == 3


def test_reminding_twice_at_once_writes_one_letter(house: House) -> None:
    Person.objects.filter(pk=house.people["chen"].pk).update(email="chen@example.org")
    due_at = clock.now() + dt.timedelta(days=1)
    Deadline.objects.create(edition=house.edition, kind=DeadlineKind.LINK_TESTS, due_at=due_at)
    at_once(*[remind_of_speaking.call] * 3)
    assert Letter.objects.count() == 1
