"""The forms of an edition's console: any record of it, somebody to appoint, and the deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from summitry.editions.actions.deadline import MAX_GRACE_HOURS, DeadlineGiven
from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Edition, Room
from summitry.editions.queries.team import roles_to_give
from summitry.foundation.access import roles
from summitry.foundation.forms import RecordForm, ZonedDateTimeField

M = TypeVar("M", bound=Model)


class EditionForm(RecordForm[M]):
    """A record form of an edition's part. `values` is all that it says, for a record that is made with it."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        """Everything that was entered."""
        return {name: self.cleaned_data[name] for name in self.record_fields}


class AppointForm(forms.Form):
    """Somebody and a role; a room where the role is held in rooms only."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.code, role.label) for role in roles_to_give()]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)
        self.fields["room"] = forms.ModelChoiceField(
            Room.objects.filter(edition=edition),
            label=_("Room"),
            required=False,
            empty_label=_("The whole edition"),
            help_text=_("Only for roles that are held in a single room."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = roles().get(cleaned.get("role", ""))
        if role is not None and ("room" if cleaned.get("room") else "edition") not in role.scopes:
            self.add_error("room", _("This role cannot be held there."))
        return cleaned


class DeadlinesForm(forms.Form):
    """When each kind of thing is due, by the host city's clock, and the hours of grace after it."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = {row.kind: row for row in edition.deadlines.all()}
        for kind in DeadlineKind:
            row = present.get(kind)
            self.fields[kind] = ZonedDateTimeField(
                zone=edition.zone, label=kind.label, required=False, initial=row.due_at if row else None
            )
            self.fields[f"{kind}-grace"] = forms.IntegerField(
                label=_("Hours of grace"),
                min_value=0,
                max_value=MAX_GRACE_HOURS,
                required=False,
                initial=row.grace_hours if row else 0,
            )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The date and the grace of each kind, as bound fields side by side."""
        return [(self[kind], self[f"{kind}-grace"]) for kind in DeadlineKind]

    def deadlines(self) -> list[DeadlineGiven]:
        """Return the deadlines that are set."""
        given = []
        for kind in DeadlineKind:
            due_at: dt.datetime | None = self.cleaned_data[kind]
            if due_at is not None:
                given.append(DeadlineGiven(kind, due_at, self.cleaned_data[f"{kind}-grace"] or 0))
        return given
