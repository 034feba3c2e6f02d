"""The forms of a speaker's page. Each saves on its own; the console's page about her uses the same."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.forms import RecordForm, ZonedDateTimeField
from summitry.foundation.i18n import local_name
from summitry.programme.enums import AppearanceState, Delivery, LinkTest, MaterialKind
from summitry.programme.models import Appearance, Speaker, Substitution
from summitry.programme.queries.clocks import OFFERED, known_zones

SPARE_ROWS = 2
MOST_ROWS = 22
YES_NO = (("", gettext_lazy("Not said yet")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
_TRUTH = {"yes": True, "no": False}


class PartForm(forms.Form):
    """What is about one part; `state` is the answer that stood there when the form was opened."""

    part = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    state = forms.ChoiceField(widget=forms.HiddenInput, choices=AppearanceState.choices, required=False)


class AnswerForm(PartForm):
    """Whether she comes; who does not may say why, and name somebody else."""

    word = forms.CharField(
        label=gettext_lazy("A word about it"),
        required=False,
        max_length=Appearance._meta.get_field("word").max_length,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of your substitute"),
        required=False,
        max_length=Substitution._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your substitute’s e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    post = forms.CharField(
        label=gettext_lazy("Your substitute’s post and institution"),
        required=False,
        max_length=Substitution._meta.get_field("post").max_length,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class SubstituteForm(AnswerForm):
    """Somebody in her place, for a part that she has declined already."""

    name = forms.CharField(
        label=gettext_lazy("Name of your substitute"),
        max_length=Substitution._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class WishForm(PartForm):
    """How she would like to take part, and what happens if that fails."""

    wished = forms.ChoiceField(
        label=gettext_lazy("How you would like to take part"), choices=Delivery.choices
    )
    fallback = forms.ChoiceField(
        label=gettext_lazy("If that fails"),
        choices=(("", gettext_lazy("Nothing agreed")), *Delivery.choices),
        required=False,
    )


class FileForm(PartForm):
    """A file for a part."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=MaterialKind.choices)
    file = forms.FileField(label=gettext_lazy("File"))
    note = forms.CharField(
        label=gettext_lazy("A word for the room"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class BiographyForm(forms.Form):
    """The biography in one language; `seen` is the digest of what stood there."""

    lang = forms.CharField(widget=forms.HiddenInput, max_length=20)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)
    words = forms.CharField(
        label=gettext_lazy("Biography"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )


class PortraitForm(forms.Form):
    """A portrait."""

    portrait = forms.FileField(
        label=gettext_lazy("Portrait"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 15 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class ContactForm(RecordForm[Speaker]):
    """Where she will be, and in which language she gets letters."""

    def add_fields(self) -> None:
        present = [self.record.zone_name] if self.record.zone_name in known_zones() else []
        zones = sorted({*OFFERED, *present, self.record.edition.zone_name})
        choices = [("", _("The venue’s clock")), *((name, name.replace("_", " ")) for name in zones)]
        self.fields["zone_name"] = forms.ChoiceField(
            label=_("Your time zone"),
            choices=choices,
            required=False,
            help_text=_("Where you will be in those days; times are shown by this clock as well."),
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of our letters to you"),
            choices=[
                ("", _("Not said yet")),
                *((code, local_name(code)) for code, _name in settings.LANGUAGES),
            ],
            required=False,
        )


class NeedsForm(RecordForm[Speaker]):
    """What she needs on stage or at her end of the link."""

    def add_fields(self) -> None:
        self.fields["technical_needs"] = forms.CharField(
            label=_("What you need"),
            help_text=_(
                "For example sound from your computer, a lectern, step-free access, a sign-language interpreter."
            ),
            max_length=Speaker._meta.get_field("technical_needs").max_length,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )


class TravelForm(forms.Form):
    """Whether she needs a visa or travel."""

    needs_visa = forms.ChoiceField(label=gettext_lazy("I need a visa"), choices=YES_NO, required=False)
    needs_travel = forms.ChoiceField(
        label=gettext_lazy("Please arrange my travel"), choices=YES_NO, required=False
    )

    @classmethod
    def of(cls, speaker: Speaker) -> TravelForm:
        """Return the form with what was said."""
        words = {True: "yes", False: "no", None: ""}
        return cls(
            initial={"needs_visa": words[speaker.needs_visa], "needs_travel": words[speaker.needs_travel]}
        )

    def said(self, name: str) -> bool | None:
        """Return what was said in a field."""
        return _TRUTH.get(self.cleaned_data[name])


class AssistantForm(forms.Form):
    """Who may act on her behalf."""

    name = forms.CharField(
        label=gettext_lazy("Your assistant’s name"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your assistant’s e-mail address"), required=False, max_length=254
    )


class AvailabilityForm(forms.Form):
    """When she can appear: rows of beginning and end by her clock; an empty row says nothing."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, zone: ZoneInfo, present: list[tuple[dt.datetime, dt.datetime]]
    ) -> None:
        super().__init__(data)
        self.zone = zone
        self.present = present
        self.initial["seen"] = json.dumps([[start.isoformat(), end.isoformat()] for start, end in present])
        count = len(present) + SPARE_ROWS
        if data is not None:
            count = max(
                count,
                *(
                    int(key[5:]) + 1
                    for key in data
                    if key[:5] == "start" and key[5:].isdecimal() and len(key) < 8
                ),
                0,
            )
        self.rows = range(min(count, MOST_ROWS))
        for row in self.rows:
            start, end = present[row] if row < len(present) else (None, None)
            words = {"number": row + 1}
            for name, label, value in (
                (f"start{row}", _("%(number)d. From") % words, start),
                (f"end{row}", _("%(number)d. Until") % words, end),
            ):
                self.fields[name] = ZonedDateTimeField(zone=zone, label=label, required=False)
                self.initial[name] = value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.rows:
            start, end = cleaned.get(f"start{row}"), cleaned.get(f"end{row}")
            errors = self.errors.keys() & {f"start{row}", f"end{row}"}
            if not errors and (start is None) != (end is None):
                self.add_error(f"start{row}" if start is None else f"end{row}", _("Give both times."))
        return cleaned

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """The two fields of each row."""
        return [(self[f"start{row}"], self[f"end{row}"]) for row in self.rows]

    @property
    def given(self) -> list[tuple[int, tuple[dt.datetime, dt.datetime]]]:
        """What was filled in, with the number of its row."""
        pairs = [
            (row, (self.cleaned_data.get(f"start{row}"), self.cleaned_data.get(f"end{row}")))
            for row in self.rows
        ]
        return [(row, (start, end)) for row, (start, end) in pairs if start and end]

    @property
    def expected(self) -> list[tuple[dt.datetime, dt.datetime]] | None:
        """What stood there when the form was opened, where that can be read."""
        try:
            return [
                (dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end))
                for start, end in json.loads(self.cleaned_data["seen"])
            ]
        except (ValueError, TypeError):
            return None


class LinkTestForm(forms.Form):
    """What the page found out about a link, or somebody who tried it."""

    camera = forms.BooleanField(required=False)
    microphone = forms.BooleanField(required=False)
    browser = forms.BooleanField(required=False)
    down = forms.FloatField(required=False, min_value=0, max_value=100_000)
    up = forms.FloatField(required=False, min_value=0, max_value=100_000)
    delay = forms.FloatField(required=False, min_value=0, max_value=100_000)
    agent = forms.CharField(required=False, max_length=200)
    verdict = forms.ChoiceField(choices=(("", ""), *LinkTest.choices), required=False)
    note = forms.CharField(required=False, max_length=500)
