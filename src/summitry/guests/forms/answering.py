"""What a guest is asked when she answers an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import languages
from summitry.guests.actions.answering import LONGEST_REMARK, Named

LONGEST_NAME = 200


class RemarkForm(forms.Form):
    """A word to the secretariat."""

    remark = forms.CharField(
        required=False, max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].label = _("A word to the secretariat")


class PassOnForm(RemarkForm):
    """Whom she names in her place."""

    name = forms.CharField(max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto"}))
    native_name = forms.CharField(
        required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    native_lang = forms.ChoiceField(required=False)
    email = forms.EmailField(max_length=254)
    field_order = ("name", "native_name", "native_lang", "email", "remark")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name, in Latin letters")
        self.fields["native_name"].label = _("Name in its own script")
        self.fields["native_lang"].label = _("Language of that name")
        self.fields["email"].label = _("E-mail address")
        self.fields["native_lang"].choices = language_choices(edition)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("native_name") and not cleaned.get("native_lang"):
            self.add_error("native_lang", _("Please say in which language this name is."))
        return cleaned

    @property
    def named(self) -> Named:
        """The person, once the form is valid."""
        data = self.cleaned_data
        return Named(data["name"], data["email"], data["native_name"], data["native_lang"])


def language_choices(edition: Edition) -> list[tuple[str, str]]:
    """Return the languages in which a name may be given: the interface's and the edition's."""
    codes = dict.fromkeys([*dict(settings.LANGUAGES), *edition.languages])
    reader = get_language() or "en"
    return [("", "–"), *((code, languages.name_in(code, reader)) for code in codes)]
