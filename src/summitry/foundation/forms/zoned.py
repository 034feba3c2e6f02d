"""A date and time by the edition's clock, whatever the browser's is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ZonedDateTimeField(forms.Field):
    """Reads what `<input type=datetime-local>` sends as a time in `zone`; an hour that does not exist there is refused."""

    widget = forms.DateTimeInput

    def __init__(self, *, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **kwargs)
        self.zone = zone

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return value.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M")
        return value

    def to_python(self, value: Any) -> dt.datetime | None:
        if value in self.empty_values:
            return None
        try:
            naive = dt.datetime.fromisoformat(str(value))
        except ValueError as error:
            raise ValidationError(_("Give a date and a time.")) from error
        if naive.tzinfo is not None:
            return naive
        instant = naive.replace(tzinfo=self.zone)
        if instant.astimezone(dt.UTC).astimezone(self.zone).replace(tzinfo=None) != naive:
            raise ValidationError(_("This hour does not exist there: the clocks go forward."))
        return instant
