"""The forms of cue sheets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.live.models import Cue
from summitry.live.models.run import LONGEST_CUE, LONGEST_LEAD, LONGEST_WORDS

_WORDS = {
    "who": _("Who"),
    "screen": _("Screen"),
    "sound": _("Sound"),
    "interpretation": _("Interpretation"),
    "broadcast": _("Broadcast"),
}


class CueForm(RecordForm[Cue]):
    """One cue."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["what"] = TextFormField(
            languages_=self.edition.languages,
            present=self.record.what,
            limit=LONGEST_WORDS,
            label=_("What"),
            required=True,
        )
        self.fields["minutes"] = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_CUE)
        for name, label in _WORDS.items():
            self.fields[name] = forms.CharField(label=label, max_length=LONGEST_WORDS, required=False)
        self.fields["fixed_at"] = ZonedDateTimeField(
            zone=self.edition.zone,
            label=_("Not before"),
            help_text=_(
                "A time that does not move: a live broadcast, the arrival of a guest. By the venue’s clock."
            ),
            required=False,
        )


class LeadForm(forms.Form):
    """How long before its session a cue sheet begins."""

    lead_minutes = forms.IntegerField(
        label=_("Minutes before the session"), min_value=0, max_value=LONGEST_LEAD
    )
