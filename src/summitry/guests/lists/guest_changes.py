"""What the list of guests changes of several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.access import policy_for
from summitry.foundation.lists import BulkAction, Reader
from summitry.guests.actions.guest import DECIDED, change_guests
from summitry.guests.enums import Attendance
from summitry.guests.models import Category, Guest


def _asking(**fields: forms.Field) -> type[forms.Form]:
    return type("Asked", (forms.Form,), dict(fields))


def _category_form(reader: Reader) -> type[forms.Form]:
    return _asking(
        category=forms.ModelChoiceField(Category.objects.filter(edition=reader.edition), label=_("Category"))
    )


def _decided(guest: Guest, data: Mapping[str, Any], reader: Reader) -> str:
    """Refuse what only those who decide may change."""
    may = guest.state not in DECIDED or policy_for(Guest).may(reader.actor, "decide", guest)
    return "" if may else _("She is accredited; only an accreditation officer changes her category.")


def _assigns(reader: Reader) -> bool:
    return policy_for(Guest).may(reader.actor, "assign", Guest(edition=reader.edition))


def _change(edition: Any, changes: Sequence[Any], by: Any) -> object:
    return change_guests(edition, changes, by=by)


CHANGES = (
    BulkAction(
        key="category",
        label=gettext_lazy("Set the category"),
        form=_category_form,
        change=lambda _row, data, _reader: {"category": data["category"]},
        refuse=_decided,
        apply=_change,
        verb="assign",
        may=_assigns,
    ),
    BulkAction(
        key="attendance",
        label=gettext_lazy("Set how they take part"),
        form=lambda _reader: _asking(
            attendance=forms.ChoiceField(label=_("Takes part"), choices=Attendance.choices)
        ),
        change=lambda _row, data, _reader: {"attendance": data["attendance"]},
        apply=_change,
        verb="assign",
        may=_assigns,
    ),
    BulkAction(
        key="deskword",
        label=gettext_lazy("Tell the desk something"),
        form=lambda _reader: _asking(
            deskword=forms.CharField(
                label=_("For the desk"),
                required=False,
                max_length=300,
                help_text=_("Empty removes what is there."),
            )
        ),
        change=lambda _row, data, _reader: {"deskword": data["deskword"]},
        apply=_change,
        verb="assign",
        may=_assigns,
    ),
)
