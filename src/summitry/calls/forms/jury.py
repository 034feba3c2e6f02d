"""Forms of juries: whom the office appoints, what is known of a juror, panels, and which houses belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from summitry.calls.actions.juror import MOST_AREAS
from summitry.calls.enums import ConflictKind
from summitry.calls.models import Area, Call, Juror, Panel
from summitry.directory.actions.person import NameGiven, NewPerson
from summitry.directory.enums import NameUse
from summitry.directory.models import Organisation
from summitry.foundation.forms import RecordForm, TextFormField
from summitry.foundation.i18n import languages
from summitry.guests.forms.delegations import EntityChoice

NEW = "new"
NOTHING = ("", "–")
LONGEST_NAME = 200
MOST_READS = 500


class ExpertiseWidget(forms.MultiWidget):
    """As many lists of areas as can be named, the best known first."""

    template_name = "calls/jury/expertise.html"
    use_fieldset = False

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        self.labels = [_("Best known"), _("Second"), _("Third")]
        super().__init__([forms.Select(choices=choices) for _n in range(MOST_AREAS)])

    def decompress(self, value: Any) -> list[str]:
        chosen = list(value or [])
        return [*chosen, *[""] * MOST_AREAS][:MOST_AREAS]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["attrs"]["aria-label"] = label
        return context


class ExpertiseField(forms.MultiValueField):
    """Areas by rank; cleans to the list of their addresses, without gaps."""

    def __init__(self, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        all_ = [NOTHING, *choices]
        fields = [forms.ChoiceField(choices=all_, required=False) for _n in range(MOST_AREAS)]
        super().__init__(
            fields, widget=ExpertiseWidget(all_), required=False, require_all_fields=False, **kwargs
        )

    def compress(self, data_list: Any) -> list[str]:
        return [one for one in data_list or [] if one]


class AppointForm(forms.Form):
    """A person for the jury: looked up by name and address before anybody is taken down twice."""

    def __init__(self, *args: Any, call: Call, may_chair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wide = forms.TextInput(attrs={"dir": "auto"})
        self.fields["name"] = forms.CharField(
            max_length=LONGEST_NAME, widget=wide, label=_("Name, in Latin letters or as she is called")
        )
        self.fields["email"] = forms.EmailField(max_length=254, required=False, label=_("E-mail address"))
        self.fields["organisation"] = _organisations()
        self.fields["entity"] = EntityChoice(call.edition, label=_("Country or region"), required=False)
        self.fields["panel"] = _panels(call)
        self.fields["most"] = _reads(_("Reads at most, in a round"), initial=40)
        if may_chair:
            self.fields["is_chair"] = forms.BooleanField(required=False, label=_("Chairs the jury"))
        self.fields["invite"] = forms.BooleanField(required=False, label=_("Send the invitation now"))

    def new_person(self) -> NewPerson:
        """Return the person as a new one."""
        given = self.cleaned_data
        name = NameGiven(NameUse.DISPLAY, "en", given["name"])
        return NewPerson(names=[name], email=given["email"].lower(), entity=given["entity"])

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of the juror; what was left empty is taken from the directory."""
        names = ("organisation", "entity", "panel", "most", "is_chair")
        return {
            name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name) not in (None, "")
        }


class JurorForm(RecordForm[Juror]):
    """What is known of a juror: all of it for the office, for herself what is hers to say."""

    def __init__(self, *args: Any, call: Call, is_own: bool, may_chair: bool = False, **kwargs: Any) -> None:
        self.call, self.is_own, self.may_chair = call, is_own, may_chair
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        lang, chain = get_language() or "en", self.call.edition.fallback
        if not self.is_own:
            self.fields["panel"] = _panels(self.call)
            self.fields["organisation"] = _organisations()
            self.fields["entity"] = EntityChoice(
                self.call.edition, label=_("Country or region"), required=False
            )
            if self.may_chair:
                self.fields["is_chair"] = forms.BooleanField(required=False, label=_("Chairs the jury"))
            self.fields["least"] = _reads(_("Reads at least, in a round"))
        self.fields["most"] = _reads(_("Reads at most, in a round"))
        codes = dict.fromkeys([*self.call.languages, *dict(settings.LANGUAGES), *self.record.languages])
        self.fields["languages"] = forms.MultipleChoiceField(
            choices=[(code, languages.name_in(code, lang)) for code in codes],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("Reads entries in these languages"),
        )
        areas = [(one.slug, one.name.shown(lang, chain).text) for one in Area.objects.filter(call=self.call)]
        if areas:
            self.fields["expertise"] = ExpertiseField(areas, label=_("Areas known best"))
        self.fields["words"] = forms.CharField(
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            label=_("Field of work, in own words"),
            help_text=_("Entries are matched with these words, in whatever language."),
        )


class PanelForm(RecordForm[Panel]):
    """A panel: its name, and the areas that it reads."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        edition, lang = self.call.edition, get_language() or "en"
        self.fields["name"] = TextFormField(
            languages_=edition.languages, present=self.record.name, limit=120, label=_("Name")
        )
        self.fields["areas"] = forms.MultipleChoiceField(
            choices=[
                (one.slug, one.name.shown(lang, edition.fallback).text)
                for one in Area.objects.filter(call=self.call)
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("Areas"),
            help_text=_("None chosen: all areas."),
        )


class ConflictForm(forms.Form):
    """What a conflict of interest is, in a kind and in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            choices=ConflictKind.choices, widget=forms.RadioSelect, label=_("What the conflict is")
        )
        self.fields["words"] = forms.CharField(
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            label=_("In a few words"),
            help_text=_("Read only by those who decide about conflicts."),
        )


class OfficeConflictForm(ConflictForm):
    """A conflict that the office enters: whose, and with which entry."""

    field_order = ("juror", "number", "kind", "words")

    def __init__(self, *args: Any, jurors: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["juror"] = forms.TypedChoiceField(
            choices=[NOTHING, *jurors], coerce=int, empty_value=None, label=_("Juror")
        )
        self.fields["number"] = forms.IntegerField(min_value=1, label=_("Number of the entry"))
        self.order_fields(self.field_order)


class GroupsForm(forms.Form):
    """Houses that belong together, one group on each line: its name, a colon, and its members with semicolons."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"] = forms.CharField(
            required=False,
            max_length=200_000,
            widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
            label=_("Groups of organisations"),
            help_text=_("One group on each line, such as: Acme Holding: Acme Cloud; Acme Research"),
        )

    def clean_groups(self) -> dict[str, list[str]]:
        """Return the members by group; a group on two lines has the members of both."""
        return read_groups(self.cleaned_data["groups"])


def read_groups(text: str) -> dict[str, list[str]]:
    """Return the members by group of what `write_groups` wrote, or somebody typed."""
    found: dict[str, list[str]] = {}
    for line in text.replace("：", ":").replace("；", ";").splitlines():
        name, _colon, rest = line.partition(":")
        name = " ".join(name.split())
        if name:
            members = found.setdefault(name, [])
            members += [
                one for part in rest.split(";") if (one := " ".join(part.split())) and one not in members
            ]
    return found


def write_groups(groups: dict[str, list[str]]) -> str:
    """Return groups as they are typed."""
    return "\n".join(f"{name}: {'; '.join(members)}" for name, members in groups.items())


def _organisations() -> Any:
    return forms.ModelChoiceField(
        Organisation.objects.order_by("slug"), label=_("Organisation"), required=False, empty_label="–"
    )


def _panels(call: Call) -> Any:
    return forms.ModelChoiceField(
        Panel.objects.filter(call=call), label=pgettext("jury", "Panel"), required=False, empty_label="–"
    )


def _reads(label: str, **kwargs: Any) -> Any:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_READS, **kwargs)
