"""Every format in which a schedule goes out, by its key: one list for pages, API and command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml
from summitry.programme.interchange.table import Sheet, write_csv, write_xlsx
from summitry.programme.queries.export import document_of
from summitry.programme.queries.export_calendar import calendar
from summitry.programme.queries.export_rows import ScheduleRows
from summitry.programme.queries.export_table import table_of


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called and for whom it is, how a file in it is named and typed, and who writes it."""

    key: str
    label: str | Promise
    purpose: str | Promise
    filename: str
    media_type: str
    write: Callable[[ScheduleRows, str], bytes]


def _xml(rows: ScheduleRows, lang: str) -> bytes:
    return write_frab_xml(document_of(rows, lang, addresses=False))


def _json(rows: ScheduleRows, lang: str) -> bytes:
    return write_frab_json(document_of(rows, lang, biographies=True))


def _csv(rows: ScheduleRows, lang: str) -> bytes:
    return write_csv(table_of(document_of(rows, lang, addresses=False)))


def _xlsx(rows: ScheduleRows, lang: str) -> bytes:
    return write_xlsx([Sheet(rows.edition.slug, table_of(document_of(rows, lang, addresses=False)))])


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    each.key: each
    for each in (
        Format(
            "ics",
            _("iCalendar"),
            _("for calendars"),
            "calendar.ics",
            "text/calendar; charset=utf-8",
            calendar,
        ),
        Format(
            "frab-xml",
            _("Schedule XML"),
            _("for schedule apps and video crews"),
            "schedule.xml",
            "application/xml",
            _xml,
        ),
        Format(
            "frab-json",
            _("Schedule JSON"),
            _("for schedule apps and programs"),
            "schedule.json",
            "application/json",
            _json,
        ),
        Format(
            "csv", _("CSV table"), _("for any table program"), "schedule.csv", "text/csv; charset=utf-8", _csv
        ),
        Format("xlsx", _("Excel workbook"), _("for spreadsheets"), "schedule.xlsx", XLSX, _xlsx),
    )
}
