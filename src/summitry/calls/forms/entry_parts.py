"""The small forms around an entry: beginning one, nominating somebody, its team, whom it should not meet, and its leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.entry import NewEntry
from summitry.calls.actions.member import NewMember
from summitry.calls.actions.moving import LONGEST_REASON
from summitry.calls.actions.nomination import LONGEST_WORDS, NewNomination
from summitry.calls.actions.relation import DECLARABLE
from summitry.calls.enums import Admission
from summitry.calls.models import Call
from summitry.foundation.forms import ZonedDateTimeField
from summitry.foundation.i18n import languages


def _line(limit: int, **attrs: str) -> forms.CharField:
    return forms.CharField(max_length=limit, widget=forms.TextInput(attrs={"dir": "auto", **attrs}))


def _optional(limit: int, **attrs: str) -> forms.CharField:
    field = _line(limit, **attrs)
    field.required = False
    return field


def _email(**attrs: str) -> forms.EmailField:
    return forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", **attrs}))


class RefusableForm(forms.Form):
    """A form that puts the refusals of an action beside its fields; `labels` are those of this language."""

    def labels(self) -> Mapping[str, str]:
        """Return the label of each field."""
        return {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels().items():
            if name in self.fields:
                self.fields[name].label = label

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Put the action's words beside the fields; what concerns none of them goes on top."""
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class BeginForm(RefusableForm):
    """Who enters: what is needed to write to her, and no more."""

    contact_name = _line(200, autocomplete="name")
    contact_email = _email(autocomplete="email")
    organisation_name = _optional(300, autocomplete="organization")
    language = forms.ChoiceField(required=False)
    access_code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if call.admission != Admission.CODE:
            del self.fields["access_code"]
        _letters(self, "language")

    def labels(self) -> Mapping[str, str]:
        return {
            "contact_name": _("Your name"),
            "contact_email": _("E-mail address"),
            "organisation_name": _("Organisation"),
            "language": _("Language of our letters"),
            "access_code": _("Access code"),
        }

    def given(self, zone_name: str) -> tuple[NewEntry, str]:
        """Return what was typed, and the access code, once the form is valid."""
        data = dict(self.cleaned_data)
        code = data.pop("access_code", "")
        return NewEntry(**data, zone_name=zone_name), code


class NominateForm(RefusableForm):
    """Who proposes whom, and why."""

    nominee_name = _line(200)
    nominee_email = _email()
    nominee_organisation = _optional(300)
    words = forms.CharField(
        required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    nominator_name = _line(200, autocomplete="name")
    nominator_email = _email(autocomplete="email")
    nominator_organisation = _optional(300, autocomplete="organization")
    language = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _letters(self, "language")

    def labels(self) -> Mapping[str, str]:
        return {
            "nominee_name": _("Whom you nominate"),
            "nominee_email": _("Her or his e-mail address"),
            "nominee_organisation": _("Her or his organisation"),
            "words": _("Why"),
            "nominator_name": _("Your name"),
            "nominator_email": _("Your e-mail address"),
            "nominator_organisation": _("Your organisation"),
            "language": _("Language in which we write to the one you nominate"),
        }

    @property
    def given(self) -> NewNomination:
        """What was typed, once the form is valid."""
        return NewNomination(**self.cleaned_data)


class MemberForm(RefusableForm):
    """A member of the team."""

    name = _line(200)
    email = _email()
    organisation_name = _optional(300)
    part = _optional(200)

    def labels(self) -> Mapping[str, str]:
        return {
            "name": _("Name"),
            "email": _("E-mail address"),
            "organisation_name": _("Organisation"),
            "part": _("Part in the entry"),
        }

    @property
    def given(self) -> NewMember:
        """What was typed, once the form is valid."""
        return NewMember(**self.cleaned_data)


class RelationForm(RefusableForm):
    """Somebody who should not judge the entry."""

    name = _line(200)
    organisation_name = _optional(300)
    kind = forms.ChoiceField()
    explanation = forms.CharField(
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, one.label) for one in DECLARABLE]  # type: ignore[attr-defined]

    def labels(self) -> Mapping[str, str]:
        return {
            "name": _("Name"),
            "organisation_name": _("Organisation"),
            "kind": _("Why she or he should not judge it"),
            "explanation": _("More about this"),
        }


class ReasonForm(RefusableForm):
    """A reason."""

    reason = forms.CharField(
        max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, is_needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_needed

    def labels(self) -> Mapping[str, str]:
        return {"reason": _("Reason")}


class LateForm(ReasonForm):
    """Until when a late entry is admitted, by the host city's clock, and why."""

    until = forms.CharField()
    field_order = ("until", "reason")

    def __init__(self, *args: Any, zone: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = ZonedDateTimeField(zone=zone)
        self.fields["until"].label = _("Until, by the host city’s clock")
        self.order_fields(self.field_order)


class NewEntryForm(RefusableForm):
    """An entry that the office begins for somebody."""

    contact_name = _line(200)
    contact_email = _email()
    organisation_name = _optional(300)
    language = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _letters(self, "language")

    def labels(self) -> Mapping[str, str]:
        return {
            "contact_name": _("Whom we write to"),
            "contact_email": _("E-mail address"),
            "organisation_name": _("Organisation"),
            "language": _("Language of our letters"),
        }


def _letters(form: forms.Form, name: str) -> None:
    reader = get_language() or "en"
    field: Any = form.fields[name]
    field.choices = [(code, languages.name_in(code, reader)) for code in dict(settings.LANGUAGES)]
    form.initial.setdefault(name, reader)
