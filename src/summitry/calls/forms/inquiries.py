"""The forms of rules, quotas, access codes, and questions about a call with their answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.access_code import MOST_AT_ONCE, MOST_USES
from summitry.calls.enums import Dimension, EntrantKind, InquiryState
from summitry.calls.forms.setup import CallPartForm, text_field
from summitry.calls.models import Area, Call, Inquiry, Quota, RulesText
from summitry.foundation.forms import ZonedDateTimeField
from summitry.foundation.i18n import languages
from summitry.guests.forms.answers import entity_choices

BETWEEN = ":"


class RulesForm(CallPartForm[RulesText]):
    """The rules of a call."""

    def add_fields(self) -> None:
        self.fields["text"] = self.text("text", _("Rules"), lines=16, required=True)


class QuotaForm(CallPartForm[Quota]):
    """A quota: what it counts, at least and at most."""

    def __init__(self, *args: Any, call: Call, record: Any, **kwargs: Any) -> None:
        # Dimension and label are chosen together: the form compares them, joined, with what it finds on the record.
        record.target = f"{record.dimension or Dimension.AREA}{BETWEEN}{record.label}"
        super().__init__(*args, call=call, record=record, **kwargs)

    def add_fields(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["target"] = forms.ChoiceField(label=_("What it is about"), choices=self._targets())
        fields["least"] = forms.IntegerField(label=_("At least"), min_value=0, max_value=10_000)
        fields["most"] = forms.IntegerField(
            label=_("At most"), min_value=1, max_value=10_000, required=False, help_text=_("Empty: no limit.")
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What was entered, under the names of the record's fields."""
        facts = {name: self.cleaned_data[name] for name in ("least", "most")}
        facts["dimension"], _sep, facts["label"] = self.cleaned_data["target"].partition(BETWEEN)
        return facts

    def refuse(self, fields: Any) -> None:
        super().refuse(
            {"target" if name in {"label", "dimension"} else name: said for name, said in fields.items()}
        )

    def _targets(self) -> list[tuple[str, list[tuple[str, str]]]]:
        areas = [(one.slug, str(one.name)) for one in Area.objects.filter(call=self.call)]
        entities = entity_choices(self.call.edition, get_language() or "en")
        groups = [
            (Dimension.AREA, _("Each area"), areas),
            (
                Dimension.KIND,
                _("Each kind of institution"),
                [(one.value, str(one.label)) for one in EntrantKind],
            ),
            (Dimension.ENTITY, _("Each country or region"), entities),
        ]
        return [
            (
                str(dimension.label),
                [(f"{dimension}{BETWEEN}{value}", label) for value, label in [("", each), *rows]],
            )
            for dimension, each, rows in groups
        ]


class CodesForm(forms.Form):
    """New access codes: how many, for whom, how often each, until when."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["count"] = forms.IntegerField(
            label=_("How many codes"), min_value=1, max_value=MOST_AT_ONCE, initial=1
        )
        fields["most_uses"] = forms.IntegerField(
            label=_("How often each can be used"), min_value=1, max_value=MOST_USES, initial=1
        )
        fields["note"] = forms.CharField(
            label=_("For whom"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
        )
        fields["expires_at"] = ZonedDateTimeField(zone=call.edition.zone, label=_("Until"), required=False)


class InquiryForm(CallPartForm[Inquiry]):
    """A question about a call and its answer."""

    def add_fields(self) -> None:
        langs = list(dict.fromkeys([*self.langs, *([self.record.language] if self.record.language else [])]))
        fields: dict[str, Any] = self.fields
        fields["asked"] = text_field(self.record, "asked", _("Question"), langs, lines=3, required=True)
        is_new = self.record.state == InquiryState.ASKED
        fields["answer"] = text_field(self.record, "answer", _("Answer"), langs, lines=6, required=is_new)
        fields["is_public"] = forms.BooleanField(
            label=_("Show both on the call’s page"),
            required=False,
            help_text=_("Take out of the question whatever tells who asked."),
        )


class AskForm(forms.Form):
    """What anybody asks about a call. `place` is a trap for programs: people neither see it nor reach it."""

    words = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}))
    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    language = forms.ChoiceField()
    place = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        fields: dict[str, Any] = self.fields
        fields["words"].label = _("Your question")
        fields["email"].label = _("E-mail address")
        fields["email"].help_text = _("We write our answer to it, and remove it a month later.")
        fields["language"].label = _("Language of your question")
        fields["language"].choices = [
            (code, languages.name_in(code, reader)) for code in dict(settings.LANGUAGES)
        ]
        fields["place"].label = _("Leave this empty")
        self.initial.setdefault("language", reader)

    @property
    def asked(self) -> dict[str, str]:
        """The question, the address and the language, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("words", "email", "language")}

    @property
    def is_trapped(self) -> bool:
        """Whether something stands where no person writes."""
        return bool(self.cleaned_data.get("place"))
