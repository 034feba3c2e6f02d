"""What the office takes down of an answer that a guest gave by telephone or otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.foundation.access import Actor, policy_for
from summitry.guests.actions.answering import LONGEST_REMARK, LONGEST_SAID_BY
from summitry.guests.enums import INVITATION, InvitationState
from summitry.guests.models import Guest, Invitation

TO = (InvitationState.ACCEPTED, InvitationState.DECLINED)


class OnBehalfForm(forms.Form):
    """Yes or no, who said so, and what else was said; only what can follow the invitation's present state is offered."""

    answer: forms.Field
    said_by: forms.Field
    remark: forms.Field

    prefix = "on_behalf"

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            InvitationState.ACCEPTED: pgettext("invitation", "She comes"),
            InvitationState.DECLINED: pgettext("invitation", "She does not come"),
        }
        open_to = [(to.value, labels[to]) for to in TO if INVITATION.allows(invitation.state, to)]
        self.fields["answer"] = forms.ChoiceField(
            label=_("Her answer"), choices=open_to, widget=forms.RadioSelect
        )
        self.fields["said_by"] = forms.CharField(
            label=_("Who said so, and how"),
            max_length=LONGEST_SAID_BY,
            help_text=_("For instance: her office, by telephone. The guest finds it under “Your data”."),
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )
        self.fields["remark"] = forms.CharField(
            label=_("Remark"),
            required=False,
            max_length=LONGEST_REMARK,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )

    def refuse(self, fields: Mapping[str, list[str]]) -> None:
        """Say beside the fields what an action refused."""
        for name, lines in fields.items():
            for line in lines:
                self.add_error(name if name in self.fields else None, line)


def answerable(guest: Guest, actor: Actor) -> Invitation | None:
    """Return the guest's invitation where the actor may take down an answer to it now (one query for those who may)."""
    if not policy_for(Invitation).may(actor, "send", Invitation(guest=guest)):
        return None
    found = Invitation.objects.filter(guest=guest).select_related("guest__edition").first()
    is_open = found is not None and any(INVITATION.allows(found.state, to) for to in TO)
    return found if is_open else None
