"""The forms of meetings: whether a guest can be met, and when she would like to meet somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.foundation.i18n import formats
from summitry.guests.models import MeetingDesk


class DeskForm(forms.Form):
    """Whether and how a guest can be met; nothing is ticked beforehand."""

    is_open = forms.BooleanField(
        label=_("Other guests may ask me for meetings"),
        help_text=_("They then see your name, your delegation and the line below, and you see theirs."),
        required=False,
    )
    about = forms.CharField(
        label=_("What you would like to talk about"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    via_office = forms.BooleanField(
        label=_("Through my office"),
        help_text=_("Requests go to your delegation’s focal points, who answer for you."),
        required=False,
    )

    @classmethod
    def of(cls, desk: MeetingDesk, data: Any = None) -> DeskForm:
        """Return the form as it stands for a guest."""
        return cls(data, initial={name: getattr(desk, name) for name in ("is_open", "about", "via_office")})


class RequestForm(forms.Form):
    """A slot in which both are free, and a line of words."""

    words = forms.CharField(
        label=_("What it is about"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, slots: Sequence[dt.datetime], zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        days: dict[str, list[tuple[str, str]]] = {}
        for slot in slots:
            day = formats.date(slot.astimezone(zone).date(), lang)
            days.setdefault(day, []).append((slot.isoformat(), f"{day}, {formats.time(slot, zone)}"))
        self.fields["slot"] = forms.ChoiceField(
            label=_("When"),
            choices=list(days.items()),
            help_text=_("Times by the host city’s clock in which both of you are free."),
        )
        self.order_fields(["slot", "words"])

    @property
    def starts_at(self) -> dt.datetime:
        """The beginning of the slot that was chosen."""
        return dt.datetime.fromisoformat(self.cleaned_data["slot"])
