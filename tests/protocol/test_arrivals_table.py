"""Arrivals by table: a dry run that names every bad cell, then all at once; twice is once."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.foundation.files.waiting import is_waiting
from summitry.foundation.i18n import Text
from summitry.protocol.actions.travel import create_station
from summitry.protocol.enums import StationKind
from summitry.protocol.models import Leg
from summitry.protocol.queries.arrivals_table import read_arrivals
from tests.protocol.make import SYSTEM, House, at

HEAD = "guest,name,flight,from,date,time,station\n"


def upload(client: Client, house: House, text: str):
    file = SimpleUploadedFile("arrivals.csv", (HEAD + text).encode())
    return client.post(house.url("arrivals/table/"), {"file": file})


def test_a_table_is_looked_at_and_then_entered_once(house: House) -> None:
    airport = create_station(
        house.edition, by=SYSTEM, name=Text.of({"en": "Airport", "fr": "Aéroport"}), kind=StationKind.AIRPORT
    )
    martin, client = house.guests["martin"], house.signed_in("protocol")
    rows = f"{martin.pk},,AF 112,Paris,2026-11-08,14:30,aeroport\n,周玉兰,MU 7,Beijing,2026-11-08,9:05,\n"
    report = upload(client, house, rows)
    assert (report.status_code, len(report.context["found"].new)) == (200, 2)
    assert not Leg.objects.exists()
    waiting = report.context["waiting"]
    press = {"token": waiting.token, "name": waiting.name}
    assert client.post(house.url("arrivals/table/"), press).status_code == 302
    facts = Leg.objects.order_by("pk").values_list("guest", "code", "from_place", "arrives_at", "station")
    assert list(facts) == [
        (martin.pk, "AF 112", "Paris", at(14, 30, day=-1), airport.pk),
        (house.guests["zhou"].pk, "MU 7", "Beijing", at(9, 5, day=-1), None),
    ]
    assert not is_waiting(waiting.token)
    again = upload(client, house, rows)
    assert (again.status_code, again.context["found"].new) == (200, [])
    assert client.post(house.url("arrivals/table/"), press).status_code == 422
    assert Leg.objects.count() == 2


def test_every_bad_cell_is_named_and_nothing_is_entered(house: House) -> None:
    rows = (
        "999999,,AF 1,Paris,2026-11-08,14:30,\n"
        ",Nobody,AF 1,Paris,2026-11-08,14:30,\n"
        ",Zhou Yulan,,Paris,2026-11-08,14:30,\n"
        ",Zhou Yulan,AF 1,Paris,8.11.,14:30,\n"
        ",Zhou Yulan,AF 1,Paris,2026-11-08,half past,\n"
        ",Zhou Yulan,AF 1,Paris,2026-11-08,14:30,Moon\n"
        ",Zhou Yulan,AF 1,Paris,2026-11-08,14:30,\n"
    )
    report = upload(house.signed_in("protocol"), house, rows)
    assert report.status_code == 422
    assert [one.place for one in report.context["found"].bad] == ["A2", "B3", "C4", "E5", "F6", "G7"]
    assert not Leg.objects.exists()


def test_tables_without_sense_are_refused(house: House) -> None:
    actor = house.actor("protocol")
    lacking = read_arrivals(actor, house.edition, b"name,flight\nZhou,1\n", "a.csv")
    assert [one.says for one in lacking.bad] == ["The table lacks these columns: from, date, time."]
    assert read_arrivals(actor, house.edition, b"", "a.csv").bad
    assert read_arrivals(actor, house.edition, b"PK\x03\x04 no workbook", "a.xlsx").bad
    assert house.signed_in("office").get(house.url("arrivals/table/")).status_code == 403


def test_rows_cost_no_more_statements(house: House) -> None:
    row = ",Zhou Yulan,AF {},Paris,2026-11-08,14:30,\n"
    counts = []
    for number in (1, 3):
        text = HEAD + "".join(row.format(n) for n in range(number))
        with CaptureQueriesContext(connection) as told:
            found = read_arrivals(house.actor("protocol"), house.edition, text.encode(), "a.csv")
        counts.append((len(found.new), len(told)))
    assert [new for new, _count in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
    assert found.arrivals[0].facts["arrives_at"] == dt.datetime(
        2026, 11, 8, 14, 30, tzinfo=house.edition.zone
    )
