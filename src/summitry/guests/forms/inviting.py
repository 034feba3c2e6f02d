"""What is said of somebody who is to be invited."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.directory.actions.person import NameGiven, NewPerson
from summitry.directory.enums import NameUse
from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, within
from summitry.foundation.forms import ZonedDateTimeField
from summitry.foundation.i18n import languages
from summitry.guests.actions.inviting import Invitee
from summitry.guests.enums import Attendance
from summitry.guests.forms.answering import LONGEST_NAME, language_choices
from summitry.guests.models import Category, Delegation

NEW = "new"


class InviteForm(forms.Form):
    """A person and the invitation. `who` says whether she is new, or one of those whom she may be."""

    name = forms.CharField(max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto"}))
    native_name = forms.CharField(
        required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    native_lang = forms.ChoiceField(required=False)
    email = forms.EmailField(required=False, max_length=254)
    category = forms.ModelChoiceField(Category.objects.none())
    delegation = forms.ModelChoiceField(Delegation.objects.none(), required=False)
    attendance = forms.ChoiceField(choices=Attendance.choices, initial=Attendance.ON_SITE)
    language = forms.ChoiceField(required=False)
    zone_name = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, edition: Edition, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        for name, label in {
            "name": _("Name, in Latin letters or as she is called"),
            "native_name": _("Name in its own script"),
            "native_lang": _("Language of that name"),
            "email": _("E-mail address"),
            "category": _("Category"),
            "delegation": _("Delegation"),
            "attendance": _("Takes part"),
            "language": _("Language of letters"),
            "zone_name": _("Time zone"),
        }.items():
            self.fields[name].label = label
        fields: dict[str, Any] = self.fields
        fields["native_lang"].choices = language_choices(edition)
        fields["language"].choices = [
            ("", "–"),
            *((code, languages.name_in(code, reader)) for code in dict(settings.LANGUAGES)),
        ]
        fields["zone_name"].choices = [("", "–"), *((zone, zone) for zone in sorted(available_timezones()))]
        fields["category"].queryset = Category.objects.filter(edition=edition)
        fields["delegation"].queryset = within(actor, Delegation.objects.filter(edition=edition))
        fields["category"].label_from_instance = lambda row: row.name.shown(reader, edition.fallback).text
        fields["delegation"].label_from_instance = lambda row: row.name.shown(reader, edition.fallback).text
        self.fields["answer_by"] = ZonedDateTimeField(
            zone=edition.zone,
            required=False,
            label=_("To be answered by"),
            help_text=_("By the host city’s clock."),
        )
        self.fields["send"] = forms.BooleanField(required=False, label=_("Send the invitation now"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("native_name") and not cleaned.get("native_lang"):
            self.add_error("native_lang", _("Please say in which language this name is."))
        due = cleaned.get("answer_by")
        if due is not None and due <= clock.now():
            self.add_error("answer_by", _("Choose a time to come."))
        if cleaned.get("send") and not due and "answer_by" not in self.errors:
            self.add_error("answer_by", _("An invitation that is sent says until when it is to be answered."))
        if cleaned.get("send") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("An invitation can be sent to an e-mail address only."))
        return cleaned

    def invitee(self, known: Person | None) -> Invitee:
        """Return who is invited: `known`, or a new person."""
        data = self.cleaned_data
        return Invitee(
            person=known or self._person(),
            category=data["category"],
            delegation=data["delegation"],
            attendance=data["attendance"],
            language=data["language"],
            zone_name=data["zone_name"],
        )

    def _person(self) -> NewPerson:
        data = self.cleaned_data
        names = [NameGiven(NameUse.DISPLAY, "en", data["name"])]
        if data["native_name"]:
            names.append(NameGiven(NameUse.NATIVE, data["native_lang"], data["native_name"]))
        return NewPerson(names=names, email=data["email"])
