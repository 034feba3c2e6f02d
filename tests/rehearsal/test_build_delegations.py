"""The demo's delegations are made of whatever guests there are."""

from __future__ import annotations

import pytest

from summitry.foundation.access import system
from summitry.guests.models import Delegation, Guest
from summitry.guests.queries.delegations import places_of
from summitry.rehearsal.build_delegations import build_delegations
from tests.directory.make import make_entity, make_person, name
from tests.editions.make import make_edition
from tests.guests.make import make_category, make_guest

pytestmark = pytest.mark.django_db


def test_guests_of_a_country_or_region_become_a_delegation() -> None:
    edition = make_edition()
    assert build_delegations(edition, system("demo")) == []
    category = make_category(edition, "Delegate")
    norway, peru, fiji = make_entity("NO"), make_entity("PE"), make_entity("FJ")
    for entity, count in ((norway, 3), (peru, 2), (fiji, 1)):
        for number in range(count):
            person = make_person(name("display", "en", f"{entity.code} {number}"), entity=entity)
            make_guest(edition, category, person)
    made = build_delegations(edition, system("demo"))
    assert [(one.entity, one.head_id is not None) for one in made] == [
        (norway, True),
        (peru, True),
        (fiji, True),
    ]
    places = places_of([one.pk for one in made])
    assert [(one.places, one.used, one.waiting) for delegation in made for one in places[delegation.pk]] == [
        (5, 5, 1),
        (4, 2, 0),
        (3, 1, 0),
    ]
    assert Guest.objects.filter(state="replaced").count() == 1
    assert Delegation.objects.filter(edition=edition).count() == 3
