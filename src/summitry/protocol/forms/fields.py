"""What the forms of this room share."""

from __future__ import annotations

from typing import Any, TypeVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.directory.queries.sorting import collation_key
from summitry.editions.forms import EditionForm
from summitry.editions.models import Edition
from summitry.foundation.forms import TextFormField
from summitry.foundation.i18n import languages

M = TypeVar("M", bound=Model)


class PartForm(EditionForm[M]):
    """A record form of this room, with its fields for text."""

    def add_text(
        self, name: str, label: Any, *, required: bool = False, lines: int = 1, hint: Any = ""
    ) -> None:
        """Add a field of the record that is text in several languages."""
        field: Any = type(self.record)._meta.get_field(name)
        self.fields[name] = TextFormField(
            languages_=self.edition.languages,
            present=getattr(self.record, name),
            lines=lines,
            limit=field.max_length,
            label=label,
            required=required,
            help_text=hint,
        )

    def add_line(
        self, name: str, label: Any, *, required: bool = False, hint: Any = "", lines: int = 1
    ) -> None:
        """Add a field of the record that is plain text."""
        field: Any = type(self.record)._meta.get_field(name)
        widget = (
            forms.Textarea(attrs={"rows": lines, "dir": "auto"})
            if lines > 1
            else forms.TextInput(attrs={"dir": "auto"})
        )
        self.fields[name] = forms.CharField(
            label=label, max_length=field.max_length, required=required, help_text=hint, widget=widget
        )


class LanguageField(forms.ChoiceField):
    """One of the edition's languages."""

    def __init__(self, edition: Edition, **kwargs: Any) -> None:
        reader = get_language() or "en"
        choices = [(code, languages.name_in(code, reader)) for code in edition.languages]
        super().__init__(
            choices=sorted(choices, key=lambda choice: collation_key(str(choice[1]), reader)), **kwargs
        )


class ZoneField(forms.CharField):
    """The name of a time zone, "Europe/Paris"; nothing where the host city's clock holds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, widget=forms.TextInput(attrs={"dir": "ltr"}), **kwargs)

    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        if name and name not in available_timezones():
            raise ValidationError(_("No time zone has this name. Write it like “Europe/Paris”."))
        return name


class DateField(forms.DateField):
    """A date, with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
