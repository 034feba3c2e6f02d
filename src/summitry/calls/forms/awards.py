"""The forms of selection and announcement: a decision with its reason, an award for an entry, a citation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.calls.actions.deciding import LONGEST_REASON
from summitry.calls.enums import Verdict
from summitry.calls.models import Award, Call, Decision, Entry, Laureate
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.forms import RecordForm, TextFormField

LONGEST_CITATION = 2000


class DecisionForm(forms.Form):
    """What the chair decides about an entry, and why."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("selection", "Decision"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Required where the decision is not the proposed one. It is kept in the record for auditors."
        ),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, decision: Decision | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if decision is not None:
            self.initial.update(verdict=decision.verdict, reason=decision.reason)

    def refuse(self, refusal: SummitryError) -> None:
        """Say a refusal beside the field that it names, or on top."""
        fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
        for name, sentences in (fields or {"": [str(refusal)]}).items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class AwardForm(forms.Form):
    """Which award a selected entry holds."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=pgettext_lazy("call", "Entry"))
    award = forms.ModelChoiceField(Award.objects.none(), label=_("Award"))

    def __init__(self, data: Any = None, *, call: Call, entries: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]  # a ModelChoiceField, see above
        self.fields["award"].queryset = call.awards.order_by("position", "pk")  # type: ignore[attr-defined]  # likewise


class CitationForm(RecordForm[Laureate]):
    """Why an entry is honoured, in each language of the edition."""

    def add_fields(self) -> None:
        edition = self.record.entry.call.edition
        self.fields["citation"] = TextFormField(
            languages_=edition.languages,
            present=self.record.citation,
            lines=3,
            limit=LONGEST_CITATION,
            label=_("Citation"),
            help_text=_("Read out on the stage, and printed on the certificate."),
            required=False,
        )
