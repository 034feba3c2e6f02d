"""Which edition the page of somebody's account is about."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.programme.models import Agenda
from summitry.site.queries.my_summit import edition_of_hers
from tests.directory.make import make_account, make_person, name
from tests.editions.make import make_edition
from tests.guests.make import make_guest

pytestmark = pytest.mark.django_db


def test_her_own_edition_comes_before_a_newer_one(django_assert_num_queries) -> None:
    visitor, guest, stranger = (
        make_account(f"{who}@example.org") for who in ("visitor", "guest", "stranger")
    )
    starred, attended = make_edition(), make_edition(starts_on=dt.date(2026, 11, 10))
    newest = make_edition(starts_on=dt.date(2027, 6, 1), ends_on=dt.date(2027, 6, 2))
    Agenda.objects.create(edition=starred, account=visitor)
    make_guest(attended, person=make_person(name("display", "en", "Noor"), account=guest))
    actors = [account.actor() for account in (visitor, guest, stranger)]
    with django_assert_num_queries(3):
        found = [edition_of_hers(actor) for actor in actors]
    assert found == [starred, attended, newest]
