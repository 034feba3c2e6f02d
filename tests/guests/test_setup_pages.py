"""The console's pages of categories, purposes and questions."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from summitry.editions.permissions import DIRECTOR
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.guests.actions.application import save_answers
from summitry.guests.actions.category import remove_category, update_category
from summitry.guests.actions.field import remove_field, update_field
from summitry.guests.actions.purpose import remove_purpose, update_purpose
from summitry.guests.enums import FieldKind, Step
from summitry.guests.errors import StillNeeded, StillUsed
from summitry.guests.models import Category, Field, Purpose
from summitry.guests.permissions import ACCREDITATION, DATA_PROTECTION, GUEST_OFFICE
from summitry.guests.queries.cockpit import due_of
from summitry.guests.queries.standing import due_by
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_field, make_guest, make_purpose
from tests.guests.office import Office, make_office

pytestmark = pytest.mark.django_db
OPTIONS = [{"value": value, "label": Text.of(value).to_json()} for value in ("any", "other")]


@pytest.fixture
def office() -> Office:
    return make_office()


def given_in(client: Client, url: str) -> dict[str, Any]:
    """Return what a form would send as it stands."""
    html = client.get(url).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', html)
    assert seen is not None
    return {"seen": seen[1].replace("&quot;", '"')}


def test_defaults_are_set_up_by_a_press(office: Office) -> None:
    client = office.signed_in(ACCREDITATION.code)
    assert client.post(office.url("categories/defaults/")).status_code == 302
    assert Category.objects.filter(edition=office.edition).count() == 17
    for page, words in (
        ("categories/", "Head of state"),
        ("questions/", "Your organisation"),
        ("purposes/", "Screening"),
    ):
        assert words in client.get(office.url(page)).content.decode()
    assert office.signed_in(GUEST_OFFICE.code).post(office.url("categories/defaults/")).status_code == 403


def test_category_is_added_changed_and_removed(office: Office) -> None:
    client = office.signed_in(DIRECTOR.code)
    new = office.url("categories/new/")
    given = {
        **given_in(client, new), "name.en": "Press", "name.ar": "الصحافة", "capacity": "media", "colour": "#112233",
        "position": "3", "steps": ["application", "decision"], "clocks.decision": "24", "photo": "required",
        "identity": "asked", "visa": "never", "companions": "0", "on_behalf": "on",
    }  # fmt: skip
    assert client.post(new, {**given, "colour": "red"}).status_code == 422
    assert client.post(new, given).status_code == 302
    made = Category.objects.get(slug="press")
    assert (made.steps, made.clocks, made.on_behalf, made.counts) == (
        ["application", "decision"], {"decision": 24}, True, False,
    )  # fmt: skip
    there = office.url("categories/press/")
    assert client.post(there, {**given, **given_in(client, there), "clocks.decision": "0"}).status_code == 422
    assert client.post(there, {**given, **given_in(client, there), "places": "12"}).status_code == 302
    made.refresh_from_db()
    assert (made.places, made.clocks) == (12, {"decision": 24})
    assert client.post(there, {"remove": "1"}).status_code == 302
    assert not Category.objects.filter(slug="press").exists()


def test_question_is_added_with_answers_and_a_condition(office: Office) -> None:
    client = office.signed_in(ACCREDITATION.code)
    assert client.get(office.url("questions/new/")).status_code == 302
    make_purpose(office.edition, "Food")
    make_field(office.edition, "eats", kind=FieldKind.CHOICE, options=OPTIONS)
    new = office.url("questions/new/")
    given = {
        **given_in(client, new), "label.en": "Which one?", "kind": "choice", "step": "application", "position": "1",
        "purpose": Purpose.objects.get().pk, "options": "red | Red | 红 | أحمر\nblue | Blue",
        "condition": ["eats=other"], "category_slugs": ["speaker"], "attendance": ["on_site"],
    }  # fmt: skip
    assert client.post(new, {**given, "options": "Red"}).status_code == 422
    assert client.post(new, {**given, "options": "a | 1 | 2 | 3 | 4\nb"}).status_code == 422
    answer = client.post(new, given)
    assert answer.status_code == 302
    made = Field.objects.get(slug="which-one")
    assert [(one["value"], one["label"].get("zh-hans")) for one in made.options] == [
        ("red", "红"),
        ("blue", None),
    ]
    assert (made.condition, made.attendance, [one.slug for one in made.categories.all()]) == (
        {"field": "eats", "in": ["other"]}, ["on_site"], ["speaker"],
    )  # fmt: skip
    there = office.url("questions/which-one/")
    page = client.get(there).content.decode()
    assert "red | Red | 红 | أحمر" in page
    kept = {**given, **given_in(client, there), "category_slugs": ["speaker", "delegate"], "position": "7"}
    assert client.post(there, kept).status_code == 302
    made.refresh_from_db()
    assert (made.position, made.categories.count()) == (7, 2)


def test_purpose_is_for_data_protection(office: Office) -> None:
    client = office.signed_in(DATA_PROTECTION.code)
    new = office.url("purposes/new/")
    given = {**given_in(client, new), "name.en": "Lodging", "reason.en": "A bed.", "keep_days": "5"}
    assert client.post(new, given).status_code == 302
    assert Purpose.objects.get(slug="lodging").keep_days == 5
    assert (
        office.signed_in(ACCREDITATION.code).post(office.url("purposes/lodging/"), given).status_code == 403
    )


def test_preview_shows_the_form_as_a_category_sees_it(office: Office) -> None:
    client = office.signed_in(GUEST_OFFICE.code)
    make_field(office.edition, "post", label=Text.of("Your post"))
    make_field(office.edition, "arrival", label=Text.of("When you arrive"), step=Step.CONFIRMATION)
    there = office.url("categories/delegate/form/")
    assert "Your post" in client.get(there).content.decode()
    later = client.get(f"{there}?step=confirmation&attendance=online").content.decode()
    assert ("When you arrive" in later, "Your post" in later) == (True, False)


def test_what_is_used_is_not_removed() -> None:
    edition = make_edition()
    category, purpose = make_category(edition), make_purpose(edition)
    first = make_field(edition, "first", kind=FieldKind.YES_NO, purpose=purpose)
    make_field(edition, "second", purpose=purpose, condition={"field": "first", "in": ["yes"]})
    make_guest(edition, category)
    with pytest.raises(StillUsed):
        remove_category(category, by=SYSTEM)
    with pytest.raises(StillUsed):
        remove_purpose(purpose, by=SYSTEM)
    with pytest.raises(StillUsed):
        remove_field(first, by=SYSTEM)


def test_question_never_depends_on_itself() -> None:
    edition = make_edition()
    one = make_field(edition, "one", kind=FieldKind.YES_NO)
    make_field(edition, "two", kind=FieldKind.YES_NO, condition={"field": "one", "in": ["yes"]})
    line = make_field(edition, "line")
    sealed = make_field(edition, "sealed", kind=FieldKind.YES_NO, purpose=make_purpose(edition, sealed=True))
    for field, condition in (
        (one, {"field": "one", "in": ["yes"]}),
        (one, {"field": "two", "in": ["yes"]}),
        (one, {"field": "line", "in": ["x"]}),
        (one, {"field": "sealed", "in": ["yes"]}),
        (line, {"field": "one", "in": ["perhaps"]}),
        (sealed, {"field": "nothing", "in": ["yes"]}),
    ):
        with pytest.raises(InvalidInput) as refused:
            update_field(field, by=SYSTEM, condition=condition)
        assert list(refused.value.fields) == ["condition"]


def test_category_with_senseless_facts_is_refused() -> None:
    category = make_category(make_edition())
    for facts, name in (
        ({"steps": ["application", "prayer"]}, "steps"),
        ({"clocks": {"decision": 0}}, "clocks"),
        ({"clocks": {"prayer": 5}}, "clocks"),
        ({"colour": "a very blue one"}, "colour"),
    ):
        with pytest.raises(InvalidInput) as refused:
            update_category(category, by=SYSTEM, **facts)
        assert list(refused.value.fields) == [name]


def test_purpose_is_sealed_before_anybody_answers() -> None:
    edition = make_edition()
    purpose = make_purpose(edition)
    make_field(edition, "post", purpose=purpose)
    update_purpose(purpose, by=SYSTEM, sealed=True)
    update_purpose(purpose, by=SYSTEM, sealed=False)
    guest = make_guest(edition)
    save_answers(guest, {"post": "x"}, by=SYSTEM)
    with pytest.raises(InvalidInput):
        update_purpose(purpose, by=SYSTEM, sealed=True)


@pytest.mark.parametrize("more", [0, 2])
def test_lists_take_the_same_queries_for_one_row_and_three(
    office: Office, more: int, django_assert_num_queries: Any
) -> None:
    make_field(office.edition, "first", categories=[office.categories["speaker"]])
    for _n in range(more):
        make_category(office.edition)
        make_field(office.edition, purpose=make_purpose(office.edition))
    client = office.signed_in(GUEST_OFFICE.code)
    for page, budget in (("categories/", 5), ("purposes/", 5), ("questions/", 6)):
        with django_assert_num_queries(budget):
            client.get(office.url(page))


def test_what_the_program_finds_by_its_address_is_kept(office: Office) -> None:
    make_category(office.edition, visa="required")
    visa = make_field(office.edition, "visa", kind=FieldKind.YES_NO)
    screening = make_purpose(office.edition, "Screening", slug="screening")
    for change in ({"slug": "letter"}, {"kind": FieldKind.LINE}):
        with pytest.raises(InvalidInput) as refused:
            update_field(visa, by=SYSTEM, **change)
        assert "waits for a visa letter" in str(refused.value.fields) or "wait for a visa letter" in str(
            refused.value.fields
        )
    with pytest.raises(InvalidInput):
        update_purpose(screening, by=SYSTEM, slug="security")
    client = office.signed_in(DIRECTOR.code)
    for page in ("questions/visa/", "purposes/screening/"):
        assert "It cannot be removed as long as this holds" in client.get(office.url(page)).content.decode()
    answer = client.post(office.url("questions/visa/"), {"remove": "1"}, follow=True).content.decode()
    assert "is needed as it is. Whoever answers yes" in answer
    with pytest.raises(StillNeeded):
        remove_purpose(screening, by=SYSTEM)
    Category.objects.update(visa="never", steps=["application", "decision"])
    remove_field(visa, by=SYSTEM)
    remove_purpose(screening, by=SYSTEM)


def test_clock_of_the_application_can_be_set(office: Office) -> None:
    category = make_category(office.edition, "Press", slug="press")
    client, url = office.signed_in(DIRECTOR.code), office.url("categories/press/")
    assert 'name="clocks.application"' in client.get(url).content.decode()
    update_category(category, by=SYSTEM, clocks={"application": 72})
    guest = make_guest(office.edition, category, state="applying")
    due = guest.state_since + dt.timedelta(hours=72)
    assert (due_by(guest), due_of(guest, None)) == (due, due)
