"""Which posts people hold on a given day, so that nobody is shown under last year's title."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from summitry.directory.models import Affiliation, Person
from summitry.foundation.i18n import Text


class Post(NamedTuple):
    """A post as a list shows it."""

    title: Text
    organisation: Text
    organisation_id: int


def valid_on(day: dt.date) -> Q:
    """Return the condition under which an affiliation holds on `day`; both its ends are part of it."""
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )


def posts_on(people: Iterable[int] | QuerySet[Person], day: dt.date) -> dict[int, list[Post]]:
    """Return the posts that each of `people` holds on `day`, in her order, with one query.

    People without one are absent. `people` are ids, or a query of people.
    """
    ids: Iterable[int] = people.values_list("pk", flat=True) if isinstance(people, QuerySet) else set(people)
    rows = Affiliation.objects.filter(valid_on(day), person__in=ids).order_by("person_id", "position", "pk")
    posts: dict[int, list[Post]] = {}
    for person_id, *post in rows.values_list("person_id", "title", "organisation__name", "organisation_id"):
        posts.setdefault(person_id, []).append(Post(*post))
    return posts
