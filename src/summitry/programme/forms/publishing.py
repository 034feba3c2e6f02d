"""What is said when the draft is published, and how many teams, crews and links there are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import languages
from summitry.programme.enums import CapacityKind
from summitry.programme.models import Capacity

MOST = 999


class PublishForm(forms.Form):
    """A note for the public; and where blocking clashes stand against it, the will to publish all the same."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        help_text=_("What readers of the list of changes are told about this version."),
    )
    label = forms.CharField(label=_("Name of this version"), required=False, max_length=120)
    despite = forms.BooleanField(label=_("Publish all the same"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("It is kept in the log."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, is_blocked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_blocked = is_blocked
        if not is_blocked:
            del self.fields["despite"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.is_blocked and not data.get("despite"):
            self.add_error("despite", _("Confirm this, or resolve the blocking clashes first."))
        if self.is_blocked and not data.get("reason", "").strip():
            self.add_error("reason", _("Say in a few words why it cannot wait."))
        return data


class CapacityForm(forms.Form):
    """One line of the page of capacities: how many, and how long each is occupied before and after a session."""

    amount = forms.IntegerField(label=_("How many"), required=False, min_value=0, max_value=MOST)
    setup_minutes = forms.IntegerField(label=_("Minutes before"), required=False, min_value=0, max_value=MOST)
    strike_minutes = forms.IntegerField(label=_("Minutes after"), required=False, min_value=0, max_value=MOST)

    def __init__(self, data: Any, *, kind: CapacityKind, lang: str, row: Capacity | None) -> None:
        self.kind, self.lang = kind, lang
        facts = ("amount", "setup_minutes", "strike_minutes")
        initial = {name: getattr(row, name) for name in facts} if row is not None else {}
        super().__init__(data, initial=initial, prefix=f"{kind}-{lang}" if lang else str(kind))

    @property
    def label(self) -> str:
        """What the line is about, in words."""
        if not self.lang:
            return str(self.kind.label)
        name = languages.name_in(self.lang, get_language() or "en")
        return f"{self.kind.label}: {name}"

    def row(self) -> Capacity | None:
        """Return the capacity; nothing where no number was given: then there is no limit. The form is valid."""
        data = self.cleaned_data
        if data["amount"] is None:
            return None
        return Capacity(
            kind=self.kind,
            lang=self.lang,
            amount=data["amount"],
            setup_minutes=data["setup_minutes"] or 0,
            strike_minutes=data["strike_minutes"] or 0,
        )


def capacity_forms(edition: Edition, used: list[str], data: Any) -> list[CapacityForm]:
    """Return a line for each kind, and for interpretation one for each language that is used or known."""
    rows = {(row.kind, row.lang): row for row in edition.capacities.all()}
    known = [lang for kind, lang in rows if kind == CapacityKind.INTERPRETATION]
    langs = sorted(languages.merged({*used, *known}, edition.languages))
    lines = [(CapacityKind.INTERPRETATION, lang) for lang in langs]
    lines += [(CapacityKind.BROADCAST, ""), (CapacityKind.LIVE_LINK, "")]
    return [CapacityForm(data, kind=kind, lang=lang, row=rows.get((str(kind), lang))) for kind, lang in lines]
