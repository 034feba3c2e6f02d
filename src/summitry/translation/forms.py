"""The forms of this room: assignments, terms, and files of translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.directory.models import Term, Topic
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.foundation.forms.text import TextWidget
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.translation.models import Assignment

Choices = Sequence[tuple[str, str]]


class AssignForm(forms.Form):
    """Hands out work."""

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Account],
        languages: Choices,
        kinds: Choices,
        forums: Choices,
        zone: ZoneInfo,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            people,
            label=_("Who"),
            empty_label=_("Choose somebody"),
            help_text=_("Everybody who holds a role that lets her translate here."),
        )
        self.fields["language"] = forms.ChoiceField(label=_("Into"), choices=languages)
        self.fields["source"] = forms.ChoiceField(
            label=_("Kind of text"), choices=[("", _("All kinds")), *kinds], required=False
        )
        self.fields["forum_id"] = forms.TypedChoiceField(
            label=_("Forum"),
            choices=[("", _("All forums")), *forums],
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields["due_at"] = ZonedDateTimeField(zone=zone, label=_("Due"), required=False)
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=500, required=False)


class AssignmentForm(RecordForm[Assignment]):
    """Changes an assignment."""

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        self._zone = zone
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["due_at"] = ZonedDateTimeField(zone=self._zone, label=_("Due"), required=False)
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=500, required=False)


class FormsField(forms.Field):
    """Forms that must not be used: a box for each language, one form on each line."""

    def __init__(self, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(widget=TextWidget(languages, lines=2), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return {}
        return {
            lang: said if isinstance(said, str) else "\n".join(map(str, said)) for lang, said in value.items()
        }

    def clean(self, value: Any) -> dict[str, list[str]]:
        lines = {
            lang: [line.strip() for line in words.splitlines() if line.strip()]
            for lang, words in (value or {}).items()
        }
        return {lang: said for lang, said in sorted(lines.items()) if said}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.clean(data) != (initial or {})


class TermForm(RecordForm[Term]):
    """Changes a term, or makes one: a record that has not been saved yet says nothing."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        self._languages = languages
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        term, own = self.record, tuple(self._languages)
        self.fields["words"] = TextFormField(
            languages_=own, present=term.words or Text(), limit=200, label=_("Term")
        )
        self.fields["forbidden"] = FormsField(
            own, label=_("Not to be used"), help_text=_("One form on each line."), required=False
        )
        self.fields["definition"] = TextFormField(
            languages_=own,
            present=term.definition or Text(),
            lines=2,
            limit=1000,
            label=_("Definition"),
            required=False,
        )
        self.fields["topic"] = forms.ModelChoiceField(
            Topic.objects.order_by("position", "pk"), label=_("Topic"), required=False
        )
        self.fields["source"] = forms.CharField(
            label=_("Source"), help_text=_("Where this usage comes from."), max_length=300, required=False
        )
        self.fields["note"] = forms.CharField(
            label=_("Note for translators"), max_length=1000, required=False, widget=forms.Textarea
        )


class FileForm(forms.Form):
    """Takes a file back."""

    file = forms.FileField(
        label=_("File of translations"),
        help_text=_("XLIFF 2 or CSV, as it was taken from here. At most 30 MB."),
    )

    def __init__(self, *args: Any, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lang"] = forms.ChoiceField(label=_("Language"), choices=languages)
        self.fields["as_reviewed"] = forms.BooleanField(
            label=_("Somebody has reviewed these translations"),
            help_text=_("Else only those that the file itself calls reviewed or final count as such."),
            required=False,
        )


class TermsFileForm(forms.Form):
    """Takes a table of terms."""

    file = forms.FileField(
        label=_("Table of terms"),
        help_text=_(
            "CSV with columns such as “term:en”, “term:fr”, “never:fr”. New terms come in as proposals."
        ),
    )
