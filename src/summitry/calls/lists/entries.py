"""The list of entries of an edition's calls: what each is, how far it has come, and what needs somebody's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.calls.enums import EntrantKind, EntrySource, EntryState
from summitry.calls.lists.entry_changes import CHANGES
from summitry.calls.models import Area, Entry
from summitry.calls.queries.calls import calls_at_work
from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.directory.queries.sorting import collation_key
from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Option,
    Reader,
    by_text,
    choice,
    related,
    search,
    yes_no,
)

NAV = "calls"
E = EntryState
TONES = {
    E.RETURNED: "amber",
    E.INELIGIBLE: "seal",
    E.DISQUALIFIED: "seal",
    E.SELECTED: "jade",
    E.ANNOUNCED: "jade",
    E.SHORTLISTED: "jade",
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with the name of its country or region for this reader."""

    entry: Entry
    entity: Shown | None


def rows(reader: Reader) -> QuerySet[Entry]:
    """Return the entries on whose calls the reader works."""
    found = within(reader.actor, Entry.objects.filter(call__edition=reader.edition))
    return found.select_related("call", "area", "similar_to").order_by("call_id", "number")


def lines(found: Sequence[Entry], reader: Reader) -> list[EntryLine]:
    """Return the lines of these entries, with one statement for all."""
    names = EntityNames(reader.edition.naming_profile_id, reader.lang, reader.edition.fallback)
    for row in found:
        row.call.edition = reader.edition
    return [EntryLine(row, names.short(row.entity_id) if row.entity_id else None) for row in found]


def call_options(reader: Reader) -> list[Option]:
    """Return the calls on which the reader works."""
    found = calls_at_work(reader.actor, reader.edition).values_list("slug", "name")
    return [Option(slug, reader.shown(name).text or slug) for slug, name in found]


def area_options(reader: Reader) -> list[Option]:
    """Return the areas of these calls; two of one name are one choice."""
    calls = calls_at_work(reader.actor, reader.edition).values("pk")
    found = dict(Area.objects.filter(call__in=calls).values_list("slug", "name"))
    return [Option(slug, reader.shown(name).text or slug) for slug, name in found.items()]


def entity_options(reader: Reader) -> list[Option]:
    """Return the countries and regions of the entries, in the order of the reader's language."""
    mine = within(reader.actor, Entry.objects.filter(call__edition=reader.edition)).order_by()
    names = EntityNames(reader.edition.naming_profile_id, reader.lang, reader.edition.fallback)
    found = names.in_order(Entity.objects.filter(pk__in=mine.values("entity")))
    return [Option(entity.code, names.short(entity).text) for entity in found]


def _link(line: EntryLine, reader: Reader) -> str:
    return reverse("calls:entry", args=[reader.edition.slug, line.entry.call.slug, line.entry.number])


def _title(line: EntryLine, reader: Reader) -> Any:
    return reader.shown(line.entry.title) or str(_("No title yet"))


def _label(line: EntryLine, reader: Reader) -> str:
    return f"{line.entry.number} {reader.shown(line.entry.title).text}".strip()


def _state(line: EntryLine, _reader: Reader) -> Chip:
    state = E(line.entry.state)
    return Chip(state.label, TONES.get(state, ""))


def _marks(line: EntryLine, _reader: Reader) -> list[Chip]:
    found = []
    if line.entry.is_late:
        found.append(Chip(pgettext_lazy("entry", "late"), "amber"))
    if line.entry.similar_to is not None:
        found.append(Chip(_("like %(number)s") % {"number": line.entry.similar_to.number}, "amber"))
    return found


def _import(reader: Reader) -> tuple[str, str] | None:
    if (
        not policy_for(Entry).may(reader.actor, "edit")
        or not calls_at_work(reader.actor, reader.edition).exists()
    ):
        return None
    return reverse("calls:import", args=[reader.edition.slug]), str(_("Import a table"))


COLUMNS = (
    Column(
        key="title",
        label=_("Title"),
        is_wide=True,
        value=_title,
        link=_link,
        sort=by_text("title", collation_key),
    ),
    Column(
        key="number",
        label=_("Number"),
        value=lambda line, _reader: line.entry.number,
        sort="number",
        is_number=True,
    ),
    Column(key="call", label=_("Call"), value=lambda line, _reader: line.entry.call.name, is_hidden=True),
    Column(
        key="area",
        label=_("Area"),
        value=lambda line, _reader: line.entry.area.name if line.entry.area else None,
        sort="area__position",
    ),
    Column(key="state", label=_("State"), value=_state, sort="state"),
    Column(
        key="organisation",
        label=_("Organisation"),
        value=lambda line, _reader: line.entry.organisation_name,
        sort="organisation_name",
    ),
    Column(key="entity", label=_("Country or region"), value=lambda line, _reader: line.entity),
    Column(
        key="kind",
        label=_("Kind of institution"),
        value=lambda line, _reader: line.entry.get_kind_display() if line.entry.kind else None,
        sort="kind",
        is_hidden=True,
    ),
    Column(key="marks", label=_("To look at"), value=_marks),
    Column(
        key="submitted",
        label=_("Handed in"),
        value=lambda line, _reader: line.entry.submitted_at,
        sort="submitted_at",
        is_hidden=True,
    ),
    Column(
        key="source",
        label=_("How it came"),
        value=lambda line, _reader: line.entry.get_source_display(),
        is_hidden=True,
    ),
    Column(
        key="contact",
        label=_("Contact"),
        value=lambda line, _reader: line.entry.contact_name,
        is_hidden=True,
    ),
    Column(
        key="email",
        label=_("E-mail address"),
        value=lambda line, _reader: line.entry.contact_email,
        is_hidden=True,
    ),
)
FILTERS = (
    search("title", "organisation_name", "contact_name", "contact_email", "number"),
    related("call", _("Call"), "call__slug", call_options),
    choice("state", _("State"), "state", EntryState),
    related("area", _("Area"), "area__slug", area_options),
    choice("kind", _("Kind of institution"), "kind", EntrantKind),
    related("entity", _("Country or region"), "entity__code", entity_options),
    yes_no("late", _("After the deadline"), lambda _reader: Q(is_late=True) | Q(late_until__isnull=False)),
    yes_no("similar", _("Likely repeats another one"), lambda _reader: Q(similar_to__isnull=False)),
    choice("source", _("How it came"), "source", EntrySource),
    Filter(
        key="team",
        label=_("Team"),
        options=lambda _reader: [
            Option("waiting", _("Somebody has not confirmed")),
            Option("denied", _("Somebody says she is not a member")),
        ],
        narrow=lambda found, value, _reader: found.filter(
            members__state={"waiting": "asked", "denied": "denied"}[value]
        ).distinct(),
    ),
)
ENTRIES = ListSpec(
    key="calls.entries",
    route="calls:entries",
    nav=NAV,
    title=_("Entries"),
    rows=rows,
    lines=lines,
    label=_label,
    columns=COLUMNS,
    filters=FILTERS,
    order="number",
    actions=CHANGES,
    head=_import,
    empty=Empty(
        title=_("No entries yet"),
        text=_("Entries come from the public page of a call, from nominations, or from a table."),
        step=_import,
    ),
)
