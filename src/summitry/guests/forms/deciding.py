"""Forms of those who accredit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.foundation.i18n import languages
from summitry.guests.actions.visa import LETTER_LANGUAGES
from summitry.guests.enums import DecisionKind

WORDS = 2000
KEYS = {
    DecisionKind.COMPLETE: "c",
    DecisionKind.ASK: "q",
    DecisionKind.CLEAR: "p",
    DecisionKind.OBJECT: "o",
    DecisionKind.APPROVE: "a",
    DecisionKind.REFUSE: "r",
    DecisionKind.HOLD: "h",
    DecisionKind.RESET: "z",
    DecisionKind.REVOKE: "x",
    DecisionKind.ADMIT: "w",
}
"""The key that chooses a decision."""


class WordsForm(forms.Form):
    """Why, for the record, and what the guest is told."""

    reason = forms.CharField(
        required=False, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    told = forms.CharField(
        required=False, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason, for the record")
        self.fields["reason"].help_text = _("The guest does not read it.")
        self.fields["told"].label = _("What the guest is told")
        self.fields["told"].help_text = _("It stands in the letter. Nothing about screening, please.")


class DecideForm(WordsForm):
    """One decision about one application, as its officer saw it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ("seen", "kind", "told", "reason")

    def __init__(self, *args: Any, kinds: Sequence[DecisionKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        field.label = pgettext("accreditation", "Decision")
        field.choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class TogetherForm(WordsForm):
    """One decision about many applications."""

    field_order = ("told", "reason")


class AnswerForm(forms.Form):
    """Why something that was asked for is not done."""

    answer = forms.CharField(max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Why it cannot be erased")


class AppealForm(forms.Form):
    """What should be looked at again."""

    text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What we should look at again")


class ResultsForm(forms.Form):
    """The file in which results of screening came back."""

    file = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("File with results")
        self.fields["file"].help_text = _(
            "CSV or XLSX with the columns “code” and “result”; a result is “passed” or “objects”. Nothing else is read."
        )


class VisaForm(forms.Form):
    """In which second language a visa letter is written."""

    second = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["second"]
        field.label = _("Second language")
        others = [code for code in LETTER_LANGUAGES if code != "en"]
        field.choices = [("", "–"), *((code, languages.name_in(code, lang)) for code in others)]  # type: ignore[attr-defined]
