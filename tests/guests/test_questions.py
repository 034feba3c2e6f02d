"""What is asked of whom: categories, steps, ways of taking part, rules and conditions."""

from __future__ import annotations

import pytest

from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.guests.actions.defaults import install_defaults
from summitry.guests.enums import Attendance, Capacity, FieldKind, Rule, Step
from summitry.guests.models import Category, Field, Purpose
from summitry.guests.queries.questions import Given, applicable, form_of, is_asked, questions_for
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_field, make_guest

pytestmark = pytest.mark.django_db
OPTIONS = [{"value": value, "label": Text.of(value).to_json()} for value in ("any", "other")]


def asked(edition: Edition, capacity: Capacity, attendance: Attendance, step: Step) -> dict[str, bool]:
    category = Category.objects.get(edition=edition, capacity=capacity)
    questions = form_of(edition.pk).questions(category, attendance, {step})
    return {question.slug: question.is_required for question in questions}


def test_defaults_cover_every_capacity_and_are_installed_once() -> None:
    edition = make_edition()
    categories = install_defaults(edition, by=SYSTEM)
    assert [category.capacity for category in categories] == [capacity.value for capacity in Capacity]
    counts = [model.objects.count() for model in (Category, Purpose, Field)]
    for row in (*categories, *Purpose.objects.all(), *Field.objects.all()):
        row.full_clean()
    assert install_defaults(edition, by=SYSTEM) == categories
    assert [model.objects.count() for model in (Category, Purpose, Field)] == counts


def test_head_of_state_is_asked_for_neither_photo_nor_document() -> None:
    edition = make_edition()
    install_defaults(edition, by=SYSTEM)
    assert asked(edition, Capacity.HEAD_OF_STATE, Attendance.ON_SITE, Step.APPLICATION) == {"post": False}
    assert asked(edition, Capacity.DELEGATE, Attendance.ON_SITE, Step.APPLICATION) == {
        "organisation": True, "post": False, "phone": False, "photo": True, "birth_date": True,
        "birth_place": False, "passport": True, "visa": False, "visa_from": True,
    }  # fmt: skip
    assert asked(edition, Capacity.DELEGATE, Attendance.ONLINE, Step.APPLICATION) == {
        "organisation": True, "post": False, "phone": False,
    }  # fmt: skip


def test_step_that_a_category_does_not_take_asks_nothing() -> None:
    edition = make_edition()
    make_field(edition, "arrival", step=Step.CONFIRMATION)
    short = make_category(edition, steps=[Step.APPLICATION])
    whole = make_category(edition)
    form = form_of(edition.pk)
    assert form.questions(short, "on_site", {Step.CONFIRMATION}) == []
    assert [one.slug for one in form.questions(whole, "on_site", {Step.CONFIRMATION})] == ["arrival"]


def test_rules_of_the_category_decide_about_its_own_fields() -> None:
    edition = make_edition()
    make_field(edition, "face", kind=FieldKind.PHOTO)
    make_field(edition, "paper", kind=FieldKind.IDENTITY, is_required=True)
    rules = (Rule.NEVER, Rule.ASKED, Rule.REQUIRED)
    categories = {rule: make_category(edition, photo=rule, identity=rule) for rule in rules}
    form = form_of(edition.pk)
    assert {
        rule: [(one.slug, one.is_required) for one in form.questions(each, "on_site", {Step.APPLICATION})]
        for rule, each in categories.items()
    } == {
        Rule.NEVER: [],
        Rule.ASKED: [("face", False), ("paper", False)],
        Rule.REQUIRED: [("face", True), ("paper", True)],
    }


def test_condition_is_met_by_one_of_its_answers() -> None:
    assert is_asked(Field(), {}) is True
    field = Field(condition={"field": "diet", "in": ["other", "yes"]})
    values = [None, "any", "other", ["any"], ["any", "other"], True, False, [], 7]
    assert [is_asked(field, {"diet": value}) for value in values] == [
        False, False, True, False, True, True, False, False, False,
    ]  # fmt: skip


def test_question_hangs_on_one_that_is_itself_not_asked() -> None:
    edition = make_edition()
    make_field(edition, "diet", kind=FieldKind.CHOICE, options=OPTIONS)
    make_field(edition, "more", kind=FieldKind.YES_NO, condition={"field": "diet", "in": ["other"]})
    make_field(edition, "words", condition={"field": "more", "in": ["yes"]}, is_required=True)
    questions = questions_for(make_guest(edition), {Step.APPLICATION})

    def slugs(**values: object) -> list[str]:
        return [one.slug for one in applicable(questions, values)]

    assert slugs() == ["diet"]
    assert slugs(diet="other") == ["diet", "more"]
    assert slugs(diet="other", more=True) == ["diet", "more", "words"]
    assert slugs(diet="any", more=True) == ["diet"]


def test_what_is_given_is_more_than_what_is_empty() -> None:
    values = [
        Given(),
        Given(""),
        Given([]),
        Given(False),
        Given(0),
        Given("x"),
        Given(is_sealed=True),
        Given(file_id=3),
    ]
    assert [bool(given) for given in values] == [False, False, False, True, True, True, True, True]


def test_form_of_a_guest_takes_few_queries(django_assert_num_queries: object) -> None:
    edition = make_edition()
    install_defaults(edition, by=SYSTEM)
    guest = make_guest(edition)
    with django_assert_num_queries(3):  # type: ignore[operator]
        questions_for(guest, set(Step))
