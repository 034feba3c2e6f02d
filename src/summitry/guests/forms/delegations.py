"""The forms of delegations: their record, their places, their focal points, and whom they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.directory.actions.person import NameGiven, NewPerson
from summitry.directory.enums import NameUse
from summitry.directory.models import Entity, Organisation
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.foundation.i18n import languages
from summitry.guests.actions.nomination import LONGEST_NAME, Nominee
from summitry.guests.actions.quota import MOST_PLACES, QuotaGiven
from summitry.guests.enums import GONE, Attendance
from summitry.guests.models import Category, Delegation, Guest, Quota
from summitry.guests.queries.delegations import Places

NOTHING = ("", "–")


if TYPE_CHECKING:
    EntityField = forms.ModelChoiceField[Entity]
else:
    EntityField = forms.ModelChoiceField


class EntityChoice(EntityField):
    """Countries, regions and bodies, named and sorted as the edition's stylebook has it for this reader."""

    def __init__(self, edition: Edition, **kwargs: Any) -> None:
        self.names = EntityNames(edition.naming_profile_id, get_language() or "en", edition.fallback)
        super().__init__(Entity.objects.all(), **kwargs)
        found = self.names.in_order(Entity.objects.all())
        self.choices = [NOTHING, *((one.pk, self.names.short(one).text) for one in found)]

    def label_from_instance(self, obj: Any) -> str:
        return self.names.short(obj).text


class DelegationForm(RecordForm[Delegation]):
    """A delegation; an unsaved one has no head yet."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["entity"] = EntityChoice(self.edition, label=_("Country or region"), required=False)
        self.fields["organisation"] = forms.ModelChoiceField(
            Organisation.objects.order_by("slug"), label=_("Organisation"), required=False, empty_label="–"
        )
        self.fields["name"] = TextFormField(
            languages_=self.edition.languages,
            present=self.record.name,
            limit=200,
            label=_("Name"),
            required=False,
            help_text=_("Left empty, it is called as the stylebook or the organisation says."),
        )
        if self.record.pk:
            guests = Guest.objects.filter(delegation=self.record, principal=None).exclude(state__in=GONE)
            self.fields["head"] = forms.ModelChoiceField(
                guests.select_related("person"),
                label=_("Head of delegation"),
                required=False,
                empty_label="–",
            )
        names = [(code, languages.name_in(code, get_language() or "en")) for code, _n in settings.LANGUAGES]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of letters"), choices=[NOTHING, *names], required=False
        )
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
        self.fields["zone_name"] = forms.ChoiceField(
            label=_("Time zone"), choices=[NOTHING, *zones], required=False
        )
        self.fields["closes_at"] = ZonedDateTimeField(
            zone=self.edition.zone,
            label=_("Nominations until"),
            help_text=_("By the host city’s clock. Left empty, the edition’s registration phase counts."),
            required=False,
        )


class QuotasForm(forms.Form):
    """Places by category: how many, what takes the overflow, and whether there is a waiting list."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(Category.objects.filter(edition=delegation.edition_id))
        present = {row.category_id: row for row in Quota.objects.filter(delegation=delegation)}
        self.initial["seen"] = ";".join(
            f"{row.category_id},{row.places},{row.overflow_id or ''},{int(row.waits)}"
            for row in sorted(present.values(), key=lambda row: row.category_id)
        )
        for category in self.categories:
            row = present.get(category.pk)
            slug = category.slug
            others = [one for one in self.categories if one != category]
            self.fields[slug] = forms.IntegerField(
                label=str(category), min_value=0, max_value=MOST_PLACES, required=False,
                initial=row.places if row else None,
            )  # fmt: skip
            self.fields[f"{slug}-overflow"] = forms.ChoiceField(
                label=_("Then as"), required=False, initial=str(row.overflow_id or "") if row else "",
                choices=[NOTHING, *((str(one.pk), str(one)) for one in others)],
            )  # fmt: skip
            self.fields[f"{slug}-waits"] = forms.BooleanField(
                label=_("Then wait"), required=False, initial=bool(row and row.waits)
            )

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The three boxes of each category."""
        slugs = [category.slug for category in self.categories]
        return [(self[slug], self[f"{slug}-overflow"], self[f"{slug}-waits"]) for slug in slugs]

    def quotas(self) -> list[QuotaGiven]:
        """Return what was given; a category left empty has no quota."""
        by_id = {str(one.pk): one for one in self.categories}
        data = self.cleaned_data
        return [
            QuotaGiven(
                one, data[one.slug], by_id.get(data[f"{one.slug}-overflow"]), data[f"{one.slug}-waits"]
            )
            for one in self.categories
            if data.get(one.slug) is not None
        ]

    def expected(self) -> dict[int, tuple[int, int | None, bool]]:
        """Return what the editor saw when she opened the form."""
        seen = {}
        for part in filter(None, self.cleaned_data.get("seen", "").split(";")):
            numbers = part.split(",")
            if len(numbers) == 4 and all(one.isdecimal() and len(one) < 12 for one in numbers if one):
                category, places, overflow, waits = (int(one or 0) for one in numbers)
                seen[category] = (places, overflow or None, bool(waits))
        return seen


class FocalPointForm(forms.Form):
    """Somebody who is to act for the delegation."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)


class NomineeForm(forms.Form):
    """Somebody who is named: what she is called in Latin letters and in her own script, and how she takes part."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("In Latin letters, as in the passport, in the order in which she writes it."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    native_name = forms.CharField(
        label=_("Name in her own script"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    attendance = forms.ChoiceField(label=_("Takes part"), choices=Attendance.choices, required=False)

    def __init__(
        self, *args: Any, edition: Edition, places: Sequence[Places] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        codes = dict.fromkeys((*edition.languages, *dict(settings.LANGUAGES)))
        self.fields["native_lang"] = forms.ChoiceField(
            label=_("Language of that name"),
            choices=[NOTHING, *((code, languages.name_in(code, reader)) for code in codes)],
            required=False,
        )
        self.categories = {one.category.slug: one.category for one in places or ()}
        if places is not None:
            self.fields["category"] = forms.ChoiceField(
                label=_("Category"), choices=[(slug, str(one)) for slug, one in self.categories.items()]
            )
            self.order_fields(["category"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("native_name") and not cleaned.get("native_lang"):
            self.add_error("native_lang", _("Say in which language this name is."))
        return cleaned

    def nominee(self) -> Nominee:
        """Return whom the form names."""
        data = self.cleaned_data
        return nominee_of(
            data["name"], data["email"], data["native_name"], data["native_lang"], data["attendance"]
        )

    @property
    def category(self) -> Category:
        """The category that was chosen."""
        return self.categories[self.cleaned_data["category"]]

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Put an action's refusal beside the fields that it names; what concerns none of them goes on top."""
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class WithdrawForm(forms.Form):
    """Why a guest is taken back; nobody has to say."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)


def nominee_of(
    name: str, email: str, native_name: str = "", native_lang: str = "", attendance: str = ""
) -> Nominee:
    """Return a new person who is to be named; nothing of her name is derived or turned round."""
    latin = " ".join(name.split())
    names = [NameGiven(NameUse.LATIN, "en", latin)] if latin else []
    native = " ".join(native_name.split())
    if native and native_lang:
        names.append(NameGiven(NameUse.NATIVE, native_lang, native))
    person = NewPerson(names=names, reference_name=latin, email=email.strip().lower())
    return Nominee(person=person, attendance=attendance or Attendance.ON_SITE)
