"""The form of what is decided about one guest's access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from summitry.editions.models import Edition
from summitry.foundation.forms import ZonedDateTimeField
from summitry.gates.enums import Effect
from summitry.gates.models import Zone


class GrantForm(forms.Form):
    """A zone that is opened or closed to one guest, when, and why."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = forms.ModelChoiceField(
            Zone.objects.filter(edition=edition), label=pgettext_lazy("access", "Zone"), empty_label=None
        )
        self.fields["effect"] = forms.ChoiceField(
            label=gettext_lazy("What is decided"), choices=Effect.choices, initial=Effect.ALLOW
        )
        for name, label, help_text in (
            ("from_at", gettext_lazy("From this moment"), gettext_lazy("Empty: from the beginning.")),
            ("until_at", gettext_lazy("Until this moment"), gettext_lazy("Empty: to the end.")),
        ):
            self.fields[name] = ZonedDateTimeField(
                zone=edition.zone, label=label, help_text=help_text, required=False
            )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Reason"),
            max_length=300,
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("from_at"), cleaned.get("until_at")
        if begin and end and end <= begin:
            self.add_error("until_at", _("This is not after the beginning."))
        return cleaned

    def refuse(self, fields: dict[str, list[str]]) -> None:
        """Put an action's refusal beside its fields."""
        for name, sentences in fields.items():
            self.add_error(name if name in self.fields else None, sentences)
