"""The closing figures: counted by definition, recorded by hand and by night."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, VIEWER
from summitry.foundation import clock
from summitry.foundation.access import Role, Scope
from summitry.foundation.grants import grant_role
from summitry.gates.actions.presences import join_online
from summitry.insight.actions.guest_figures import record_all_guest_figures
from summitry.insight.models import Observation
from summitry.insight.queries.closing import DEFINITIONS
from summitry.insight.queries.pace import measured
from tests.directory.make import make_account, make_entity, make_person, name
from tests.editions.make import make_edition
from tests.guests.make import make_category, make_guest
from tests.insight.make import SYSTEM, make_measure

pytestmark = pytest.mark.django_db
OPENS = dt.date(2026, 11, 9)


@pytest.fixture
def edition() -> Edition:
    """An edition with two guests who attended online, one from NO and one from PE, and one who did not come."""
    edition = make_edition(starts_on=OPENS, ends_on=OPENS + dt.timedelta(days=2), zone_name="Asia/Shanghai")
    category = make_category(edition, "Delegate", counts=True)
    for code in ("NO", "PE", "FJ"):
        person = make_person(name("display", "en", f"From {code}"), entity=make_entity(code))
        guest = make_guest(edition, category, person)
        if code != "FJ":
            join_online(guest, "Main stream", evidence="Player")
    return edition


def at(edition: Edition) -> str:
    return f"/en/console/{edition.slug}/figures/"


def signed_in(edition: Edition, role: Role) -> Client:
    account = make_account(f"{role.code}@example.org")
    grant_role(account, role.code, Scope("edition", edition.pk), by=SYSTEM)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def recorded(edition: Edition) -> dict[str, Decimal | None]:
    rows = Observation.objects.filter(edition=edition).order_by("pk")
    return dict(rows.values_list("measure__key", "number"))


def test_director_records_what_was_counted_for_a_host_and_twice_is_once(edition: Edition) -> None:
    for key in DEFINITIONS:
        make_measure(key)
    client = signed_in(edition, DIRECTOR)
    page = client.get(at(edition), {"host": "NO"})
    assert [(one.definition.measure, one.number) for one in page.context["figures"]] == [
        ("guests_total", 2),
        ("guests_onsite", 0),
        ("guests_online", 2),
        ("countries_regions", 2),
        ("guests_foreign", 1),
    ]
    for _press in range(2):
        assert client.post(at(edition), {"host": "NO"}).status_code == 302
    assert recorded(edition) == {
        "guests_total": 2,
        "guests_onsite": 0,
        "guests_online": 2,
        "countries_regions": 2,
        "guests_foreign": 1,
    }
    assert Observation.objects.filter(edition=edition).count() == 5
    figures = client.get(at(edition)).context["figures"]
    assert [one.recorded.number for one in figures] == [2, 0, 2, 2]


def test_a_host_that_is_none_and_measures_that_are_not_defined_are_refused(edition: Edition) -> None:
    client = signed_in(edition, DIRECTOR)
    refused = client.post(at(edition), {"host": "nowhere"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["host"])
    undefined = client.post(at(edition), {"host": ""})
    assert undefined.status_code == 422
    assert "is not defined" in undefined.content.decode()
    assert recorded(edition) == {}


def test_viewer_does_not_record(edition: Edition) -> None:
    assert signed_in(edition, VIEWER).get(at(edition)).status_code == 403


@pytest.mark.parametrize(
    ("hour", "day", "count"), [(2, 10, 4), (2, 12, 4), (2, 9, 0), (2, 13, 0), (9, 10, 0)]
)
def test_figures_are_recorded_in_the_nights_of_the_edition(
    edition: Edition, hour: int, day: int, count: int
) -> None:
    for key in DEFINITIONS:
        make_measure(key)
    with clock.frozen(dt.datetime(2026, 11, day, hour, tzinfo=edition.zone)):
        record_all_guest_figures.call()
    rows = Observation.objects.filter(edition=edition)
    assert rows.count() == count
    assert set(rows.values_list("as_of", flat=True)) == ({dt.date(2026, 11, day - 1)} if count else set())


def test_pace_counts_guests_by_the_same_definitions(edition: Edition) -> None:
    gauges = measured(edition)
    assert {key: gauges[key] for key in gauges if key.startswith("guests_")} == {
        "guests_registered": 0,
        "guests_accredited": 0,
        "guests_badged": 0,
        "guests_entered": 0,
        "guests_online": 2,
    }
