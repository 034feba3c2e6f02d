"""The public form of registration: what is needed to write to somebody, and no more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import languages
from summitry.guests.actions.registration import LONGEST_NAME, Registering
from summitry.guests.enums import Attendance
from summitry.guests.forms.answering import language_choices


class RegisterForm(forms.Form):
    """Name, address, language, and whether she comes."""

    name = forms.CharField(
        max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"})
    )
    native_name = forms.CharField(
        required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    native_lang = forms.ChoiceField(required=False)
    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    attendance = forms.ChoiceField(widget=forms.RadioSelect, initial=Attendance.ON_SITE)
    language = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        for name, label in {
            "name": _("Name, in Latin letters or as you are called"),
            "native_name": _("Name in its own script"),
            "native_lang": _("Language of that name"),
            "email": _("E-mail address"),
            "attendance": _("How will you take part?"),
            "language": _("Language of our letters"),
        }.items():
            self.fields[name].label = label
        fields: dict[str, Any] = self.fields
        fields["native_lang"].choices = language_choices(edition)
        fields["attendance"].choices = [
            (one.value, one.label) for one in (Attendance.ON_SITE, Attendance.ONLINE)
        ]
        fields["language"].choices = [
            (code, languages.name_in(code, reader)) for code in dict(settings.LANGUAGES)
        ]
        self.initial.setdefault("language", reader)

    @property
    def given(self) -> Registering:
        """What was typed, once the form is valid."""
        return Registering(**self.cleaned_data)
