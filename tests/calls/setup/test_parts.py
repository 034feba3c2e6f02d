"""Areas, questions, rules, awards and quotas of a call: what may be, what refers to what, and what holds for good."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from summitry.calls.actions.area import create_area, order_areas, remove_area, update_area
from summitry.calls.actions.award import create_award, remove_award, update_award
from summitry.calls.actions.question import (
    create_question,
    order_questions,
    remove_question,
    update_question,
)
from summitry.calls.actions.quota import create_quota, remove_quota, update_quota
from summitry.calls.actions.rules_text import write_rules
from summitry.calls.enums import StepKind
from summitry.calls.errors import CallFixed, StillUsed
from summitry.calls.models import Call, Question
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from tests.at_once import at_once
from tests.calls.make import SYSTEM, make_area, make_call, make_entry

pytestmark = pytest.mark.django_db


def yes_no(call: Call, slug: str, **facts: Any) -> Question:
    return create_question(call, by=SYSTEM, slug=slug, label=Text.of(slug), kind="yes_no", **facts)


def refused(act: Any, *args: Any, **facts: Any) -> set[str]:
    """Return beside which fields an action refuses."""
    with pytest.raises(InvalidInput) as caught:
        act(*args, by=SYSTEM, **facts)
    return set(caught.value.fields)


def when(field: str, *values: str) -> dict[str, Any]:
    return {"field": field, "in": list(values)}


def test_an_area_that_something_names_stays() -> None:
    call = make_call()
    free, entered, asked = make_area(call), make_area(call), make_area(call)
    make_entry(call, area=entered)
    yes_no(call, "here", areas=[asked.slug])
    remove_area(free, by=SYSTEM)
    for area in (entered, asked):
        with pytest.raises(StillUsed):
            remove_area(area, by=SYSTEM)
    assert update_area(entered, by=SYSTEM, name=Text.of("Renamed")).name == Text.of("Renamed")
    assert refused(update_area, entered, slug="other") == {"slug"}
    assert refused(create_area, call, name=Text()) == {"name"}
    assert refused(create_area, call, name=Text.of("A"), slug=asked.slug) != set()


def test_rows_are_put_in_order_and_the_rest_follows() -> None:
    call = make_call()
    for slug in ("a", "b", "c"):
        make_area(call, slug)
        yes_no(call, slug)
    order_areas(call, ["c", "nobody", "a", "c"], by=SYSTEM)
    order_questions(call, ["b"], by=SYSTEM)
    assert list(call.areas.values_list("slug", flat=True)) == ["c", "a", "b"]
    assert list(call.questions.values_list("slug", flat=True)) == ["b", "a", "c"]


def test_questions_depend_on_answers_that_exist_and_never_in_a_circle() -> None:
    call = make_call()
    first = yes_no(call, "first")
    second = yes_no(call, "second", condition=when("first", "yes"))
    line = create_question(call, by=SYSTEM, slug="line", label=Text.of("Line"), kind="line")
    for condition in (
        when("line", "x"),
        when("nobody", "yes"),
        when("first", "maybe"),
        {"field": "first"},
        when("third", "yes"),
    ):
        assert refused(
            create_question, call, label=Text.of("T"), slug="third", kind="line", condition=condition
        ) == {"condition"}
    assert refused(update_question, first, condition=when("second", "yes")) == {"condition"}
    assert refused(update_question, line, areas=["nowhere"]) == {"areas"}
    with pytest.raises(StillUsed):
        remove_question(first, by=SYSTEM)
    remove_question(second, by=SYSTEM)
    remove_question(first, by=SYSTEM)
    assert list(call.questions.all()) == [line]


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("choice", {"options": []}, "options"),
        ("choice", {"options": [{"value": "a", "label": {"en": "A"}}] * 2}, "options"),
        ("choice", {"options": "x"}, "options"),
        ("line", {"options": [{"value": "a", "label": {"en": "A"}}]}, "options"),
        ("file", {"longest": 100_000}, "longest"),
        ("nothing", {}, "kind"),
        ("line", {"slug": "Not a slug"}, "slug"),
        ("line", {"label": Text()}, "label"),
        ("line", {"label": Text.of("x" * 5000)}, "label"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(kind: str, facts: dict[str, Any], field: str) -> None:
    call = make_call()
    given = {"label": Text.of("Q"), "slug": "q", **facts}
    assert refused(create_question, call, kind=kind, **given) == {field}
    assert not call.questions.exists()


def test_an_answered_question_keeps_its_kind_and_its_place() -> None:
    call = make_call()
    question = yes_no(call, "fair")
    make_entry(call, answers={"fair": "yes"})
    assert refused(update_question, question, kind="line") == {"kind"}
    with pytest.raises(StillUsed):
        remove_question(question, by=SYSTEM)
    Call.objects.filter(pk=call.pk).update(state="frozen")
    assert update_question(question, by=SYSTEM, hint=Text.of("Better words")).hint == Text.of("Better words")
    for act in (
        partial(update_question, question, is_required=True),
        partial(remove_question, question),
        partial(create_question, call, label=Text.of("Late"), kind="line"),
        partial(create_area, call, name=Text.of("Late")),
        partial(write_rules, call, Text.of("Late")),
    ):
        with pytest.raises(CallFixed):
            act(by=SYSTEM)


def test_rules_that_were_published_are_never_changed() -> None:
    call = make_call(state="draft")
    first = write_rules(call, Text.of("One"), by=SYSTEM)
    assert write_rules(call, Text.of("Two"), by=SYSTEM) == first
    call.steps.create(number=1, kind=StepKind.PUBLISHED, previous_hash="0" * 64, hash="1" * 64)
    second = write_rules(call, Text.of("Three"), by=SYSTEM, seen=1)
    assert write_rules(call, Text.of("Three"), by=SYSTEM) == second
    with pytest.raises(StaleState):
        write_rules(call, Text.of("Four"), by=SYSTEM, seen=1)
    assert [(one.number, str(one.text)) for one in call.rules_texts.all()] == [(1, "Two"), (2, "Three")]
    assert refused(write_rules, call, Text()) == {"text"}


def test_rules_that_somebody_accepted_stay_even_in_a_draft() -> None:
    call = make_call(state="draft")
    make_entry(call, rules_text=write_rules(call, Text.of("One"), by=SYSTEM))
    write_rules(call, Text.of("Two"), by=SYSTEM)
    assert [str(one.text) for one in call.rules_texts.all()] == ["One", "Two"]


def test_quotas_name_what_is_there_and_can_hold() -> None:
    call = make_call()
    make_area(call, "here")
    for facts, field in (
        ({"dimension": "area", "label": "nowhere", "most": 1}, "label"),
        ({"dimension": "kind", "label": "circus", "most": 1}, "label"),
        ({"dimension": "entity", "label": "ZZ", "most": 1}, "label"),
        ({"dimension": "area"}, "most"),
        ({"dimension": "area", "least": 3, "most": 2}, "most"),
    ):
        assert refused(create_quota, call, **facts) == {field}
    quota = create_quota(call, by=SYSTEM, dimension="area", label="here", least=1)
    assert refused(create_quota, call, dimension="area", label="here", most=2) == {"label"}
    assert update_quota(quota, by=SYSTEM, most=4).most == 4
    Call.objects.filter(pk=call.pk).update(state="announced", announced_at=clock.now())
    for act in (partial(remove_quota, quota), partial(update_quota, quota, most=5)):
        with pytest.raises(CallFixed):
            act(by=SYSTEM)


def test_awards_are_of_the_calls_own_areas() -> None:
    call = make_call()
    foreign = make_area(make_call())
    assert refused(create_award, call, name=Text.of("A"), area=foreign) == {"area"}
    assert refused(create_award, call, name=Text.of("A"), places=0) == {"places"}
    award = create_award(call, by=SYSTEM, name=Text.of("A"))
    Call.objects.filter(pk=call.pk).update(state="announced", announced_at=clock.now())
    assert update_award(award, by=SYSTEM, prize=Text.of("A medal")).prize == Text.of("A medal")
    with pytest.raises(CallFixed):
        remove_award(award, by=SYSTEM)


def test_nobody_else_sets_up_a_call() -> None:
    call = make_call()
    area = make_area(call)
    for act in (
        partial(create_area, call, name=Text.of("A")),
        partial(update_area, area, name=Text.of("A")),
        partial(remove_area, area),
        partial(order_areas, call, []),
        partial(create_question, call, label=Text.of("Q"), kind="line"),
        partial(create_quota, call, dimension="area", most=1),
        partial(create_award, call, name=Text.of("A")),
        partial(write_rules, call, Text.of("R")),
    ):
        with pytest.raises(PermissionRefused):
            act(by=PUBLIC)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_rules_saved_at_once_are_two_versions_or_one_is_told() -> None:
    call = make_call()
    write_rules(call, Text.of("One"), by=SYSTEM)
    call.steps.create(number=1, kind=StepKind.PUBLISHED, previous_hash="0" * 64, hash="1" * 64)
    acts = [partial(write_rules, call, Text.of(words), by=SYSTEM, seen=1) for words in ("Two", "Three")]
    assert sorted(map(str, at_once(*acts))) == sorted(map(str, [None, StaleState]))
    assert list(call.rules_texts.values_list("number", flat=True)) == [1, 2]
