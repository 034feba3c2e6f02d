"""The forms of forums, sessions and contributions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.directory.models import Topic
from summitry.directory.queries.sorting import collation_key
from summitry.editions.enums import Equipment
from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.foundation.i18n import languages
from summitry.programme.enums import ContributionKind, ForumKind
from summitry.programme.models import Contribution, Forum, Session

LONG = 8
SHORT = 3


class ForumForm(RecordForm[Forum]):
    """A forum. The secretariat decides about its kind, topic, date and publicity; its institution about the rest."""

    def __init__(self, *args: Any, edition: Edition, is_secretariat: bool, **kwargs: Any) -> None:
        self.edition = edition
        self.is_secretariat = is_secretariat
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["title"] = _text(self.edition, self.record, "title", _("Title"), required=True)
        self.fields["abstract"] = _text(self.edition, self.record, "abstract", _("Description"), lines=LONG)
        self.fields["seats"] = _count(
            _("Seats"), _("How many places the audience needs; sessions may say otherwise.")
        )
        if self.is_secretariat:
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=ForumKind.choices)
            topics = Topic.objects.filter(edition_topics__edition=self.edition)
            self.fields["topic"] = forms.ModelChoiceField(topics, label=_("Topic"), required=False)
            self.fields["due_at"] = ZonedDateTimeField(
                zone=self.edition.zone,
                label=_("Due by"),
                help_text=_("Only where this forum has another date than the edition."),
                required=False,
            )
            self.fields["is_public"] = forms.BooleanField(
                label=_("Shown to the public once it is published"), required=False
            )


class SessionForm(RecordForm[Session]):
    """A session's texts, languages and what its room must offer; its place is the board's business."""

    def __init__(self, *args: Any, edition: Edition, is_secretariat: bool, **kwargs: Any) -> None:
        self.edition = edition
        self.is_secretariat = is_secretariat
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["title"] = _text(self.edition, self.record, "title", _("Title"), required=True)
        self.fields["subtitle"] = _text(self.edition, self.record, "subtitle", _("Subtitle"))
        self.fields["abstract"] = _text(self.edition, self.record, "abstract", _("Description"), lines=LONG)
        self.fields["spoken"] = _languages(self.record.spoken, _("Languages spoken"))
        self.fields["interpreted"] = _languages(self.record.interpreted, _("Interpreted into"))
        self.fields["seats"] = _count(_("Seats"), _("How many places the audience needs."))
        self.fields["equipment"] = forms.MultipleChoiceField(
            label=_("The room must offer"),
            choices=Equipment.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["is_broadcast"] = forms.BooleanField(label=_("Broadcast live"), required=False)
        if self.is_secretariat:
            self.fields["is_public"] = forms.BooleanField(
                label=_("Shown to the public once it is published"), required=False
            )

    def clean_spoken(self) -> list[str]:
        return _in_order(self.record.spoken, self.cleaned_data["spoken"])

    def clean_interpreted(self) -> list[str]:
        return _in_order(self.record.interpreted, self.cleaned_data["interpreted"])

    def clean_equipment(self) -> list[str]:
        return _in_order(self.record.equipment, self.cleaned_data["equipment"])


class ContributionForm(RecordForm[Contribution]):
    """One contribution of a session."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["title"] = _text(self.edition, self.record, "title", _("Title"), required=True)
        self.fields["abstract"] = _text(self.edition, self.record, "abstract", _("Description"), lines=LONG)
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=ContributionKind.choices)
        self.fields["minutes"] = _count(_("Minutes"), "", most=24 * 60)
        self.fields["embargo_until"] = ZonedDateTimeField(
            zone=self.edition.zone,
            label=_("Embargo until"),
            help_text=_("Nothing of it may be said in public before; by the venue's clock."),
            required=False,
        )


class RemarksForm(forms.Form):
    """What the secretariat says when it returns a forum."""

    remarks = forms.CharField(
        label=_("Remarks"),
        widget=forms.Textarea(attrs={"rows": SHORT}),
        max_length=Forum._meta.get_field("remarks").max_length,
        help_text=_("The institution reads this, in the words you write here."),
    )


class EditorForm(forms.Form):
    """Somebody who is to work on a forum for its institution."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)


def _text(
    edition: Edition, record: Any, name: str, label: Any, *, lines: int = 1, required: bool = False
) -> Any:
    return TextFormField(
        languages_=edition.languages,
        present=getattr(record, name),
        lines=lines,
        limit=type(record)._meta.get_field(name).max_length,
        label=label,
        required=required,
    )


def _languages(present: list[str], label: Any) -> forms.MultipleChoiceField:
    """A choice among the languages that meetings are held in, and those that are chosen already."""
    reader = get_language() or "en"
    names = {
        code: languages.name_in(code, reader) for code in languages.merged(present, languages.OF_MEETINGS)
    }
    choices = sorted(names.items(), key=lambda item: collation_key(item[1], reader))
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _in_order(present: list[str], chosen: list[str]) -> list[str]:
    """Return what is chosen, in the order in which it stood before; what is new follows."""
    return [*(code for code in present if code in chosen), *(code for code in chosen if code not in present)]


def _count(label: Any, hint: Any, most: int = 100_000) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=most, required=False)
