"""The forms of the review panel: a review as its page posts it, a recusal, and a remark."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from summitry.calls.actions.recusal import LONGEST as LONGEST_REASON
from summitry.calls.actions.review import LONGEST, Change
from summitry.calls.enums import ConflictKind
from summitry.calls.models import Criterion, Review
from summitry.calls.queries.review_content import MARK, stamp, stamps, value_of
from summitry.foundation.i18n import Text

BUTTONS = 12
"""A scale of at most so many marks is a row of buttons; a longer one is typed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that can be given: its number, the key that gives it, and what it means, where the round says so."""

    number: int
    key: str
    meaning: Text | None


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion as the form shows it: its field, its marks, and the digits that give them."""

    criterion: Criterion
    field: forms.BoundField
    marks: tuple[Mark, ...]

    @property
    def anchors(self) -> list[Mark]:
        """The marks that have a meaning."""
        return [mark for mark in self.marks if mark.meaning]


class ReviewForm(forms.Form):
    """A juror's review. Nothing is required: it is saved as it grows; what is missing is said when it is handed in."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    remarks = forms.CharField(
        label=_("Remarks for the jury"),
        help_text=_("Only the jury, its chair and the office read this."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST, "dir": "auto"}),
    )
    feedback = forms.CharField(
        label=_("Feedback for the entrant"),
        help_text=_("The entrant may get this after the announcement, without your name."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST, "dir": "auto"}),
    )

    def __init__(
        self, data: Any = None, *, review: Review | None, criteria: Sequence[Criterion], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.review, self.criteria = review, criteria
        self.crossed: dict[str, int | str | None] = {}
        for criterion in criteria:
            name = MARK + criterion.slug
            self.fields[name] = _mark_field(criterion)
            self.initial[name] = "" if (mark := value_of(review, name)) is None else str(mark)
        for name in ("remarks", "feedback"):
            self.initial[name] = value_of(review, name)
        self.initial["seen"] = json.dumps(stamps(review, criteria))

    @property
    def changes(self) -> dict[str, Change]:
        """What was posted, is right, and differs from what the page showed; after `is_valid()`."""
        seen = self._seen()
        found = {}
        for name in (name for name in self.fields if name not in ("seen", "key")):
            if self.add_prefix(name) not in self.data or name not in self.cleaned_data:
                continue
            value = self._value(name)
            mark = seen.get(name, stamp(None))
            if stamp(value) != mark:
                found[name] = Change(mark, value)
        return found

    @property
    def scales(self) -> list[Scale]:
        """The criteria with their marks."""
        return [
            Scale(criterion, self[MARK + criterion.slug], tuple(_marks(criterion)))
            for criterion in self.criteria
        ]

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Say an action's refusal beside the fields that it names; what concerns none of them on top."""
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)

    def cross(self, review: Review, names: Sequence[str]) -> None:
        """Say which fields were changed elsewhere meanwhile; saving again is then a decision for what stands here."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("seen")] = json.dumps(stamps(review, self.criteria))
        self.data = data
        for name in names:
            self.crossed[name] = value_of(review, name)
            self.add_error(
                name, _t("This was changed elsewhere meanwhile. Compare, and save again to keep yours.")
            )

    def _value(self, name: str) -> int | str | None:
        value = self.cleaned_data[name]
        if not name.startswith(MARK):
            return str(value).replace("\r\n", "\n")
        return int(value) if value not in ("", None) else None

    def _seen(self) -> dict[str, str]:
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        if not isinstance(seen, dict):
            return {}
        return {str(name): mark for name, mark in seen.items() if isinstance(mark, str)}


class RecusalForm(forms.Form):
    """Why a juror must not judge an entry."""

    kind = forms.ChoiceField(
        label=_("What the conflict is"),
        choices=[(ConflictKind.SELF.value, _("My own entry")), *ConflictKind.choices[1:]],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Read by the office, which decides about conflicts; not by other jurors."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON, "dir": "auto"}),
    )


class RemarkForm(forms.Form):
    """A remark in the discussion of an entry."""

    words = forms.CharField(
        label=_("Your remark"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4000, "dir": "auto"}),
    )


def _is_long(criterion: Criterion) -> bool:
    return criterion.highest - criterion.lowest >= BUTTONS


def _mark_field(criterion: Criterion) -> forms.Field:
    label = str(criterion.name)
    if _is_long(criterion):
        return forms.IntegerField(
            label=label, required=False, min_value=criterion.lowest, max_value=criterion.highest
        )
    numbers = range(criterion.lowest, criterion.highest + 1)
    choices = [("", _t("No mark yet")), *((str(number), str(number)) for number in numbers)]
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _marks(criterion: Criterion) -> list[Mark]:
    meanings = {mark: _meaning(said) for mark, said in criterion.anchors.items()}
    if _is_long(criterion):
        known = sorted(int(mark) for mark in meanings)
        return [Mark(number, "", meanings[str(number)]) for number in known]
    numbers = range(criterion.lowest, criterion.highest + 1)
    return [Mark(number, _key(number, criterion), meanings.get(str(number))) for number in numbers]


def _key(number: int, criterion: Criterion) -> str:
    """The digit that gives a mark: 0 gives 10 where the scale has no 0."""
    if number < 10:
        return str(number)
    return "0" if number == 10 and criterion.lowest > 0 else ""


def _meaning(said: Any) -> Text:
    return Text.from_json(said) if isinstance(said, dict) else Text.of(str(said))
