"""What can be done with many invitations at once: they are sent, reminded of, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.forms import ZonedDateTimeField
from summitry.foundation.lists import BulkAction, Change, Reader
from summitry.guests.actions.invitation import (
    may_remind,
    remind_invitations,
    send_invitations,
    withdraw_invitations,
)
from summitry.guests.enums import INVITATION, InvitationState
from summitry.guests.errors import LetterGone
from summitry.guests.models import Guest, Invitation

S = InvitationState


def is_office(reader: Reader) -> bool:
    """Return whether the reader may send invitations."""
    blank = Invitation(guest=Guest(edition=reader.edition))
    return policy_for(Invitation).may(reader.actor, "send", blank)


class SendForm(forms.Form):
    """Until when the answer is wanted."""

    answer_by: forms.Field

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"] = ZonedDateTimeField(
            zone=reader.edition.zone,
            label=_("To be answered by"),
            required=False,
            help_text=_("By the host city’s clock. Empty means: as each invitation says already."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer_by = cleaned.get("answer_by")
        if answer_by is not None and answer_by <= clock.now():
            self.add_error("answer_by", _("Choose a time to come."))
        return cleaned


def _send_form(reader: Reader) -> type[forms.Form]:
    class Asked(SendForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, reader=reader, **kwargs)

    return Asked


def _refuse_sending(row: Invitation, data: Mapping[str, Any], _reader: Reader) -> str:
    due = data.get("answer_by") or row.answer_by
    if row.state == S.SENT or not INVITATION.allows(row.state, S.SENT):
        return _("It is out already, or has been answered.")
    if due is None or due <= clock.now():
        return _("It says no time to come until which it is to be answered.")
    account = row.guest.person.account
    if not (row.guest.person.email or (account and account.email)):
        return _("No e-mail address is known.")
    return ""


def _sent(row: Invitation, data: Mapping[str, Any], _reader: Reader) -> Mapping[str, Any]:
    due: dt.datetime | None = data.get("answer_by")
    return {"state": S.SENT, **({"answer_by": due} if due else {})}


def _carry_out(edition: Edition, changes: Sequence[Change], by: Actor) -> None:
    """Do what the changes say; taken back, they would unsend letters, which nobody can."""
    sending = [change for change in changes if change.values.get("state") == S.SENT]
    leaving = [change.row for change in changes if change.values.get("state") == S.WITHDRAWN]
    reminding = [change for change in changes if change.values.get("reminders", 0) > change.row.reminders]
    if len(sending) + len(leaving) + len(reminding) < len(changes):
        raise LetterGone
    by_due: dict[dt.datetime | None, list[Invitation]] = {}
    for change in sending:
        by_due.setdefault(change.values.get("answer_by"), []).append(change.row)
    for due, found in by_due.items():
        send_invitations(found, by=by, answer_by=due)
    if leaving:
        withdraw_invitations(leaving, by=by)
    if reminding:
        remind_invitations([change.row for change in reminding], by=by)


def _refuse_reminding(row: Invitation, _data: Mapping[str, Any], _reader: Reader) -> str:
    if may_remind(row, clock.now()):
        return ""
    return _("It does not wait for an answer, or was reminded of within a day.")


def _refuse_withdrawing(row: Invitation, _data: Mapping[str, Any], _reader: Reader) -> str:
    return "" if INVITATION.allows(row.state, S.WITHDRAWN) else _("It is over already.")


CHANGES = (
    BulkAction(
        key="send",
        label=gettext_lazy("Send, or send again"),
        form=_send_form,
        change=_sent,
        refuse=_refuse_sending,
        apply=_carry_out,
        verb="send",
        may=is_office,
    ),
    BulkAction(
        key="remind",
        label=gettext_lazy("Remind"),
        change=lambda row, _data, _reader: {"reminders": row.reminders + 1},
        refuse=_refuse_reminding,
        apply=_carry_out,
        verb="send",
        may=is_office,
    ),
    BulkAction(
        key="withdraw",
        label=gettext_lazy("Withdraw"),
        change=lambda _row, _data, _reader: {"state": S.WITHDRAWN},
        refuse=_refuse_withdrawing,
        apply=_carry_out,
        verb="edit",
        may=is_office,
    ),
)
