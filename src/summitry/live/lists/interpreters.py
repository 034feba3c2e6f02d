"""The list of interpreters."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import display_names
from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Reader, search, yes_no
from summitry.live.models import Interpreter, Shift, Undertaking, UndertakingText


@dataclass(frozen=True, slots=True)
class InterpreterLine:
    """An interpreter with how much she works and whether she may prepare."""

    interpreter: Interpreter
    name: Shown
    turns: int
    minutes: int
    accepted_at: dt.datetime | None


def rows(reader: Reader) -> QuerySet[Interpreter]:
    """Return the interpreters that the reader works on."""
    mine = within(reader.actor, Interpreter.objects.filter(edition=reader.edition))
    return mine.select_related("person", "edition")


def lines(interpreters: Sequence[Interpreter], reader: Reader) -> list[InterpreterLine]:
    """Return the lines of these interpreters, with three statements for all."""
    names = display_names({one.person_id for one in interpreters}, reader.lang, reader.edition.fallback)
    work: dict[int, list[int]] = defaultdict(list)
    shifts = Shift.objects.filter(interpreter__in=interpreters)
    for pk, starts_at, ends_at in shifts.values_list("interpreter_id", "starts_at", "ends_at"):
        work[pk].append(int((ends_at - starts_at).total_seconds()) // 60)
    accepted = dict(
        _accepted(reader).filter(interpreter__in=interpreters).values_list("interpreter_id", "accepted_at")
    )
    return [
        InterpreterLine(one, names[one.person_id], len(work[one.pk]), sum(work[one.pk]), accepted.get(one.pk))
        for one in interpreters
    ]


def _accepted(reader: Reader) -> QuerySet[Undertaking]:
    newest = UndertakingText.objects.filter(edition=reader.edition).order_by("-number").values("pk")[:1]
    return Undertaking.objects.filter(text__in=newest)


def _has_accepted(reader: Reader) -> Q:
    return Q(Exists(_accepted(reader).filter(interpreter=OuterRef("pk"))))


def _pairs(line: InterpreterLine, _reader: Reader) -> list[Chip]:
    return [Chip(f"{_code(source)} → {_code(into)}") for source, into in line.interpreter.pairs]


def _code(lang: str) -> str:
    return lang.partition("-")[0].upper()


def _edit(line: InterpreterLine, reader: Reader) -> str:
    return reverse("live:interpreter", args=[reader.edition.slug, line.interpreter.pk])


def _new(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Interpreter).may(reader.actor, "edit", Interpreter(edition=reader.edition)):
        return None
    return reverse("live:interpreter_new", args=[reader.edition.slug]), str(_("Engage an interpreter"))


INTERPRETERS = ListSpec(
    key="live.interpreters",
    route="live:interpreters",
    nav="interpretation",
    title=_("Interpreters"),
    lead=_("Who interprets at this edition, from which language into which, and how much."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.name.text,
    columns=(
        Column(
            key="name",
            label=_("Name"),
            value=lambda line, _reader: line.name,
            link=_edit,
            sort="person__reference_name",
        ),
        Column(key="pairs", label=_("Interprets"), value=_pairs, is_wide=True),
        Column(key="turns", label=_("Turns"), value=lambda line, _reader: line.turns, is_number=True),
        Column(key="minutes", label=_("Minutes"), value=lambda line, _reader: line.minutes, is_number=True),
        Column(
            key="undertaking",
            label=_("Undertaking accepted"),
            value=lambda line, _reader: line.accepted_at or Chip(_("Not yet"), "amber"),
        ),
        Column(
            key="note", label=_("Note"), value=lambda line, _reader: line.interpreter.note, is_hidden=True
        ),
    ),
    filters=(
        search("person__reference_name", "person__names__text"),
        yes_no("undertaking", _("Undertaking"), _has_accepted, _("Accepted"), _("Not accepted")),
    ),
    order="name",
    head=_new,
    empty=Empty(
        title=_("No interpreter is engaged yet."),
        text=_("Engage them from the people of the directory, then plan the booths."),
        step=_new,
    ),
)
