"""How guests are addressed in letters, for the mailing room."""

from __future__ import annotations

from collections.abc import Collection

from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.mailing.queries.salutations import register_salutation
from summitry.protocol.models import Courtesy


def salutations(edition: Edition, person_ids: Collection[int]) -> dict[int, Text]:
    """Return the salutation of those of these people who are guests of the edition and have one."""
    rows = Courtesy.objects.filter(guest__edition=edition, guest__person__in=person_ids)
    found = rows.values_list("guest__person_id", "salutation")
    return {person: words for person, words in found if words}


def register() -> None:
    """Tell the mailing room."""
    register_salutation(salutations)
