"""An entry as its entrant finds it: how far it is, what is missing, who takes part, what was handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.calls.enums import LEFT, ConflictKind, EntryState, MemberState
from summitry.calls.models import Attachment, Entry, EntryVersion, Member, Relation
from summitry.calls.queries.calls import open_state
from summitry.calls.queries.entry_form import EntryForm, form_of, missing_of, required_count
from summitry.calls.queries.entry_windows import OVER, due_at, is_open
from summitry.foundation import clock
from summitry.foundation.i18n import Shown
from summitry.foundation.i18n.text import NOTHING

E = EntryState
AFTER = frozenset(
    {E.ELIGIBLE, E.JUDGED, E.NOT_ADVANCED, E.SHORTLISTED, E.SELECTED, E.RESERVE, E.NOT_SELECTED}
)
"""What becomes of an entry inside the jury is not its entrant's to see before the announcement."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: the field, what it is called, and a sentence."""

    name: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry is, in words for its entrant; `tone` colours them."""

    title: str
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class EntryHome:
    """All that the first page of an entry shows. `due` is in the host's zone; `own_zone` is None where nobody knows it."""

    entry: Entry
    form: EntryForm
    rules: Shown
    standing: Standing
    gaps: tuple[Gap, ...]
    required: int
    members: tuple[Member, ...]
    relations: tuple[tuple[Relation, str], ...]
    version: EntryVersion | None
    due: dt.datetime
    own_zone: ZoneInfo | None
    is_open: bool
    may_reopen: bool
    may_withdraw: bool
    may_declare: bool

    @property
    def done(self) -> int:
        """How many of the required fields are there."""
        return self.required - len(self.gaps)

    @property
    def percent(self) -> int:
        """How much of it is there, in per cent."""
        return 100 * self.done // self.required if self.required else 100

    @property
    def waiting(self) -> int:
        """How many members have not answered yet."""
        return sum(member.state == MemberState.ASKED for member in self.members)


def home_of(entry: Entry, lang: str) -> EntryHome:
    """Return what the first page of an entry shows; seven queries."""
    form, now = form_of(entry.call), clock.now()
    kinds = dict(ConflictKind.choices)
    relations = tuple((one, str(kinds.get(one.kind, ""))) for one in Relation.objects.filter(entry=entry))
    is_in = entry.state not in LEFT
    return EntryHome(
        entry=entry,
        form=form,
        rules=form.rules.text.shown(lang, entry.call.edition.fallback) if form.rules else NOTHING,
        standing=standing_of(entry),
        gaps=gaps_of(entry, form, lang),
        required=required_count(entry, form),
        members=tuple(Member.objects.filter(entry=entry)),
        relations=relations,
        version=EntryVersion.objects.filter(entry=entry).order_by("-number").first(),
        due=due_at(entry).astimezone(entry.call.edition.zone),
        own_zone=ZoneInfo(entry.zone_name) if entry.zone_name else None,
        is_open=is_open(entry, now),
        may_reopen=entry.state == E.SUBMITTED and _takes_entries(entry, now),
        may_withdraw=is_in and entry.state != E.ANNOUNCED,
        may_declare=is_in and entry.call.state not in OVER,
    )


def gaps_of(entry: Entry, form: EntryForm, lang: str) -> tuple[Gap, ...]:
    """Return what is missing, in the order of the form; one query."""
    files = attached_to(entry)
    missing = missing_of(entry, form, files.keys())
    return tuple(Gap(name, form.label(name, lang), sentence) for name, sentence in missing.items())


def attached_to(entry: Entry) -> Mapping[str, str]:
    """Return the names of an entry's files by question; one query."""
    rows = Attachment.objects.filter(entry=entry)
    return dict(rows.values_list("slug", "file__name"))


def standing_of(entry: Entry) -> Standing:
    """Return where an entry is; what the jury does with it stays with the jury."""
    if entry.state == E.DRAFT:
        return _of_draft(entry)
    if entry.state == E.ANNOUNCED and entry.call.announced_at is not None:
        return Standing(_("Congratulations"), _("Your entry is among the laureates of this call."), "jade")
    if entry.state in AFTER or entry.state == E.ANNOUNCED:
        text = _("Your entry takes part. We write to you when there is a result.")
        return Standing(_("Admitted"), text, "jade")
    told = {
        E.SUBMITTED: Standing(
            _("Handed in"), _("We have your entry. Its receipt went to your e-mail address."), "jade"
        ),
        E.RETURNED: Standing(_("Please complete your entry"), entry.remarks, "amber"),
        E.WITHDRAWN: Standing(pgettext("entry", "Withdrawn"), _("This entry takes part no more.")),
        E.DISQUALIFIED: Standing(_("Excluded"), entry.reason, "seal"),
        E.INELIGIBLE: Standing(
            _("Not admitted"), _("This entry does not meet the conditions of the call."), "seal"
        ),
    }
    return told[E(entry.state)]


def _of_draft(entry: Entry) -> Standing:
    if is_open(entry):
        return Standing(_("Draft"), _("Only what is handed in by the deadline takes part."))
    if open_state(entry.call, clock.now()) == "before":
        return Standing(_("Not open yet"), _("This call does not take entries yet."))
    return Standing(_("Not handed in"), _("The deadline is over. This draft does not take part."), "seal")


def _takes_entries(entry: Entry, now: dt.datetime) -> bool:
    is_admitted = entry.late_until is not None and now < entry.late_until
    return is_admitted or open_state(entry.call, now) in {"open", "grace"}
