"""What can be done with many rows of the programme's lists at once: the questions asked, and the values they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.access import policy_for, within
from summitry.foundation.forms import ZonedDateTimeField
from summitry.foundation.lists import BulkAction, Reader
from summitry.programme.actions.many import (
    update_appearances,
    update_contributions,
    update_forums,
    update_sessions,
)
from summitry.programme.enums import AppearanceState, ContributionKind, Delivery
from summitry.programme.lists.options import language_options
from summitry.programme.models import Appearance, Forum, Session

MOST_SEATS = 100_000
MOST_MINUTES = 1440


def asking(**fields: forms.Field) -> type[forms.Form]:
    """Return a form of these fields."""
    return type("Asked", (forms.Form,), dict(fields))


def yes_or_no(label: Any) -> forms.Field:
    """Return a question that is answered with yes or no."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


def _moment(reader: Reader, label: Any, hint: Any = "") -> forms.Field:
    return ZonedDateTimeField(zone=reader.edition.zone, label=label, required=False, help_text=hint)


def _number(label: Any, most: int, hint: Any = "") -> forms.Field:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, help_text=hint)


def _forum(reader: Reader) -> type[forms.Form]:
    mine = within(reader.actor, Forum.objects.filter(edition=reader.edition)).order_by("position", "pk")
    return asking(forum=forms.ModelChoiceField(mine, label=_("Forum")))


def _languages(label: Any) -> Callable[[Reader], type[forms.Form]]:
    def form(reader: Reader) -> type[forms.Form]:
        choices = [(option.value, option.label) for option in language_options(reader)]
        field = forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
        return asking(languages=field)

    return form


def _in_order(data: Mapping[str, Any], reader: Reader) -> list[str]:
    return [code for code in reader.edition.languages if code in data["languages"]]


def _interpreted(session: Session, data: Mapping[str, Any], reader: Reader) -> Mapping[str, Any]:
    return {"interpreted": [code for code in _in_order(data, reader) if code not in session.spoken]}


def _same_fallback(appearance: Appearance, data: Mapping[str, Any], _reader: Reader) -> str:
    if data["fallback"] == appearance.delivery:
        return _("She takes part in this way already; the fallback has to be another one.")
    return ""


def _delivery(appearance: Appearance, data: Mapping[str, Any], _reader: Reader) -> Mapping[str, Any]:
    delivery = data["delivery"]
    clears = appearance.fallback == delivery
    return {"delivery": delivery, "fallback": ""} if clears else {"delivery": delivery}


def _is_secretariat(reader: Reader) -> bool:
    """Whether she may do what is not for a forum's institution: moving sessions between forums, setting due dates."""
    return policy_for(Forum).may(reader.actor, "sign", Forum(edition=reader.edition))


SESSION_CHANGES = (
    BulkAction(
        key="forum",
        label=gettext_lazy("Move to another forum"),
        form=_forum,
        change=lambda _row, data, _reader: {"forum": data["forum"]},
        apply=lambda edition, changes, by: update_sessions(edition, changes, by=by),
        may=_is_secretariat,
    ),
    BulkAction(
        key="broadcast",
        label=gettext_lazy("Set whether it is broadcast"),
        form=lambda _reader: asking(broadcast=yes_or_no(_("Broadcast"))),
        change=lambda _row, data, _reader: {"is_broadcast": data["broadcast"]},
        apply=lambda edition, changes, by: update_sessions(edition, changes, by=by),
    ),
    BulkAction(
        key="interpreted",
        label=gettext_lazy("Set the languages of interpretation"),
        form=_languages(gettext_lazy("Interpreted into")),
        change=_interpreted,
        apply=lambda edition, changes, by: update_sessions(edition, changes, by=by),
    ),
    BulkAction(
        key="spoken",
        label=gettext_lazy("Set the spoken languages"),
        form=_languages(gettext_lazy("Spoken")),
        change=lambda _row, data, reader: {"spoken": _in_order(data, reader)},
        apply=lambda edition, changes, by: update_sessions(edition, changes, by=by),
    ),
    BulkAction(
        key="seats",
        label=gettext_lazy("Set the number of seats"),
        form=lambda _reader: asking(
            seats=_number(_("Seats"), MOST_SEATS, _("Empty means: as many as the forum."))
        ),
        change=lambda _row, data, _reader: {"seats": data["seats"]},
        apply=lambda edition, changes, by: update_sessions(edition, changes, by=by),
    ),
    BulkAction(
        key="public",
        label=gettext_lazy("Set whether it is public"),
        form=lambda _reader: asking(public=yes_or_no(_("Public"))),
        change=lambda _row, data, _reader: {"is_public": data["public"]},
        apply=lambda edition, changes, by: update_sessions(edition, changes, by=by),
    ),
)

CONTRIBUTION_CHANGES = (
    BulkAction(
        key="kind",
        label=gettext_lazy("Set the kind"),
        form=lambda _reader: asking(
            kind=forms.ChoiceField(label=_("Kind"), choices=ContributionKind.choices)
        ),
        change=lambda _row, data, _reader: {"kind": data["kind"]},
        apply=lambda edition, changes, by: update_contributions(edition, changes, by=by),
    ),
    BulkAction(
        key="minutes",
        label=gettext_lazy("Set the length"),
        form=lambda _reader: asking(minutes=_number(_("Minutes"), MOST_MINUTES)),
        change=lambda _row, data, _reader: {"minutes": data["minutes"]},
        apply=lambda edition, changes, by: update_contributions(edition, changes, by=by),
    ),
    BulkAction(
        key="embargo",
        label=gettext_lazy("Set or lift an embargo"),
        form=lambda reader: asking(embargo=_moment(reader, _("Under embargo until"))),
        change=lambda _row, data, _reader: {"embargo_until": data["embargo"]},
        apply=lambda edition, changes, by: update_contributions(edition, changes, by=by),
    ),
)

APPEARANCE_CHANGES = (
    BulkAction(
        key="fallback",
        label=gettext_lazy("Set the fallback"),
        form=lambda _reader: asking(
            fallback=forms.ChoiceField(
                label=_("Fallback"), choices=[("", _("None")), *Delivery.choices], required=False
            )
        ),
        change=lambda _row, data, _reader: {"fallback": data["fallback"]},
        refuse=_same_fallback,
        apply=lambda edition, changes, by: update_appearances(edition, changes, by=by),
    ),
    BulkAction(
        key="delivery",
        label=gettext_lazy("Set how they take part"),
        form=lambda _reader: asking(
            delivery=forms.ChoiceField(label=_("Delivery"), choices=Delivery.choices)
        ),
        change=_delivery,
        apply=lambda edition, changes, by: update_appearances(edition, changes, by=by),
    ),
    BulkAction(
        key="state",
        label=gettext_lazy("Set what they have answered"),
        form=lambda _reader: asking(
            state=forms.ChoiceField(label=_("Answer"), choices=AppearanceState.choices)
        ),
        change=lambda _row, data, _reader: {"state": data["state"]},
        apply=lambda edition, changes, by: update_appearances(edition, changes, by=by),
    ),
)

FORUM_CHANGES = (
    BulkAction(
        key="due",
        label=gettext_lazy("Set a deadline of its own"),
        form=lambda reader: asking(due=_moment(reader, _("Due"), _("Empty means: the edition’s deadline."))),
        change=lambda _row, data, _reader: {"due_at": data["due"]},
        apply=lambda edition, changes, by: update_forums(edition, changes, by=by),
        may=_is_secretariat,
    ),
    BulkAction(
        key="seats",
        label=gettext_lazy("Set the number of seats"),
        form=lambda _reader: asking(seats=_number(_("Seats"), MOST_SEATS)),
        change=lambda _row, data, _reader: {"seats": data["seats"]},
        apply=lambda edition, changes, by: update_forums(edition, changes, by=by),
    ),
    BulkAction(
        key="public",
        label=gettext_lazy("Set whether it is public"),
        form=lambda _reader: asking(public=yes_or_no(_("Public"))),
        change=lambda _row, data, _reader: {"is_public": data["public"]},
        apply=lambda edition, changes, by: update_forums(edition, changes, by=by),
        may=_is_secretariat,
    ),
)
