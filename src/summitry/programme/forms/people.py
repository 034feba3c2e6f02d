"""The list of those who appear, as a form; and somebody who is new to the directory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.directory.actions.person import NameGiven, NewPerson
from summitry.directory.enums import NameUse
from summitry.editions.models import Edition
from summitry.foundation.i18n import languages
from summitry.programme.actions.appearance import Line
from summitry.programme.enums import Delivery, SpeakerRole
from summitry.programme.models import Appearance

MOST = 200


class PeopleForm:
    """Rows `person`, `role`, `delivery`, `fallback`, `position` of equal number; `remove` names positions to leave out."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data

    @staticmethod
    def mark(lines: Sequence[Line]) -> str:
        """Return what the form carries so that a list changed meanwhile is noticed."""
        return json.dumps(lines, separators=(",", ":"))

    def seen(self) -> list[Line] | None:
        """Return the list that the editor saw, or nothing where the form does not say."""
        try:
            rows = json.loads(self.data.get("seen", ""))
            return [(int(row[0]), str(row[1]), str(row[2]), str(row[3])) for row in rows]
        except (ValueError, TypeError, IndexError, KeyError):
            return None

    def appearances(self) -> list[Appearance]:
        """Return the wanted rows, in the wanted order; what is no choice becomes the usual one."""
        rows = zip(
            self.data.getlist("person")[:MOST],
            self.data.getlist("role"),
            self.data.getlist("delivery"),
            self.data.getlist("fallback"),
            self.data.getlist("position"),
            strict=False,
        )
        removed = set(self.data.getlist("remove"))
        wanted = [row for number, row in enumerate(rows) if str(number) not in removed and _is_number(row[0])]
        wanted.sort(key=lambda row: int(row[4]) if _is_number(row[4]) else MOST)
        return [
            Appearance(
                person_id=int(person),
                role=role if role in SpeakerRole.values else SpeakerRole.SPEAKER,
                delivery=delivery if delivery in Delivery.values else Delivery.IN_PERSON,
                fallback=fallback if fallback in Delivery.values else "",
            )
            for person, role, delivery, fallback, _position in wanted
        ]


class NewPersonForm(forms.Form):
    """Somebody new: her name as she writes it, for each language of the edition in which she gave one."""

    role = forms.ChoiceField(label=_("Role"), choices=SpeakerRole.choices, initial=SpeakerRole.SPEAKER)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        self.langs = list(dict.fromkeys((*edition.languages, "en")))
        for lang in self.langs:
            self.fields[f"name.{lang}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": languages.name_in(lang, reader)},
                max_length=200,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"name.{lang}") for lang in self.langs):
            self.add_error(f"name.{self.langs[0]}", _("Give the name in at least one language."))
        return cleaned

    def person(self) -> NewPerson:
        """Return the person to be added."""
        names = [
            NameGiven(NameUse.DISPLAY, lang, self.cleaned_data[f"name.{lang}"])
            for lang in self.langs
            if self.cleaned_data.get(f"name.{lang}")
        ]
        return NewPerson(names=names, email=self.cleaned_data["email"])


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < len(str(10**12))
