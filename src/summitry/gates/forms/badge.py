"""The forms of badge layouts, of printing and handing out, and of the lines of a guest's own badge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.errors import InvalidInput
from summitry.foundation.files.store import IMAGES
from summitry.gates.enums import BadgeElement, BadgeOrder, SheetKind
from summitry.gates.models import BadgeLayout
from summitry.gates.models.badge import LARGEST, SMALLEST
from summitry.gates.queries.badge_choice import Choice, Which
from summitry.gates.queries.badge_defaults import DESIGNS
from summitry.gates.queries.badge_elements import MOST
from summitry.guests.models import Category, Delegation

SQUARE = frozenset({BadgeElement.CODE, BadgeElement.PHOTO, BadgeElement.PICTURE})
PARTS = ("kind", "x", "y", "w", "h", "size", "least", "bold", "align", "colour", "text", "turn")


class _Refusing(forms.Form):
    def refuse(self, refusal: InvalidInput) -> None:
        """Show what an action refused, beside its fields; what concerns none of them, above."""
        for name, messages in refusal.fields.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)
        if not refusal.fields:
            self.add_error(None, str(refusal))


class NewLayoutForm(_Refusing):
    """A layout to begin with."""

    name = forms.CharField(label=_("Name of the layout"), max_length=80)
    design = forms.ChoiceField(label=_("Begin with"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["design"].choices = [(key, design.name) for key, design in DESIGNS.items()]  # type: ignore[attr-defined] # a choice field


class LayoutForm(_Refusing):
    """What a layout is called, how large it is, and for whom; its elements come beside it."""

    name = forms.CharField(label=_("Name of the layout"), max_length=80)
    width = forms.IntegerField(label=_("Width in mm"), min_value=SMALLEST, max_value=LARGEST)
    height = forms.IntegerField(label=_("Height in mm"), min_value=SMALLEST, max_value=LARGEST)
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(),
        label=_("For these categories"),
        help_text=_("Without any, it is for all categories that have no layout of their own."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("The emblem of the edition, for elements of the kind “Picture”."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(IMAGES)}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, files: Any, *, layout: BadgeLayout) -> None:
        initial: dict[str, Any] = {
            "name": layout.name,
            "width": layout.width,
            "height": layout.height,
            "seen": layout.revision,
            "categories": list(layout.categories.values_list("pk", flat=True)),
        }
        super().__init__(data, files, initial=initial)
        rows = Category.objects.filter(edition=layout.edition_id)
        self.fields["categories"].queryset = rows  # type: ignore[attr-defined] # a choice of rows
        self.fields["categories"].label_from_instance = _named  # type: ignore[attr-defined] # as above


def elements_in(data: QueryDict) -> list[dict[str, Any]]:
    """Return the elements that an editor's form holds, as typed, without those to be removed; with one to be added."""
    found: list[dict[str, Any]] = []
    for place in range(MOST + 1):
        if f"e{place}-kind" not in data or data.get(f"e{place}-gone"):
            continue
        typed = {part: data.get(f"e{place}-{part}", "") for part in PARTS}
        found.append({part: value for part, value in typed.items() if value != ""})
    if data.get("add") in BadgeElement.values:
        wide, high = (25, 25) if data["add"] in SQUARE else (25, 8)
        found.append({"kind": data["add"], "x": 2, "y": 2, "w": wide, "h": high, "text": "…"})
    return found


class PrintForm(_Refusing):
    """Which badges, in which order, on what."""

    which = forms.ChoiceField(
        label=_("Which badges"), choices=Which.choices, widget=forms.RadioSelect, initial=Which.UNPRINTED
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(),
        label=_("Only of these categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    delegations = forms.ModelMultipleChoiceField(
        Delegation.objects.none(),
        label=_("Only of these delegations"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    order = forms.ChoiceField(label=_("Order"), choices=BadgeOrder.choices)
    sheet = forms.ChoiceField(label=_("Paper"), choices=SheetKind.choices)
    marks = forms.BooleanField(label=_("With cut marks"), required=False)
    anyway = forms.BooleanField(
        label=_("Also those with a problem"),
        help_text=_("Otherwise badges that do not fit, or lack a photo, wait until that is mended."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why printed badges are printed anew"),
        max_length=300,
        required=False,
        help_text=_("Kept with each badge that gets a new code."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("categories", Category.objects.filter(edition=edition)),
            ("delegations", Delegation.objects.filter(edition=edition)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined] # a choice of rows
            self.fields[name].label_from_instance = _named  # type: ignore[attr-defined] # as above

    def choice(self, guests: tuple[int, ...] = ()) -> Choice:
        """Return what was chosen."""
        data = self.cleaned_data
        return Choice(
            which=data["which"],
            categories=[each.pk for each in data["categories"]],
            delegations=[each.pk for each in data["delegations"]],
            guests=guests,
            anyway=data["anyway"],
        )


class HandoverForm(_Refusing):
    """Who carries badges away, and on what authority."""

    to = forms.CharField(
        label=_("Name of the representative"),
        max_length=120,
        required=False,
        help_text=_("Empty where each guest fetches her own."),
    )
    authority = forms.CharField(
        label=_("Letter of authority, or list, that was shown"), max_length=200, required=False
    )


class BadgeLinesForm(_Refusing):
    """The lines of a guest's own badge."""

    name = forms.CharField(label=_("Your name as it stands on the badge"), max_length=80)
    second_name = forms.CharField(label=_("Your name in a second script"), max_length=80, required=False)
    line = forms.CharField(
        label=_("Your post, or another line below your name"), max_length=120, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["dir"] = "auto"

    def refuse(self, refusal: InvalidInput) -> None:
        """As every form; the guest's record calls the fields otherwise."""
        names: Mapping[str, str] = {
            "badge_name": "name",
            "badge_second_name": "second_name",
            "badge_line": "line",
        }
        fields = {names.get(name, name): told for name, told in refusal.fields.items()}
        super().refuse(InvalidInput(refusal.text, fields=fields, **refusal.params))


def _named(row: Any) -> str:
    return str(row.name.shown(get_language() or "en", ("en",)).text)
