"""Forms of those who check whether entries may take part, and of the rules that they check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from summitry.calls.enums import EntrantKind, QuestionKind, RuleKind
from summitry.calls.models import Call, EligibilityRule, Question
from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField, asked_when

PASS, RETURN, REJECT = "pass", "return", "reject"
DEEDS = {PASS: _("It is eligible"), RETURN: _("Return it to be completed"), REJECT: _("Propose to reject it")}
KEYS = {PASS: "p", RETURN: "r", REJECT: "x"}
"""The key that chooses a decision."""
NOTHING = ("", "–")
ASKED = {
    "question": (RuleKind.ANSWER, RuleKind.NUMBER, RuleKind.DATE, RuleKind.FILE),
    "values": (RuleKind.ANSWER,),
    "kinds": (RuleKind.KIND,),
    "entities": (RuleKind.ENTITY,),
    "least": (RuleKind.NUMBER, RuleKind.DATE),
    "most": (RuleKind.NUMBER, RuleKind.DATE),
    "years": (RuleKind.ENTERED_BEFORE,),
}
"""Which kinds of rules need which part of a setting."""
NEEDED = ASKED.keys() - {"least", "most"}
"""What must be there where it is asked; of a range, one end is enough."""


class DecideForm(forms.Form):
    """One decision about one entry, as its officer saw it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=list(DEEDS.items()), label=_("Decision"))
    words = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Words"),
        help_text=_(
            "Remarks and the reason of a rejection go to the entrant. Why it passes against a rule stays in the record."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, zone: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = ZonedDateTimeField(
            zone=zone,
            required=False,
            label=_("To be completed by"),
            help_text=_("By the host city’s clock. Left empty, a week from now. Only for what is returned."),
        )


class RuleForm(RecordForm[EligibilityRule]):
    """A rule. Only the fields of its kind count: which question, which values, between which ends, how many years."""

    use_required_attribute = False  # a browser must not ask for what another kind needs

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Ask only for what the chosen kind needs."""
        for name in NEEDED:
            self.fields[name].required = self.data.get("kind") in ASKED[name]
        super().full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def add_fields(self) -> None:
        edition, lang = self.call.edition, get_language() or "en"
        setting: dict[str, Any] = self.record.setting or {}
        self.fields["name"] = TextFormField(
            languages_=edition.languages, present=self.record.name, limit=200, label=_("Name")
        )
        self.fields["kind"] = forms.ChoiceField(label=_("What it looks at"), choices=RuleKind.choices)
        self.fields["only_flags"] = forms.BooleanField(
            required=False,
            label=_("Only point it out"),
            help_text=_("An entry that does not pass waits for a person instead of failing."),
        )
        questions = [
            (one.slug, one.label.shown(lang, edition.fallback).text)
            for one in Question.objects.filter(call=self.call)
            if one.kind not in {QuestionKind.TEXT, QuestionKind.LINE, QuestionKind.PHONE, QuestionKind.LINK}
        ]
        self.part("question", forms.ChoiceField(choices=[NOTHING, *questions]), _("Question"), setting)
        self.part(
            "values",
            forms.CharField(),
            _("Values"),
            {"values": _joined(setting) if self.record.kind == RuleKind.ANSWER else ""},
            _("What may be answered, separated by commas: the stable names of the options; “yes” or “no”."),
        )
        self.part(
            "kinds",
            forms.MultipleChoiceField(choices=EntrantKind.choices, widget=forms.CheckboxSelectMultiple),
            _("Kinds of institutions"),
            {"kinds": setting.get("in", []) if self.record.kind == RuleKind.KIND else []},
        )
        names = EntityNames(edition.naming_profile_id, lang, edition.fallback)
        entities = [(one.code, names.short(one).text) for one in names.in_order(Entity.objects.all())]
        self.part(
            "entities",
            forms.MultipleChoiceField(choices=entities),
            _("Countries and regions"),
            {"entities": setting.get("in", []) if self.record.kind == RuleKind.ENTITY else []},
        )
        self.part(
            "least",
            forms.CharField(max_length=20),
            pgettext_lazy("range", "From"),
            setting,
            _("A number, or a date as 2026-01-31."),
        )
        self.part("most", forms.CharField(max_length=20), pgettext_lazy("range", "To"), setting)
        self.part("years", forms.IntegerField(min_value=1, max_value=50), _("Years back"), setting)

    def part(self, name: str, field: Any, label: Any, initial: dict[str, Any], hint: Any = "") -> None:
        """Add a field of which the setting is made."""
        field.label, field.help_text, field.required = label, hint, name in NEEDED
        asked_when(field, "kind", ASKED[name])
        first_last = {"least": "first", "most": "last"}
        self.initial[name] = initial.get(name, initial.get(first_last.get(name, ""), ""))
        self.fields[name] = field

    @property
    def record_fields(self) -> list[str]:
        return ["name", "kind", "only_flags"]

    @property
    def needing(self) -> str:
        """The kinds that need any setting at all, as the page asks for them."""
        return " ".join(sorted({kind for kinds in ASKED.values() for kind in kinds}))

    @property
    def setting(self) -> dict[str, Any]:
        """What the chosen kind needs of what was typed; the action says what is wrong with it."""
        given = self.cleaned_data
        kind = given.get("kind")
        question = {"question": given.get("question", "")}
        ends = (given.get("least", ""), given.get("most", ""))
        if kind == RuleKind.ANSWER:
            return {
                **question,
                "in": [_plain(one) for one in given.get("values", "").split(",") if one.strip()],
            }
        if kind == RuleKind.NUMBER:
            return {**question, **_filled({"least": _number(ends[0]), "most": _number(ends[1])})}
        if kind == RuleKind.DATE:
            return {**question, **_filled({"first": ends[0], "last": ends[1]})}
        if kind == RuleKind.FILE:
            return question
        if kind in {RuleKind.KIND, RuleKind.ENTITY}:
            return {"in": given.get("kinds" if kind == RuleKind.KIND else "entities", [])}
        return {"years": given.get("years")} if kind == RuleKind.ENTERED_BEFORE else {}

    def refuse(self, fields: Any) -> None:
        """Say what is wrong with the setting on top: which of its fields is meant depends on the kind."""
        super().refuse({"" if name == "setting" else name: lines for name, lines in fields.items()})


def _joined(setting: dict[str, Any]) -> str:
    words = {True: "yes", False: "no"}
    return ", ".join(words[one] if isinstance(one, bool) else str(one) for one in setting.get("in", []))


def _plain(word: str) -> Any:
    return {"yes": True, "no": False}.get(word.strip(), word.strip())


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _number(text: str) -> Any:
    """Return a number as one; anything else as it was typed, for the action to refuse."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value
