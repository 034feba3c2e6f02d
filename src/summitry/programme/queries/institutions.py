"""Institutions that could build a forum."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Value, When

from summitry.directory.models import Organisation
from summitry.editions.models import Edition

MOST_FOUND = 20


def find_institutions(edition: Edition, words: str) -> Sequence[Organisation]:
    """Return at most twenty organisations by words of their names, in any language; the edition's own come first."""
    words = " ".join(words.split())
    if not words:
        return []
    rows = Organisation.objects.all()
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    own = Case(
        When(edition_roles__edition=edition, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = rows.annotate(own=own).order_by("own", "pk")
    return list(dict.fromkeys(found[: MOST_FOUND * 2]))[:MOST_FOUND]
