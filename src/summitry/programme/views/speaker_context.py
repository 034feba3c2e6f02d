"""What the templates of a speaker's page show, with the forms of each part; the console's page about her takes the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language

from summitry.foundation.access import Actor, ActorKind, policy_for
from summitry.foundation.i18n import formats
from summitry.programme.actions.material_types import ACCEPTED
from summitry.programme.enums import Delivery
from summitry.programme.forms.speaking import (
    AnswerForm,
    AssistantForm,
    BiographyForm,
    ContactForm,
    FileForm,
    NeedsForm,
    PortraitForm,
    SubstituteForm,
    TravelForm,
    WishForm,
)
from summitry.programme.models import Appearance, Speaker
from summitry.programme.queries.speaking import Files, PartLine, speaking_of
from summitry.programme.queries.speaking_due import BiographyLine, biography_lines, tasks_of
from summitry.programme.views.speaker_desk import Desk, availability_form

VERBS = ("edit", "sign", "link", "send", "test", "travel")


class FilesAt(NamedTuple):
    """One kind of file for a part, with its form and what may be handed in."""

    files: Files
    form: forms.Form
    accept: str
    hint: str


class PartAt(NamedTuple):
    """A part with its forms. `may_answer` says whether this reader has a say in it."""

    line: PartLine
    answer: forms.Form
    substitute: forms.Form
    wish: forms.Form
    files: list[FilesAt]
    may_answer: bool


class BiographyAt(NamedTuple):
    """The biography in one language with its form."""

    line: BiographyLine
    form: forms.Form


def context_of(desk: Desk) -> dict[str, Any]:
    """Return everything about a record that a page of it shows."""
    speaker, lang = desk.speaker, get_language() or "en"
    speaking = speaking_of(speaker, desk.actor, lang, desk.zone)
    may = rights_of(desk.actor, speaker)
    tasks = tasks_of(speaking)
    first = min((line.place.starts_at for line in speaking.parts if line.place), default=None)
    return {
        "speaker": speaker,
        "name": speaking.name,
        "may": may,
        "speaking": speaking,
        "parts": [_part(desk, line) for line in speaking.parts],
        "tasks": tasks,
        "open_tasks": sum(not task.is_done for task in tasks),
        "biographies": [_biography(desk, line) for line in biography_lines(speaker)],
        "portrait_form": desk.kept.get("portrait") or PortraitForm(),
        "availability": desk.kept.get("availability") or availability_form(desk),
        "contact": desk.kept.get("contact") or ContactForm(record=speaker),
        "needs": desk.kept.get("needs") or NeedsForm(record=speaker),
        "travel": (desk.kept.get("travel") or TravelForm.of(speaker)) if may["travel"] else None,
        "assistant": desk.kept.get("assistant") or _assistant(speaker),
        "is_linked": any(
            Delivery.LIVE_LINK in (line.part.delivery, line.part.wished) for line in speaking.parts
        ),
        "zone": desk.zone,
        "zone_is_own": desk.zone.key != speaker.edition.zone.key,
        "zone_offset": formats.offset(desk.zone, first) if first else "",
        "refused": desk.refused,
    }


def rights_of(actor: Actor, speaker: Speaker) -> Mapping[str, bool]:
    """Return which verbs of the record `actor` may do, for templates to show what is possible."""
    policy = policy_for(Speaker)
    return {verb: policy.may(actor, verb, speaker) for verb in VERBS}


def _part(desk: Desk, line: PartLine) -> PartAt:
    part = line.part
    seen = {"part": part.pk, "state": part.state}
    wish = {**seen, "wished": part.wished or part.delivery, "fallback": part.fallback}
    prefix = f"p{part.pk}-%s"
    return PartAt(
        line,
        _form(desk, f"answer-{part.pk}", AnswerForm, {**seen, "word": part.word}, prefix),
        _form(desk, f"substitute-{part.pk}", SubstituteForm, seen, f"s{prefix}"),
        _form(desk, f"wish-{part.pk}", WishForm, wish, prefix),
        [_files(desk, part, files) for files in line.files],
        _may_answer(desk, part),
    )


def _files(desk: Desk, part: Appearance, files: Files) -> FilesAt:
    accepted = ACCEPTED[files.kind]
    initial = {"part": part.pk, "kind": files.kind}
    form = _form(desk, f"file-{part.pk}-{files.kind}", FileForm, initial, f"f{part.pk}-{files.kind}-%s")
    form.fields["file"].widget.attrs["accept"] = accepted.accept
    form.fields["file"].help_text = accepted.hint
    form.fields["kind"].widget = forms.HiddenInput()
    return FilesAt(files, form, accepted.accept, accepted.hint)


def _biography(desk: Desk, line: BiographyLine) -> BiographyAt:
    initial = {"lang": line.lang, "seen": line.mark, "words": line.words}
    form = _form(desk, f"biography-{line.lang}", BiographyForm, initial, f"b-{line.lang}-%s")
    return BiographyAt(line, form)


def _form(
    desk: Desk, key: str, kind: type[forms.Form], initial: Mapping[str, Any], auto_id: str
) -> forms.Form:
    """Return the form that was refused, or a fresh one; either with ids of its own, as the page has many."""
    form = desk.kept.get(key)
    if form is None or not isinstance(form, kind):
        errors = form.non_field_errors() if form is not None and form.is_bound else ()
        form = kind(initial=dict(initial))
        form.refusals = list(errors)  # type: ignore[attr-defined] # shown above the form
    form.auto_id = auto_id
    return form


def _assistant(speaker: Speaker) -> AssistantForm:
    return AssistantForm(initial={"name": speaker.assistant_name, "email": speaker.assistant_email})


def _may_answer(desk: Desk, part: Appearance) -> bool:
    if desk.actor.kind is ActorKind.LINK:
        return True
    return policy_for(Appearance).may(desk.actor, "edit", part)
