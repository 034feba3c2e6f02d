"""Who still owes what: photos, answers, and steps that take longer than they should. Who does not come owes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet

from summitry.foundation import clock
from summitry.guests.enums import GONE, FieldKind, Rule, Step
from summitry.guests.models import Category, Field, Guest
from summitry.guests.queries.questions import OPEN, Form, form_of, given_by, missing
from summitry.guests.queries.steps import STEP_OF

FIRST = frozenset({Step.APPLICATION})


def coming(rows: QuerySet[Guest]) -> QuerySet[Guest]:
    """Narrow to those who come."""
    return rows.exclude(state__in=GONE)


def without_photo(rows: QuerySet[Guest], edition_id: int) -> QuerySet[Guest]:
    """Narrow to those of whom a photo is required and not there (one query for the ways in which it is asked)."""
    ways: set[str] = set()
    for asked in Field.objects.filter(edition=edition_id, kind=FieldKind.PHOTO).values_list(
        "attendance", flat=True
    ):
        ways |= set(asked)
    found = coming(rows).filter(photo=None, category__photo=Rule.REQUIRED)
    return found.filter(attendance__in=ways) if ways else found


def without_answers(rows: QuerySet[Guest], edition_id: int) -> QuerySet[Guest]:
    """Narrow to those whose application lacks an answer that is required; every answer of all these rows is looked at."""
    return rows.filter(pk__in=[pk for pk, gaps in gaps_of(coming(rows), form_of(edition_id)).items() if gaps])


def without_address(rows: QuerySet[Guest]) -> QuerySet[Guest]:
    """Narrow to those to whom nothing can be written."""
    return coming(rows).filter(person__email="", person__account=None)


def overdue(rows: QuerySet[Guest], edition_id: int) -> QuerySet[Guest]:
    """Narrow to those whose present step takes longer than their category allows (one query for the categories)."""
    condition = Q(pk__in=[])
    now = clock.now()
    for category in Category.objects.filter(edition=edition_id).only("pk", "clocks"):
        for state, step in STEP_OF.items():
            hours = category.clocks.get(step.value)
            if hours:
                since = now - dt.timedelta(hours=hours)
                condition |= Q(category=category.pk, state=state, state_since__lt=since)
    return rows.filter(condition)


def gaps_of(rows: QuerySet[Guest], form: Form) -> dict[int, dict[str, str]]:
    """Return what each guest's application lacks, and what is asked of her now; two queries for all."""
    guests = list(rows.select_related("category").order_by())
    given = given_by([guest.pk for guest in guests])
    return {
        guest.pk: missing(
            guest,
            form.questions(
                guest.category, guest.attendance, FIRST | OPEN.get(guest.state, FIRST), given.get(guest.pk)
            ),
        )
        for guest in guests
    }


OWED: Mapping[str, Callable[[QuerySet[Guest], int], QuerySet[Guest]]] = {
    "photo": without_photo,
    "answers": without_answers,
    "address": lambda rows, _edition: without_address(rows),
    "overdue": overdue,
}
