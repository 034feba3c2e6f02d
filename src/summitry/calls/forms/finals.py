"""The forms of a live final: how it is held, a ballot without scripts, and the public's vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.calls.enums import BallotKind, FinalState
from summitry.calls.models import Criterion, Final, Panel, Pitch
from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, ZonedDateTimeField


class FinalForm(RecordForm[Final]):
    """How a final is held; what holds once it runs is shown, not asked."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        panels = Panel.objects.filter(call=self.record.round.call_id)
        self.fields["ballot"] = forms.ChoiceField(
            choices=BallotKind.choices,
            label=_("How jurors judge"),
            help_text=_("Pair by pair suits up to twenty pitches."),
        )
        if panels.exists() or self.record.panel_id:
            self.fields["panel"] = forms.ModelChoiceField(
                panels, required=False, label=_("Who judges"), empty_label=str(_("The whole jury"))
            )
        self.fields["seconds"] = _seconds(_("Seconds for a pitch"))
        self.fields["question_seconds"] = _seconds(_("Seconds for questions"), least=0)
        self.fields["public_share"] = forms.IntegerField(
            min_value=0,
            max_value=100,
            label=_("Weight of the public’s vote, in per cent"),
            help_text=_(
                "0: the public does not vote. Else jury and public each give 12, 10, 8, 7 … 1 points by place, and the "
                "public’s points count this much."
            ),
        )
        zone = self.edition.zone
        self.fields["vote_opens_at"] = ZonedDateTimeField(
            zone=zone, required=False, label=_("The public votes from")
        )
        self.fields["vote_closes_at"] = ZonedDateTimeField(
            zone=zone, required=False, label=_("The public votes until")
        )
        self.fields["asks_code"] = forms.BooleanField(
            required=False,
            label=_("Ask for the code on the big screen"),
            help_text=_("It changes every minute: only who sees the screen can vote."),
        )
        self.fields["votes_per_address"] = forms.IntegerField(
            min_value=0,
            max_value=1_000_000,
            label=_("Votes from one network address"),
            help_text=_("A hall often has one address for everybody in it. 0: without limit."),
        )
        if self.record.pk and self.record.state != FinalState.PLANNED:
            for name in ("ballot", "panel", "public_share"):
                if name in self.fields:
                    self.fields[name].disabled = True


class PlainBallotForm(forms.Form):
    """A juror's ballot on a device without scripts: a mark for each criterion, or the place of each pitch she compares.

    After `is_valid()` `marks` has her marks by entry and criterion, `pairs` her comparisons.
    """

    def __init__(
        self, *args: Any, kind: str, pitches: Sequence[Pitch], criteria: Iterable[Criterion], **kwargs: Any
    ) -> None:
        self.kind, self.pitches, self.criteria = kind, list(pitches), list(criteria)
        super().__init__(*args, **kwargs)
        for pitch in self.pitches:
            if kind == BallotKind.PAIRS:
                self.fields[place_name(pitch)] = forms.IntegerField(
                    required=False,
                    min_value=1,
                    max_value=len(self.pitches),
                    label=pgettext_lazy("order", "Place"),
                )
                continue
            for one in self.criteria:
                self.fields[mark_name(pitch, one)] = forms.IntegerField(
                    required=False, min_value=one.lowest, max_value=one.highest, label=str(one.name)
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.marks and not self.pairs:
            self.add_error(None, _("There is nothing on this ballot yet."))
        for pitch in self.pitches if self.kind == BallotKind.SCORES else ():
            given = [cleaned.get(mark_name(pitch, one)) is not None for one in self.criteria]
            if any(given) and not all(given):
                for one, is_given in zip(self.criteria, given, strict=True):
                    if not is_given:
                        self.add_error(mark_name(pitch, one), _("A mark is missing."))
        return cleaned

    @property
    def marks(self) -> dict[int, dict[str, int]]:
        """Her marks by entry and criterion; a pitch without any is not on the ballot."""
        if self.kind != BallotKind.SCORES:
            return {}
        found = {}
        for pitch in self.pitches:
            given = {one.slug: self.cleaned_data.get(mark_name(pitch, one)) for one in self.criteria}
            if given and all(mark is not None for mark in given.values()):
                found[pitch.entry_id] = {slug: mark for slug, mark in given.items() if mark is not None}
        return found

    @property
    def pairs(self) -> list[tuple[int, int, bool]]:
        """What her places say of each two pitches: who is preferred, to whom, and whether neither is."""
        if self.kind != BallotKind.PAIRS:
            return []
        placed = [(self.cleaned_data.get(place_name(one)), one.entry_id) for one in self.pitches]
        ranked = sorted((place, entry) for place, entry in placed if place)
        return [
            (better, worse, first == second)
            for n, (first, better) in enumerate(ranked)
            for second, worse in ranked[n + 1 :]
        ]


class VoteForm(forms.Form):
    """The public's vote."""

    def __init__(
        self, *args: Any, entries: Sequence[tuple[int, str]], asks_code: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"] = forms.TypedChoiceField(
            choices=entries, coerce=int, widget=forms.RadioSelect, label=_("Your vote goes to")
        )
        if asks_code:
            self.fields["code"] = forms.CharField(
                max_length=12,
                label=_("Code on the big screen"),
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
            )


def mark_name(pitch: Pitch, criterion: Criterion) -> str:
    """Return the name of the field of a mark."""
    return f"mark-{pitch.entry_id}-{criterion.slug}"


def place_name(pitch: Pitch) -> str:
    """Return the name of the field of a place."""
    return f"place-{pitch.entry_id}"


def _seconds(label: Any, *, least: int = 10) -> forms.IntegerField:
    return forms.IntegerField(min_value=least, max_value=7200, label=label)
