"""Entries: begun, handed in, opened again, withdrawn, disqualified, and admitted after the deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from summitry.calls.actions.entry_draft import check_open, locked_entry, replace_file
from summitry.calls.actions.entry_letters import send_late, send_page, send_receipt
from summitry.calls.actions.freezing import SUBMITTED, freeze_entry, step_of
from summitry.calls.actions.laureate import revoke_awards
from summitry.calls.actions.moving import check_reason, move
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.repeats import propose_repeats
from summitry.calls.enums import (
    ENTRY,
    WITH_ENTRANT,
    CallState,
    EntrySource,
    EntryState,
    StepKind,
)
from summitry.calls.errors import CallClosed, EntryClosed, InConflict
from summitry.calls.events import EntriesChanged
from summitry.calls.models import Attachment, Call, Entry
from summitry.calls.permissions_judging import is_barred
from summitry.calls.queries.calls import open_state
from summitry.calls.queries.entry_form import EntryForm, area_slug, form_of, missing_of
from summitry.calls.queries.entry_values import known_zone, read_email, read_language, read_line
from summitry.calls.queries.entry_windows import OVER, is_past_deadline
from summitry.calls.queries.known_organisations import known_organisations
from summitry.calls.queries.repeats import handed_in_by_organisation
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, TransitionRefused
from summitry.guests.queries.answer_values import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """Who enters, and how the entry came; `is_told` writes the link of its pages to the address."""

    contact_email: str
    contact_name: str = ""
    organisation_name: str = ""
    language: str = ""
    zone_name: str = ""
    source: str = EntrySource.ENTRANT
    is_told: bool = True
    more: dict[str, Any] = field(default_factory=dict)
    """Other fields of the row, for imports: values that were checked already."""


def begin_entry(call: Call, new: NewEntry, *, by: Actor) -> Entry:
    """Begin a draft, as the office or the program; the public asks with `actions.beginning`.

    The number is the next of the call. Raises InvalidInput by field, CallClosed for a call that is announced or cancelled,
    PermissionRefused. Announces EntriesChanged.
    """
    require(by, "edit", call)
    facts = checked_contact(new)
    with recording():
        present = (
            Call.objects.select_for_update(no_key=True, of=("self",))
            .select_related("edition")
            .get(pk=call.pk)
        )
        if present.state in OVER and not by.is_system:
            raise CallClosed
        now = clock.now()
        dates = {"state_since": now, "created_at": now, "changed_at": now}
        values = {"number": next_number(present), "source": new.source, **dates, **facts, **new.more}
        entry = Entry.objects.create(call=present, **values)
        record("calls.entry.begun", by=by, obj=entry)
        if new.is_told:
            send_page(entry, by=by)
        announce(
            EntriesChanged(by=by, edition_id=present.edition_id, call_id=present.pk, entry_ids=(entry.pk,))
        )
    return entry


def submit_entry(entry: Entry, *, by: Actor, rules: int | None = None) -> Entry:
    """Hand an entry in: what it holds becomes a version, and its digest goes to the entrant with what she declared.

    `rules` is the number of the rules' text that was accepted: the present one, unless she accepted that already. Raises
    InvalidInput by name where something is missing, CallClosed, EntryClosed, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "fill", entry)
    with recording():
        present = locked_entry(entry)
        check_open(present, by)
        is_late = is_past_deadline(present.call)
        if is_late and present.late_until is None and present.state != EntryState.RETURNED:
            raise CallClosed  # for the office as well: whoever is late is admitted by decision first
        form = form_of(present.call)
        _check_complete(present, form, rules)
        _drop_unasked(present, form)
        move(
            present,
            EntryState.SUBMITTED,
            by=by,
            submitted_at=clock.now(),
            rules_text=form.rules,
            organisation_id=_organisation(present),
            is_late=present.is_late or (is_late and present.submitted_at is None),
        )
        version = freeze_entry(present, SUBMITTED, form=form)
        if present.call.state == CallState.FROZEN:
            kind = StepKind.ENTRY_ADDED if version.number == 1 else StepKind.ENTRY_FROZEN
            record_step(present.call_id, kind, step_of(present, version, is_late=present.is_late))
        propose_repeats(present.call, [present])
        send_receipt(present, version, by=by)
    _follow(entry, present)
    return entry


def reopen_entry(entry: Entry, *, by: Actor) -> Entry:
    """Open an entry that was handed in once more, while the call takes entries; its versions stay.

    Raises CallClosed, TransitionRefused, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "fill", entry)
    with recording():
        present = locked_entry(entry)
        now = clock.now()
        is_admitted = present.late_until is not None and now < present.late_until
        if open_state(present.call, now) not in {"open", "grace"} and not is_admitted:
            raise CallClosed
        move(present, EntryState.DRAFT, by=by)
    _follow(entry, present)
    return entry


def withdraw_entry(entry: Entry, *, by: Actor, reason: str = "") -> Entry:
    """Take an entry out of the call, for good. Why is kept with the entry, not in the log.

    Raises InvalidInput, TransitionRefused, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "leave", entry)
    return _leave(entry, EntryState.WITHDRAWN, by, _reason(reason, is_needed=False))


def disqualify_entry(entry: Entry, *, by: Actor, reason: str) -> Entry:
    """Exclude an entry, with a reason; a laureate's awards are revoked by it. Announces EntriesChanged.

    Raises InvalidInput, TransitionRefused, PermissionRefused, and InConflict for whom a conflict bars from it.
    """
    require(by, "edit", entry)
    if is_barred(by, entry.pk):
        raise InConflict
    return _leave(entry, EntryState.DISQUALIFIED, by, _reason(reason))


def admit_late(entry: Entry, *, until: dt.datetime, reason: str, by: Actor) -> Entry:
    """Let a draft be handed in after the deadline, until a moment and for a reason; its entrant is told.

    Raises InvalidInput by field, EntryClosed, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "edit", entry)
    words = _reason(reason)
    now = clock.now()
    if until <= now:
        raise InvalidInput(fields={"until": [_("Give a moment that is still to come.")]})
    with recording():
        present = locked_entry(entry)
        if present.state not in WITH_ENTRANT:
            raise EntryClosed
        if present.call.state in OVER:
            raise CallClosed
        before = {"late_until": present.late_until}
        present.late_until, present.reason = until, words
        present.save(update_fields=["late_until", "reason"])
        after = {"late_until": until}
        record("calls.entry.admitted_late", by=by, obj=present, before=before, after=after)
        send_late(present, by=by)
        announce(
            EntriesChanged(
                by=by, edition_id=present.edition_id, call_id=present.call_id, entry_ids=(present.pk,)
            )
        )
    entry.late_until, entry.reason = until, words
    return entry


def renew_entry_link(entry: Entry, *, by: Actor) -> Entry:
    """Close the present link of an entry's pages and write its entrant a new one."""
    require(by, "edit", entry)
    with recording():
        Entry.objects.filter(pk=entry.pk).update(generation=F("generation") + 1)
        entry.refresh_from_db(fields=["generation"])
        record("calls.entry.link_renewed", by=by, obj=entry)
        send_page(entry, by=by)
    return entry


def next_number(call: Call) -> int:
    """Return the number of the next entry of a call, whose row is held."""
    last: int | None = Entry.objects.filter(call=call).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def checked_contact(new: NewEntry) -> dict[str, Any]:
    """Return the contact's facts as they are kept. Raises InvalidInput by field."""
    facts: dict[str, Any] = {"zone_name": known_zone(new.zone_name)}
    errors: dict[str, list[str]] = {}
    readers: dict[str, Callable[[Any], str]] = {
        "contact_email": read_email,
        "contact_name": lambda raw: read_line(raw, 200),
        "organisation_name": read_line,
        "language": read_language,
    }
    for name, read in readers.items():
        try:
            facts[name] = read(getattr(new, name))
        except Refused as refusal:
            errors[name] = [str(refusal)]
    if errors:
        raise InvalidInput(fields=errors)
    return facts


def _check_complete(entry: Entry, form: EntryForm, rules: int | None) -> None:
    files = set(Attachment.objects.filter(entry=entry).values_list("slug", flat=True))
    errors = {name: [sentence] for name, sentence in missing_of(entry, form, files).items()}
    known = entry.rules_text.number if entry.rules_text else 0
    if form.rules is not None and form.rules.number not in (rules, known):
        errors["rules"] = [_("Please read and accept the rules.")]
    most = entry.call.most_entries
    if most and handed_in_by_organisation(entry) >= most:
        errors["organisation_name"] = [
            _("This organisation has handed in %(count)d already, the most that are possible.")
            % {"count": most}
        ]
    if errors:
        raise InvalidInput(fields=errors)


def _drop_unasked(entry: Entry, form: EntryForm) -> None:
    """Let go of answers and files of questions that are not asked in this area or after these answers."""
    asked = {one.slug for one in form.asked(area_slug(entry, form), entry.answers)}
    kept = {slug: value for slug, value in entry.answers.items() if slug in asked}
    if kept != entry.answers:
        entry.answers = kept
        entry.save(update_fields=["answers"])
    for slug in Attachment.objects.filter(entry=entry).exclude(slug__in=asked).values_list("slug", flat=True):
        replace_file(entry, slug, None)


def _organisation(entry: Entry) -> int | None:
    """Return whom the directory knows by the name that the entrant wrote, unless the office has said who it is."""
    name = entry.organisation_name
    return entry.organisation_id or known_organisations([name]).get(name)


def _leave(entry: Entry, to: EntryState, by: Actor, reason: str) -> Entry:
    with recording():
        present = locked_entry(entry)
        if not ENTRY.allows(present.state, to):
            raise TransitionRefused
        was_announced = present.state == EntryState.ANNOUNCED
        was_frozen = (
            present.call.state in {CallState.FROZEN, CallState.ANNOUNCED}
            and present.state != EntryState.DRAFT
        )
        move(present, to, by=by, reason=reason)
        if was_announced:
            revoke_awards(present, by=by)
        if was_frozen:
            record_step(present.call_id, StepKind.ENTRY_LEFT, {"entry": present.number, "state": str(to)})
    _follow(entry, present)
    return entry


def _reason(given: str, *, is_needed: bool = True) -> str:
    words = given.strip()
    if is_needed and not words:
        raise InvalidInput(fields={"reason": [_("Please give a reason.")]})
    check_reason(words)
    return words


def _follow(entry: Entry, present: Entry) -> None:
    """Let the caller's object show what was written."""
    names = (
        "state",
        "state_since",
        "submitted_at",
        "is_late",
        "rules_text",
        "organisation_id",
        "reason",
        "answers",
        "similar_to_id",
    )
    for name in names:
        setattr(entry, name, getattr(present, name))
