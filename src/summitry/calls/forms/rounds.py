"""The forms of rounds: what one asks and when, its criteria, single changes of who reads what, and single decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from summitry.calls.enums import AssignmentMode, RoundKind, RoundState, Stand
from summitry.calls.models import Criterion, Round
from summitry.calls.queries.effort import Wish
from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.foundation.forms.text import TextWidget
from summitry.foundation.i18n import Text

MOST_READS = 60
MOST_PLACES = 10_000
MOST_MARK = 1000
LINE = re.compile(r"\s*(\d{1,4})\s*[:=–-]\s*(.+)")


class RoundForm(RecordForm[Round]):
    """A round; what cannot be changed once jurors read is shown, not asked."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["name"] = TextFormField(
            languages_=self.edition.languages, present=self.record.name, limit=120, label=_("Name")
        )
        self.fields["kind"] = forms.ChoiceField(
            choices=RoundKind.choices, label=_("How the jury meets the entries")
        )
        self.fields["opens_at"] = self._moment(_("Jurors read from"))
        self.fields["closes_at"] = self._moment(_("Reviews are due by"))
        self.fields["reads"] = _count(
            _("Reads of each entry"), _("How many jurors read each entry."), least=1, most=MOST_READS
        )
        self.fields["places"] = _count(
            _("Entries that go on"), _("0: as many as the call has places."), most=MOST_PLACES
        )
        self.fields["mode"] = forms.ChoiceField(
            choices=AssignmentMode.choices,
            label=_("What an assignment aims at"),
        )
        self.fields["per_organisation"] = _count(
            _("Jurors of one organisation per entry"),
            _("At most so many read the same entry. 0: no limit."),
            most=MOST_READS,
        )
        self.fields["per_entity"] = _count(
            _("Jurors of one country or region per entry"),
            _("At most so many read the same entry. 0: no limit."),
            most=MOST_READS,
        )
        self.fields["is_blind"] = forms.BooleanField(
            required=False, label=_("Blind"), help_text=_("Jurors see no name of an entrant.")
        )
        self.fields["opens_discussion"] = forms.BooleanField(
            required=False,
            label=_("Discussion"),
            help_text=_("Who has handed in her review sees the others’ and can discuss with them."),
        )
        if self.record.state != RoundState.PLANNED:
            for name in ("kind", "opens_at", "reads", "is_blind"):
                self.fields[name].disabled = True

    def _moment(self, label: str) -> ZonedDateTimeField:
        return ZonedDateTimeField(zone=self.edition.zone, label=label, required=False)


class AnchorsField(forms.Field):
    """What single marks mean: a line for each, "10: outstanding", in each language. Cleans to a text for each mark."""

    def __init__(self, *, languages_: list[str], **kwargs: Any) -> None:
        super().__init__(widget=TextWidget(languages_, lines=5), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping) or not all(str(mark).isdecimal() for mark in value):
            return value
        lines: dict[str, list[str]] = {}
        for mark in sorted(value, key=int):
            for lang, words in meaning_of(value[mark]).texts.items():
                lines.setdefault(lang, []).append(f"{mark}: {words}")
        return {lang: "\n".join(said) for lang, said in lines.items()}

    def clean(self, value: Any) -> dict[str, Any]:
        found: dict[str, dict[str, str]] = {}
        for lang, words in (value or {}).items():
            for line in filter(str.strip, words.splitlines()):
                match = LINE.fullmatch(line)
                if match is None:
                    said = _("“%(line)s” is not a mark and what it means, such as “10: outstanding”.")
                    raise ValidationError(said % {"line": line.strip()[:60]})
                found.setdefault(str(int(match[1])), {})[lang] = match[2].strip()[:300]
        return {mark: Text.of(found[mark]).to_json() for mark in sorted(found, key=int)}


def meaning_of(said: Any) -> Text:
    """Return what a mark means; a plain word counts as one in the source's language."""
    return Text.from_json(said) if isinstance(said, dict) else Text.of(str(said))


class CriterionForm(RecordForm[Criterion]):
    """A criterion of a round."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        langs = self.edition.languages
        self.fields["name"] = TextFormField(
            languages_=langs, present=self.record.name, limit=120, label=pgettext_lazy("criterion", "Name")
        )
        self.fields["hint"] = TextFormField(
            languages_=langs,
            present=self.record.hint,
            lines=3,
            limit=1000,
            required=False,
            label=_("What jurors should look at"),
        )
        self.fields["weight"] = _count(
            _("Weight"), _("The score is the weighted mean of the marks."), least=1, most=100
        )
        self.fields["lowest"] = _count(_("Lowest mark"), "", most=MOST_MARK)
        self.fields["highest"] = _count(_("Highest mark"), "", least=1, most=MOST_MARK)
        self.fields["anchors"] = AnchorsField(
            languages_=list(langs),
            label=_("What single marks mean"),
            help_text=_("One line for each mark, for instance “10: outstanding”."),
        )


class ExtendForm(forms.Form):
    """Until when jurors can read, again or longer."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"] = ZonedDateTimeField(zone=edition.zone, label=_("Reviews are due by"))


class StandForm(forms.Form):
    """Where the chair puts one entry, and why."""

    stand = forms.ChoiceField(label=gettext_lazy("This entry"), choices=Stand.choices)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept in the record of this call; entrants do not see it."),
    )


def _count(label: Any, hint: Any, *, least: int = 0, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=most)


class EffortForm(forms.Form):
    """Entries, jurors, places, and up to four rounds: how often each entry is read, and how many entries are."""

    STAGES = 4
    entries = forms.IntegerField(label=gettext_lazy("Entries"), min_value=1, max_value=100_000)
    jurors = forms.IntegerField(label=gettext_lazy("Jurors"), min_value=1, max_value=10_000)
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, self.STAGES + 1):
            reads = _("Round %(number)d: reads of each entry") % {"number": n}
            size = _("Round %(number)d: entries") % {"number": n}
            self.fields[f"reads_{n}"] = forms.IntegerField(
                label=reads, min_value=1, max_value=1000, required=n == 1
            )
            if n > 1:
                self.fields[f"size_{n}"] = forms.IntegerField(
                    label=size, min_value=1, max_value=100_000, required=False
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n in range(2, self.STAGES + 1):
            if bool(cleaned.get(f"reads_{n}")) != bool(cleaned.get(f"size_{n}")) and not self.errors:
                empty = "size" if cleaned.get(f"reads_{n}") else "reads"
                self.add_error(f"{empty}_{n}", _("Fill in both, or neither."))
        return cleaned

    def wish(self) -> Wish:
        """Return what is wanted; the first round reads all entries."""
        data = self.cleaned_data
        stages = [(data["reads_1"], data["entries"])]
        stages += [
            (data[f"reads_{n}"], data[f"size_{n}"])
            for n in range(2, self.STAGES + 1)
            if data.get(f"reads_{n}")
        ]
        return Wish(data["entries"], data["jurors"], data["places"], tuple(stages))

    @classmethod
    def showing(cls, wish: Wish) -> dict[str, int]:
        """Return what the form shows of a wish."""
        shown = {"entries": wish.entries, "jurors": wish.jurors, "places": wish.places}
        for n, (reads, size) in enumerate(wish.stages[: cls.STAGES], start=1):
            shown |= {f"reads_{n}": reads, f"size_{n}": size}
        return shown
