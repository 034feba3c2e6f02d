"""What a focal point works with: each of her guests with what is missing, by when, and where she stands, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.directory.queries.names import names_of
from summitry.foundation.access import Actor, within
from summitry.foundation.i18n import Shown
from summitry.guests.enums import GONE, Attendance, GuestState, Step
from summitry.guests.models import Delegation, Guest
from summitry.guests.queries.outside import TONES, words_of
from summitry.guests.queries.questions import (
    OPEN,
    Form,
    Given,
    form_of,
    given_by,
    missing,
)
from summitry.guests.queries.windows import nomination_window

G = GuestState


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A guest of a delegation: her name for this reader, where she stands, what is missing, and by when that is due."""

    guest: Guest
    name: Shown
    words: str
    tone: str
    tasks: tuple[str, ...]
    due_at: dt.datetime | None
    is_late: bool
    companions: tuple[GuestLine, ...] = ()

    @property
    def comes(self) -> bool:
        """Whether she still comes, or may."""
        return self.guest.state not in GONE


@dataclass(frozen=True, slots=True)
class Cockpit:
    """The guests of a delegation, principals first; who comes, and who does not any more."""

    coming: tuple[GuestLine, ...]
    gone: tuple[GuestLine, ...]

    @property
    def open(self) -> list[GuestLine]:
        """Those of whom something is missing, most pressing first, companions among them."""
        lines = [one for line in self.coming for one in (line, *line.companions) if one.tasks]
        never = dt.datetime.max.replace(tzinfo=dt.UTC)
        return sorted(lines, key=lambda one: (not one.is_late, one.due_at or never, one.guest.pk))


def cockpit_of(delegation: Delegation, actor: Actor, lang: str, now: dt.datetime) -> Cockpit:
    """Return the guests of a delegation whom `actor` works on; seven statements, however many there are."""
    rows = within(actor, Guest.objects.filter(delegation=delegation)).order_by("pk")
    guests = list(rows.select_related("category", "person", "person__account").defer("person__biography"))
    lines = {line.guest.pk: line for line in lines_of(delegation, guests, lang, now)}
    followers: dict[int, list[GuestLine]] = {}
    for line in lines.values():
        if line.guest.principal_id in lines and line.comes:
            followers.setdefault(line.guest.principal_id, []).append(line)
    first = [line for line in lines.values() if not (line.guest.principal_id in lines and line.comes)]
    shown = [replace(line, companions=tuple(followers.get(line.guest.pk, ()))) for line in first]
    return Cockpit(
        tuple(line for line in shown if line.comes), tuple(line for line in shown if not line.comes)
    )


def lines_of(delegation: Delegation, guests: Sequence[Guest], lang: str, now: dt.datetime) -> list[GuestLine]:
    """Return the lines of these guests of one delegation, in their order."""
    edition = delegation.edition
    names = names_of(guest.person_id for guest in guests)
    form, given = form_of(edition.pk), given_by(guest.pk for guest in guests)
    closes_at = nomination_window(delegation).closes_at
    lines = []
    for guest in guests:
        tasks = tasks_of(guest, form, given.get(guest.pk, {}))
        due = due_of(guest, closes_at) if tasks else None
        lines.append(
            GuestLine(
                guest,
                names.shown(guest.person_id, lang, edition.fallback),
                words_of(guest.state),
                TONES.get(guest.state, ""),
                tuple(tasks),
                due,
                due is not None and due < now,
            )
        )
    return lines


def tasks_of(guest: Guest, form: Form, given: Mapping[str, Given]) -> list[str]:
    """Return what is to be done for a guest by her or her delegation, a sentence each."""
    state = guest.state
    if state == G.INVITED:
        return [_("The invitation is not answered.")]
    tasks = []
    if state in {G.NOMINATED, G.APPLYING, G.INCOMPLETE}:
        questions = form.questions(guest.category, guest.attendance, OPEN[state], given)
        gaps = len(missing(guest, questions))
        text = ngettext("%(n)d answer is missing.", "%(n)d answers are missing.", gaps)
        tasks.append(text % {"n": gaps} if gaps else _("Complete, but not handed in."))
        if not guest.category.on_behalf and not (guest.person.email or guest.person.account_id):
            tasks.append(_("She applies herself, but no e-mail address is known."))
    elif state == G.APPROVED:
        tasks.append(_("Participation is to be confirmed."))
    elif state == G.CONFIRMED and guest.badge_signed_at is None and guest.attendance == Attendance.ON_SITE:
        tasks.append(_("The badge is not signed off."))
    return tasks


def due_of(guest: Guest, closes_at: dt.datetime | None) -> dt.datetime | None:
    """Return by when a guest's task is due: by the clock of her category's step, else when nominations close."""
    step = {G.APPROVED: Step.CONFIRMATION, G.CONFIRMED: None}.get(GuestState(guest.state), Step.APPLICATION)
    hours = guest.category.clocks.get(step.value) if step else None
    if hours:
        return guest.state_since + dt.timedelta(hours=hours)
    return closes_at if step is Step.APPLICATION else None
