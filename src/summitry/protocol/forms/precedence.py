"""Forms of precedence lists."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.protocol.forms.fields import LanguageField, PartForm
from summitry.protocol.models import PrecedenceEntry, PrecedenceList


class PrecedenceForm(PartForm[PrecedenceList]):
    """What a list is called, and by which alphabet its next proposal goes."""

    def add_fields(self) -> None:
        self.add_text("name", _("Name"), required=True)
        self.fields["language"] = LanguageField(
            self.edition,
            label=_("Alphabet"),
            help_text=_("Equals in rank and time follow the alphabet of this language."),
        )
        self.fields["start_letter"] = forms.CharField(
            label=_("Letter drawn by lot"),
            max_length=4,
            required=False,
            help_text=_("The alphabet begins with it. Leave it empty where nothing was drawn."),
        )


class MoveForm(forms.Form):
    """Where somebody goes in a list, and why."""

    entry = forms.IntegerField(min_value=1)
    to = forms.IntegerField(label=_("Move to place"), min_value=1, max_value=9999, required=False)
    reason = forms.CharField(
        label=_("Because"), max_length=PrecedenceEntry._meta.get_field("reason").max_length, required=False
    )
    seen = forms.IntegerField(min_value=0)
