"""Guests over the API: the list, one record, adding and changing; categories and what each is asked. As on the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field as Given
from ninja import Router, Schema, Status

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, policy_for, require, visible, within
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.audit import recording
from summitry.foundation.errors import StaleState
from summitry.foundation.forms.record import mark_of
from summitry.foundation.i18n.text import digest
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.application import save_answers, submit_application
from summitry.guests.actions.guest import change_guest, set_category
from summitry.guests.actions.nomination import Nominee, seat
from summitry.guests.actions.quota import hold_place
from summitry.guests.api_lookups import category_of, delegation_of, person_of
from summitry.guests.enums import Attendance, GuestState, Source, Step
from summitry.guests.models import Answer, Category, Guest
from summitry.guests.queries.guests_at_work import guest_at_work
from summitry.guests.queries.outside import in_state, is_inside, seen_state
from summitry.guests.queries.questions import form_of, missing, questions_for

router = Router()
RELATED = ("person", "category", "delegation")
MARKED = ("attendance", "language", "zone_name", "deskword")


class CategoryOut(Schema):
    """A category: as what its guests come, and what they go through."""

    slug: str
    name: Localised
    capacity: str
    steps: list[str]
    photo: str
    identity: str
    visa: str
    needs_two: bool
    on_behalf: bool
    counts: bool
    companions: int


class QuestionOut(Schema):
    """A question as a category is asked it; what depends on another answer names it."""

    slug: str
    label: Localised
    kind: str
    step: str
    purpose: str
    is_required: bool
    condition: dict[str, Any]


class GuestOut(Schema):
    """A guest. `mark` changes with what can be changed here; nothing of passports, telephones or answers is in it.

    Who works on a delegation only is told `submitted` and no date while an application is examined, whatever its step.
    """

    id: int
    person: str
    name: str
    category: str
    delegation: str | None
    attendance: str
    state: str
    state_since: dt.datetime | None
    source: str
    has_photo: bool
    mark: str


class GuestDetailOut(GuestOut):
    """A guest with what her application still lacks, and what she answered where you may see answers (sealed ones never)."""

    language: str
    zone_name: str
    deskword: str
    also: list[str]
    missing: dict[str, str]
    answers: dict[str, Any] | None


class NewGuestIn(Schema):
    """Somebody to be added: a person of the directory by her slug, or a name as she is called."""

    person: str = ""
    name: str = Given("", max_length=200)
    email: str = Given("", max_length=254)
    category: str
    delegation: str = ""
    attendance: Attendance = Attendance.ON_SITE
    language: str = ""


class GuestIn(Schema):
    """What of a guest is to be changed; what is left out stays. `mark` is the one that you read: 409 if it is another by now."""

    category: str | None = None
    delegation: str | None = None
    attendance: Attendance | None = None
    language: str | None = None
    zone_name: str | None = None
    deskword: str | None = Given(None, max_length=300)
    mark: str = ""


class AnswersIn(Schema):
    """Answers by question; with `hand_in` the application is handed in when nothing is missing."""

    answers: dict[str, Any]
    hand_in: bool = False


@router.get("/{slug}/guest-categories", response=list[CategoryOut], url_name="guest_categories")
def list_categories(request: HttpRequest, slug: str) -> list[CategoryOut]:
    """The categories of guests, in their order."""
    edition, actor = _asked(request, slug)
    require(actor, "view", Category(edition=edition))
    return [_category_out(row) for row in visible(actor, Category.objects.filter(edition=edition))]


@router.get(
    "/{slug}/guest-categories/{category}/questions", response=list[QuestionOut], url_name="guest_questions"
)
def list_questions(
    request: HttpRequest, slug: str, category: str, attendance: Attendance = Attendance.ON_SITE
) -> list[QuestionOut]:
    """What guests of a category are asked who take part in one way, step by step."""
    edition, actor = _asked(request, slug)
    require(actor, "view", Category(edition=edition))
    row = category_of(edition, category)
    return [
        QuestionOut(
            slug=one.slug,
            label=localised(one.field.label),
            kind=one.field.kind,
            step=one.field.step,
            purpose=one.field.purpose.slug,
            is_required=one.is_required,
            condition=one.field.condition,
        )
        for one in form_of(edition.pk).questions(row, attendance, set(Step))
    ]


@router.get("/{slug}/guests", response=CursorPage[GuestOut], url_name="guests")
def list_guests(
    request: HttpRequest,
    slug: str,
    state: GuestState | None = None,
    category: str = "",
    delegation: str = "",
    attendance: Attendance | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[GuestOut]:
    """The guests whom you work on."""
    edition, actor = _asked(request, slug)
    asked = {
        "category__slug": category,
        "delegation__slug": delegation,
        "attendance": attendance,
    }
    rows = _rows(actor, edition).filter(**{lookup: value for lookup, value in asked.items() if value})
    inside = is_inside(actor, edition)
    if state is not None:
        rows = in_state(rows, state, inside=inside)
    guests, following = page_of(rows, cursor=cursor, limit=limit)
    names = names_of({guest.person_id for guest in guests})
    items = [GuestOut(**_facts(guest, names, edition, inside=inside)) for guest in guests]
    return CursorPage(items=items, next=following)


@router.post("/{slug}/guests", response={201: GuestDetailOut}, url_name="guest_new")
def post_guest(request: HttpRequest, slug: str, body: NewGuestIn) -> Status[GuestDetailOut]:
    """Add a guest, by whoever may nominate; her delegation’s places are counted."""
    edition, actor = _asked(request, slug)
    delegation = delegation_of(edition, actor, body.delegation)
    guest = Guest(edition=edition, delegation=delegation, category=category_of(edition, body.category))
    require(actor, "assign", guest)
    nominee = Nominee(
        person=person_of(actor, body.person, body.name, body.email),
        attendance=body.attendance,
        language=body.language,
    )
    with recording():
        hold_place(guest)
        made = seat(nominee, guest.category, by=actor, delegation=delegation, source=Source.INVITED)
    return Status(201, _detail(actor, edition, made.pk))


@router.get("/{slug}/guests/{guest}", response=GuestDetailOut, url_name="guest")
def get_guest(request: HttpRequest, slug: str, guest: int) -> GuestDetailOut:
    """One guest whom you work on."""
    edition, actor = _asked(request, slug)
    return _detail(actor, edition, guest)


@router.patch("/{slug}/guests/{guest}", response=GuestDetailOut, url_name="guest_change")
def patch_guest(request: HttpRequest, slug: str, guest: int, body: GuestIn) -> GuestDetailOut:
    """Change a guest whom you work on."""
    edition, actor = _asked(request, slug)
    row = guest_at_work(actor, edition, guest)
    if body.mark and body.mark != _mark(row):
        raise StaleState
    given = body.model_dump(exclude_none=True, exclude={"mark", "category", "delegation"})
    if body.delegation is not None:
        given["delegation"] = delegation_of(edition, actor, body.delegation)
    with recording():
        if body.category is not None:
            set_category(row, category_of(edition, body.category), by=actor)
        if given:
            change_guest(row, by=actor, **given)
    return _detail(actor, edition, guest)


@router.put("/{slug}/guests/{guest}/answers", response=GuestDetailOut, url_name="guest_answers")
def put_answers(request: HttpRequest, slug: str, guest: int, body: AnswersIn) -> GuestDetailOut:
    """Answer questions for a guest, where her category allows it; files are handed in on the pages."""
    edition, actor = _asked(request, slug)
    row = guest_at_work(actor, edition, guest)
    with recording():
        save_answers(row, body.answers, by=actor)
        if body.hand_in:
            submit_application(row, by=actor)
    return _detail(actor, edition, guest)


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    require(actor, "enter", edition)
    return edition, actor


def _rows(actor: Actor, edition: Edition) -> QuerySet[Guest]:
    return within(actor, Guest.objects.filter(edition=edition)).select_related(*RELATED)


def _category_out(row: Category) -> CategoryOut:
    plain = (
        "slug",
        "capacity",
        "steps",
        "photo",
        "identity",
        "visa",
        "needs_two",
        "on_behalf",
        "counts",
        "companions",
    )
    return CategoryOut(name=localised(row.name), **{name: getattr(row, name) for name in plain})


def _facts(guest: Guest, names: NamesIndex, edition: Edition, *, inside: bool) -> dict[str, Any]:
    seen = seen_state(guest, inside=inside)
    lang = edition.languages[0] if edition.languages else "en"
    return {
        "id": guest.pk,
        "person": guest.person.slug,
        "name": names.shown(guest.person_id, lang, edition.fallback).text,
        "category": guest.category.slug,
        "delegation": guest.delegation.slug if guest.delegation else None,
        "attendance": guest.attendance,
        "state": seen.code,
        "state_since": seen.since,
        "source": guest.source,
        "has_photo": guest.photo_id is not None,
        "mark": _mark(guest),
    }


def _detail(actor: Actor, edition: Edition, pk: int) -> GuestDetailOut:
    guest = guest_at_work(actor, edition, pk)
    questions = questions_for(guest, set(Step))
    sees = policy_for(Answer).may(actor, "view", Answer(guest=guest))
    return GuestDetailOut(
        **_facts(guest, names_of({guest.person_id}), edition, inside=is_inside(actor, edition)),
        language=guest.language,
        zone_name=guest.zone_name,
        deskword=guest.deskword,
        also=sorted(guest.also.values_list("slug", flat=True)),
        missing=missing(guest, [one for one in questions if one.field.step == Step.APPLICATION]),
        answers=(
            {one.slug: one.given.value for one in questions if one.given and not one.given.is_sealed}
            if sees
            else None
        ),
    )


def _mark(guest: Guest) -> str:
    facts = [mark_of(getattr(guest, name)) for name in MARKED]
    return digest(str([*facts, guest.category_id, guest.delegation_id]))
