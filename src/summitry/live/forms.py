"""The forms of cue sheets and of the interpretation plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.errors import InvalidInput
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.foundation.i18n import direction, languages
from summitry.live.models import Booth, BoothPlan, Cue, Interpreter
from summitry.live.models.interpretation import LONGEST_TURN
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


class BoothForm(RecordForm[BoothPlan]):
    """The booth, relay and rotation of one language of a session."""

    def __init__(self, *args: Any, room_id: int | None, **kwargs: Any) -> None:
        self.room_id = room_id
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        session, own = self.record.session, self.record.lang
        reader = get_language() or "en"
        heard = [code for code in dict.fromkeys((*session.spoken, *session.interpreted)) if code != own]
        self.fields["booth"] = forms.ModelChoiceField(
            Booth.objects.filter(room=self.room_id).select_related("room"), label=_("Booth"), required=False
        )
        self.fields["relay"] = forms.ChoiceField(
            label=_("Takes the words from"),
            choices=[("", _("The floor")), *((code, languages.name_in(code, reader)) for code in heard)],
            required=False,
        )
        self.fields["rotation_minutes"] = forms.IntegerField(
            label=_("Longest turn, in minutes"),
            min_value=5,
            max_value=LONGEST_TURN,
            help_text=_("At most half an hour."),
        )


class PairsField(forms.MultipleChoiceField):
    """Pairs of languages: cleans to [[from, into], …]."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return [pair if isinstance(pair, str) else ">".join(pair) for pair in value or ()]

    def clean(self, value: Any) -> list[list[str]]:
        return sorted(pair.split(">") for pair in super().clean(value))


class InterpreterForm(RecordForm[Interpreter]):
    """What an interpreter masters; `langs` are the languages that matter at the edition."""

    def __init__(self, *args: Any, langs: list[str], **kwargs: Any) -> None:
        self.langs = langs
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        reader = get_language() or "en"
        arrow = " ← " if direction(reader) == "rtl" else " → "
        known = [tuple(pair) for pair in self.record.pairs]
        offered = [(source, into) for into in self.langs for source in self.langs if source != into]
        choices = [
            (">".join(pair), arrow.join(languages.name_in(code, reader) for code in pair))
            for pair in dict.fromkeys((*known, *offered))
        ]
        self.fields["pairs"] = PairsField(label=_("Interprets"), choices=choices, required=False)
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=500, required=False)


class AccountForm(forms.Form):
    """The address by which an interpreter signs in."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    def refuse(self, refusal: InvalidInput) -> None:
        """Put an action's refusal beside the field."""
        for sentence in refusal.fields.get("email") or [str(refusal)]:
            self.add_error("email", sentence)


class UndertakingForm(forms.Form):
    """The next version of the undertaking of confidentiality."""

    def __init__(self, *args: Any, edition: Edition, present: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = TextFormField(
            languages_=edition.languages,
            present=present,
            lines=10,
            limit=10_000,
            label=_("Text"),
            required=True,
        )
        self.initial["text"] = present
