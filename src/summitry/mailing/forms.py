"""What the pages of the outbox ask for; which of it is right is the actions' to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.mailing.enums import MailingKind, NoticeMode
from summitry.mailing.models import MAX_PACE, Mailing, NoticeWording


class NewMailingForm(forms.Form):
    """The name of a mailing, and to which sort of people it goes."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("For you and your colleagues; recipients do not see it.")
    )
    audience = forms.ChoiceField(label=_("Who is written to?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("What sort of mail is it?"),
        choices=MailingKind.choices,
        initial=MailingKind.OPERATIONAL,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, audiences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audiences  # type: ignore[attr-defined]


class WordsForm(RecordForm[Mailing]):
    """Subject and text in every language of the edition, and how the mail presents itself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of mail is it?"), choices=MailingKind.choices)
    sender_name = forms.CharField(
        label=_("Sender’s name"),
        max_length=100,
        required=False,
        help_text=_("The address of the sender stays the installation’s own."),
    )
    reply_to = forms.EmailField(label=_("Answers go to"), required=False)
    pace = forms.IntegerField(label=_("Letters per minute, at most"), min_value=1, max_value=MAX_PACE)

    def add_fields(self) -> None:
        self.fields.update(_word_fields(self.record))


class NoticeForm(RecordForm[NoticeWording]):
    """An edition's own words for a notice."""

    mode = forms.ChoiceField(
        label=_("What happens to it"),
        choices=[("", _("As Summitry ships it")), *NoticeMode.choices],
        required=False,
    )

    def add_fields(self) -> None:
        self.fields.update(_word_fields(self.record))


class ScheduleForm(forms.Form):
    """When a mailing is to leave, by the host city's clock."""

    def __init__(self, *args: Any, edition: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"] = ZonedDateTimeField(zone=edition.zone, label=_("Leaves at"))


def _word_fields(record: Mailing | NoticeWording) -> dict[str, forms.Field]:
    """Subject and text in the languages of the record's edition."""
    labels = {"subject": _("Subject"), "body": _("Text")}
    sizes = {"subject": (1, 200), "body": (14, 20_000)}
    return {
        name: TextFormField(
            languages_=record.edition.languages,
            present=getattr(record, name),
            lines=lines,
            limit=limit,
            required=False,
            label=labels[name],
        )
        for name, (lines, limit) in sizes.items()
    }
