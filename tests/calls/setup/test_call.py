"""A call is made from its preset, changed as long as nobody relies on it, and published when nothing is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from summitry.calls.actions.call import (
    NewCall,
    cancel_call,
    create_call,
    publish_call,
    reopen_call,
    update_call,
)
from summitry.calls.enums import CallState, Preset, StepKind
from summitry.calls.models import Call, Criterion
from summitry.calls.presets import preset_data
from summitry.calls.queries.configuration import configuration_of
from summitry.calls.queries.missing import missing_of
from summitry.calls.record.canonical import digest
from summitry.calls.record.seeds import seed_digest
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.foundation.i18n import Text
from summitry.mailing.models import Letter
from tests.at_once import at_once
from tests.calls.make import SYSTEM, make_call, make_entry
from tests.editions.make import in_edition, make_edition

pytestmark = pytest.mark.django_db
LANGUAGES = {"en", "zh-hans", "fr", "es", "ru", "ar"}


def fresh(preset: Preset = Preset.CASES, **facts: Any) -> Call:
    """Make a draft that fills in what its preset holds."""
    now = clock.now()
    given: dict[str, Any] = {
        "name": Text.of({"en": "A call", "zh-hans": "征集", "ar": "دعوة"}),
        "opens_at": now,
        "closes_at": now + dt.timedelta(days=30),
        **facts,
    }
    return create_call(make_edition(), NewCall(preset=preset, **given), by=SYSTEM)


def refused(act: Callable[[], object]) -> dict[str, list[str]]:
    """Return what an action says beside which field."""
    with pytest.raises(InvalidInput) as caught:
        act()
    return caught.value.fields


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        (Preset.ACHIEVEMENTS, (15, 9, [(2, 150), (3, 45), (10, 0)], 1)),
        (Preset.CASES, (12, 5, [(4, 30), (5, 0)], 1)),
        (Preset.COMPETITION, (12, 4, [(3, 120), (6, 40), (5, 0)], 12)),
    ],
)
def test_a_preset_fills_a_call_that_can_be_published(preset: Preset, expected: tuple[object, ...]) -> None:
    call = fresh(preset)
    rounds = [(one.reads, one.places) for one in call.rounds.all()]
    assert (call.places, call.areas.count(), rounds, call.awards.count()) == expected
    assert all(one.criteria.exists() for one in call.rounds.all())
    assert [one for one in missing_of(call) if one.stops] == []
    assert set(call.areas.all()[0].name.texts) == {"en", "zh-hans", "ar"}
    assert publish_call(call, by=SYSTEM).state == CallState.PUBLISHED


@pytest.mark.parametrize("preset", list(Preset))
def test_every_text_of_a_preset_is_there_in_six_languages(preset: Preset) -> None:
    data = preset_data(preset)
    texts = [data.rules]
    for lines in (data.areas, data.questions, data.eligibility, data.rounds, data.awards):
        for line in lines:
            texts += [line[name] for name in ("name", "label", "hint") if name in line]
            texts += [one["label"] for one in line.get("options", ())]
            texts += [one[name] for one in line.get("criteria", ()) for name in ("name", "hint")]
    assert {frozenset(text) for text in texts} == {frozenset(LANGUAGES)}
    assert all(words.strip() for text in texts for words in text.values())


def test_publishing_begins_the_record() -> None:
    call = publish_call(fresh(), by=SYSTEM)
    steps = list(call.steps.all())
    assert [step.kind for step in steps] == ["rules", "seed", "round", "round", "published"]
    assert steps[1].content == {"digest": seed_digest(call.seed)}
    assert set(steps[0].content) == {"what", "state", "digest", "rules_text"}
    before = steps[0].content["digest"]
    update_call(call, by=SYSTEM, places=11)
    again = call.steps.order_by("-number")[0]
    assert (again.kind, again.content["what"], again.content["digest"] != before) == ("rules", "call", True)


def test_a_call_without_anything_is_not_published_and_says_why() -> None:
    call = make_call(state="draft")
    told = refused(partial(publish_call, call, by=SYSTEM))[""]
    assert told == [
        "The form asks nothing yet.",
        "There are no rules yet.",
        "There is no round of judging yet.",
    ]
    call.refresh_from_db()
    assert (call.state, call.steps.count()) == (CallState.DRAFT, 0)


def test_quotas_that_cannot_hold_stop_a_publication() -> None:
    call = fresh()
    update_call(call, by=SYSTEM, places=4)
    assert (
        "The quotas ask for at least 5, but there are 4 places."
        in refused(partial(publish_call, call, by=SYSTEM))[""]
    )
    update_call(call, by=SYSTEM, places=30)
    assert (
        "The quotas let at most 20 be chosen, but there are 30 places."
        in refused(partial(publish_call, call, by=SYSTEM))[""]
    )
    Criterion.objects.filter(round__call=call, round__number=2).delete()
    assert "The round “Committee” asks jurors nothing." in refused(partial(publish_call, call, by=SYSTEM))[""]


def test_what_cannot_be_is_said_beside_its_field() -> None:
    now = clock.now()
    bad: dict[str, Any] = {
        "name": Text(),
        "closes_at": now - dt.timedelta(days=1),
        "slug": "laureates",
        "places": 0,
    }
    assert set(refused(partial(fresh, **bad))) == {"name", "closes_at", "slug", "places"}
    assert set(refused(partial(fresh, languages=["EN!"]))) == {"languages"}
    assert set(refused(partial(fresh, grace_minutes=5000))) == {"grace_minutes"}
    taken = fresh(slug="same")
    again = NewCall(
        preset=Preset.CASES, name=Text.of("B"), slug="same", opens_at=now, closes_at=now + dt.timedelta(1)
    )
    assert set(refused(partial(create_call, taken.edition, again, by=SYSTEM))) == {"slug"}
    assert Call.objects.count() == 1


def test_a_published_deadline_moves_later_only() -> None:
    call = publish_call(fresh(), by=SYSTEM)
    earlier, later = (call.closes_at + dt.timedelta(days=n) for n in (-1, 1))
    assert set(refused(partial(update_call, call, by=SYSTEM, closes_at=earlier))) == {"closes_at"}
    assert set(refused(partial(update_call, call, by=SYSTEM, slug="other"))) == {"slug"}
    assert update_call(call, by=SYSTEM, closes_at=later).closes_at == later


def test_what_entrants_went_by_holds_once_entries_are_frozen() -> None:
    call = make_call(state="frozen")
    later = call.closes_at + dt.timedelta(days=1)
    told = refused(partial(update_call, call, by=SYSTEM, closes_at=later, admission="code"))
    assert set(told) == {"closes_at", "admission"}
    assert update_call(call, by=SYSTEM, places=3).places == 3
    done = make_call(state="announced", announced_at=clock.now())
    assert set(refused(partial(update_call, done, by=SYSTEM, places=3))) == {"places"}
    assert update_call(done, by=SYSTEM, summary=Text.of("New words")).summary == Text.of("New words")


def test_only_the_office_prepares_a_call() -> None:
    call = fresh()
    for role in ("eligibility_officer", "viewer"):
        actor = in_edition(role, call.edition)
        for act in (publish_call, cancel_call):
            with pytest.raises(PermissionRefused):
                act(call, by=actor)
        with pytest.raises(PermissionRefused):
            update_call(call, by=actor, places=2)
    manager = in_edition("call_manager", call.edition)
    assert update_call(call, by=manager, places=13).places == 13


def test_whoever_entered_is_told_that_a_call_is_cancelled() -> None:
    call = make_call()
    kept = make_entry(call)
    make_entry(call, state="withdrawn")
    cancel_call(call, by=SYSTEM)
    assert list(Letter.objects.values_list("address", flat=True)) == [kept.contact_email]
    assert reopen_call(call, by=SYSTEM).state == CallState.DRAFT
    with pytest.raises(TransitionRefused):
        reopen_call(call, by=SYSTEM)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_published_at_once_is_recorded_once() -> None:
    call = fresh()
    twins = [Call.objects.select_related("edition").get(pk=call.pk) for _n in range(2)]
    told = at_once(*(partial(publish_call, twin, by=SYSTEM) for twin in twins))
    assert sorted(map(str, told)) in (
        sorted(map(str, [None, StaleState])),
        sorted(map(str, [None, TransitionRefused])),
    )
    assert call.steps.filter(kind=StepKind.PUBLISHED).count() == 1
    assert list(call.steps.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_published_and_changed_at_once_leaves_a_record_of_what_holds() -> None:
    call = fresh()
    one, other = (Call.objects.select_related("edition").get(pk=call.pk) for _n in range(2))
    at_once(partial(publish_call, one, by=SYSTEM), partial(update_call, other, by=SYSTEM, places=11))
    call.refresh_from_db()
    last = call.steps.filter(kind=StepKind.RULES).order_by("-number")[0]
    assert last.content["digest"] == digest(configuration_of(call))
