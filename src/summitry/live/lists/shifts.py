"""The list of turns at the microphone, for rosters and payrolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import display_names
from summitry.foundation.access import within
from summitry.foundation.i18n import Shown, Text, languages
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Local, Option, Reader, related, search
from summitry.live.models import BoothPlan, Interpreter, Shift
from summitry.programme.models import Slot


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A turn with the interpreter's name and the room."""

    shift: Shift
    name: Shown
    room: Text | None

    @property
    def minutes(self) -> int:
        """How long the turn is."""
        return int((self.shift.ends_at - self.shift.starts_at).total_seconds()) // 60


def rows(reader: Reader) -> QuerySet[Shift]:
    """Return the turns that the reader works on."""
    mine = within(reader.actor, Shift.objects.filter(plan__session__edition=reader.edition))
    return mine.select_related("plan__session", "plan__booth", "interpreter").defer(
        "plan__session__abstract", "plan__session__external"
    )


def lines(shifts: Sequence[Shift], reader: Reader) -> list[ShiftLine]:
    """Return the lines of these turns, with two statements for all."""
    people = {shift.interpreter.person_id for shift in shifts}
    names = display_names(people, reader.lang, reader.edition.fallback)
    slots = Slot.objects.filter(
        version__edition=reader.edition,
        version__number=None,
        session__in={one.plan.session_id for one in shifts},
    )
    rooms = dict(slots.values_list("session_id", "room__name"))
    return [
        ShiftLine(one, names[one.interpreter.person_id], rooms.get(one.plan.session_id)) for one in shifts
    ]


def _langs(reader: Reader) -> Iterable[Option]:
    plans = within(reader.actor, BoothPlan.objects.filter(session__edition=reader.edition))
    codes = sorted(set(plans.order_by().values_list("lang", flat=True)))
    return [Option(code, languages.name_in(code, reader.lang)) for code in codes]


def _interpreters(reader: Reader) -> Iterable[Option]:
    mine = within(reader.actor, Interpreter.objects.filter(edition=reader.edition))
    found = mine.order_by("person__reference_name").values_list("pk", "person__reference_name")
    return [Option(str(pk), name) for pk, name in found]


SHIFTS = ListSpec(
    key="live.shifts",
    route="live:shifts",
    nav="interpretation",
    title=_("Turns"),
    lead=_("Every turn at a microphone: who, when, where, into which language."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: f"{line.name.text} {line.shift.starts_at:%Y-%m-%d %H:%M}",
    columns=(
        Column(
            key="starts",
            label=_("Begins"),
            value=lambda line, _reader: line.shift.starts_at,
            sort="starts_at",
        ),
        Column(key="ends", label=_("Ends"), value=lambda line, _reader: Local(line.shift.ends_at)),
        Column(key="minutes", label=_("Minutes"), value=lambda line, _reader: line.minutes, is_number=True),
        Column(
            key="interpreter",
            label=_("Interpreter"),
            value=lambda line, _reader: line.name,
            link=lambda line, reader: reverse(
                "live:interpreter_day", args=[reader.edition.slug, line.shift.interpreter_id]
            ),
            sort="interpreter__person__reference_name",
        ),
        Column(
            key="lang",
            label=_("Into"),
            value=lambda line, reader: languages.name_in(line.shift.plan.lang, reader.lang),
            sort="plan__lang",
        ),
        Column(
            key="relay",
            label=_("Relay from"),
            value=lambda line, reader: (
                languages.name_in(line.shift.plan.relay, reader.lang) if line.shift.plan.relay else None
            ),
            is_hidden=True,
        ),
        Column(
            key="session",
            label=_("Session"),
            value=lambda line, _reader: line.shift.plan.session.title,
            link=lambda line, reader: reverse(
                "live:booth", args=[reader.edition.slug, line.shift.plan.session.code, line.shift.plan.lang]
            ),
            is_wide=True,
        ),
        Column(key="room", label=_("Room"), value=lambda line, _reader: line.room),
        Column(
            key="booth",
            label=_("Booth"),
            value=lambda line, _reader: str(line.shift.plan.booth) if line.shift.plan.booth else None,
        ),
        Column(
            key="marks",
            label=_("Marks"),
            value=lambda line, _reader: Chip(_("Exchanged")) if line.shift.is_swapped else None,
        ),
    ),
    filters=(
        search("interpreter__person__reference_name", "plan__session__title"),
        related("interpreter", _("Interpreter"), "interpreter", _interpreters),
        related("lang", _("Language"), "plan__lang", _langs),
    ),
    order="starts",
    empty=Empty(
        title=_("No turns are planned yet."),
        text=_("Turns follow from the teams of the interpretation plan."),
        step=lambda reader: (
            str(_("Interpretation plan")),
            reverse("live:interpretation", args=[reader.edition.slug]),
        ),
    ),
)
