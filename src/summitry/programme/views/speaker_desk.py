"""What can be done on a speaker's page, by her, her assistant or the console: one form in, one action called.

Each takes the desk and the request and returns where on the page it was done, or None where it was refused: then the
form with its errors lies on the desk, with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest

from summitry.foundation.access import Actor, ActorKind, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.programme.actions.answers import confirm_appearance, decline_appearance, wish_delivery
from summitry.programme.actions.availability import intervals_of, set_availability
from summitry.programme.actions.biography import (
    hand_in_portrait,
    sign_biography,
    sign_portrait,
    write_biography,
)
from summitry.programme.actions.material import hand_in_material
from summitry.programme.actions.speaker import name_assistant, report_link_test, set_travel, update_speaker
from summitry.programme.actions.substitution import SubstituteGiven, name_substitute, withdraw_substitute
from summitry.programme.enums import AppearanceState, LinkTest, MaterialKind
from summitry.programme.forms.speaking import (
    AnswerForm,
    AssistantForm,
    AvailabilityForm,
    BiographyForm,
    ContactForm,
    FileForm,
    LinkTestForm,
    NeedsForm,
    PartForm,
    PortraitForm,
    SubstituteForm,
    TravelForm,
    WishForm,
)
from summitry.programme.models import Appearance, Speaker, Substitution
from summitry.programme.queries.clocks import known_zones, reader_zone

NEEDED_DOWN, NEEDED_UP = 2.0, 1.5
"""What a live link needs, in megabits a second."""


@dataclass(slots=True)
class Desk:
    """A record, whoever works on it, her clock, and the forms that were refused, by their place on the page."""

    speaker: Speaker
    actor: Actor
    zone: ZoneInfo
    kept: dict[str, forms.Form] = field(default_factory=dict)
    refused: str = ""

    def done(self, key: str, form: forms.Form, write: Callable[[], object]) -> bool:
        """Write what a form says; keep the form with what stands against it where it is refused."""
        self.kept[key] = form
        if not form.is_valid():
            return False
        try:
            write()
        except InvalidInput as refusal:
            for name, sentences in (refusal.fields or {"": [str(refusal)]}).items():
                for sentence in sentences:
                    form.add_error(name if name in form.fields else None, sentence)
        except SummitryError as refusal:
            self.refused = str(refusal)
            form.add_error(None, str(refusal))
        else:
            del self.kept[key]
            return True
        return False


def desk_for(request: HttpRequest, speaker: Speaker, actor: Actor) -> Desk:
    """Return the desk of a record, by the clock that she chose, else this browser's, else the venue's."""
    if speaker.zone_name in known_zones():
        return Desk(speaker, actor, ZoneInfo(speaker.zone_name))
    here = reader_zone(request) if actor.kind is ActorKind.LINK else None
    return Desk(speaker, actor, here or speaker.edition.zone)


def availability_form(desk: Desk, data: Any = None) -> AvailabilityForm:
    """Return the form of her times."""
    return AvailabilityForm(data, zone=desk.zone, present=intervals_of(desk.speaker))


def _answer(desk: Desk, request: HttpRequest) -> str | None:
    is_declined = request.POST.get("answer") == "decline"
    form = AnswerForm(request.POST) if is_declined else PartForm(request.POST)
    part = _part(desk, request)

    def write() -> None:
        given = form.cleaned_data
        part.state = given["state"] or part.state
        if not is_declined:
            confirm_appearance(part, by=desk.actor)
        elif given["name"]:
            name_substitute(part, _given(given), by=desk.actor, word=given["word"])
        else:
            decline_appearance(part, by=desk.actor, word=given["word"])

    return f"part-{part.pk}" if desk.done(f"answer-{part.pk}", form, write) else None


def _substitute(desk: Desk, request: HttpRequest) -> str | None:
    part = _part(desk, request)
    if "withdraw" in request.POST:
        proposal = Substitution.objects.filter(appearance=part, pk=_number(request, "withdraw")).first()
        if proposal is None:
            raise NotFound
        form: forms.Form = PartForm(request.POST)
        is_done = desk.done(f"answer-{part.pk}", form, lambda: withdraw_substitute(proposal, by=desk.actor))
        return f"part-{part.pk}" if is_done else None
    form = SubstituteForm(request.POST)

    def write() -> None:
        part.state = AppearanceState.DECLINED
        name_substitute(part, _given(form.cleaned_data), by=desk.actor)

    return f"part-{part.pk}" if desk.done(f"substitute-{part.pk}", form, write) else None


def _wish(desk: Desk, request: HttpRequest) -> str | None:
    part, form = _part(desk, request), WishForm(request.POST)

    def write() -> None:
        given = form.cleaned_data
        wish_delivery(part, by=desk.actor, wished=given["wished"], fallback=given["fallback"])

    return f"part-{part.pk}" if desk.done(f"wish-{part.pk}", form, write) else None


def _file(desk: Desk, request: HttpRequest) -> str | None:
    part, form = _part(desk, request), FileForm(request.POST, request.FILES)
    key = f"file-{part.pk}-{request.POST.get('kind', '')}"

    def write() -> None:
        given = form.cleaned_data
        kind = MaterialKind(given["kind"])
        hand_in_material(part, kind, given["file"], by=desk.actor, note=given["note"])

    return f"part-{part.pk}" if desk.done(key, form, write) else None


def _biography(desk: Desk, request: HttpRequest) -> str | None:
    form = BiographyForm(request.POST)

    def write() -> None:
        given = form.cleaned_data
        if "sign" in request.POST:
            sign_biography(desk.speaker, given["lang"], by=desk.actor, seen=given["seen"])
        else:
            write_biography(desk.speaker, given["lang"], given["words"], by=desk.actor, seen=given["seen"])

    return "biography" if desk.done(f"biography-{request.POST.get('lang', '')}", form, write) else None


def _portrait(desk: Desk, request: HttpRequest) -> str | None:
    if "sign" in request.POST:
        plain = forms.Form(request.POST)
        is_signed = desk.done("portrait", plain, lambda: sign_portrait(desk.speaker, by=desk.actor))
        return "portrait" if is_signed else None
    form = PortraitForm(request.POST, request.FILES)

    def write() -> None:
        hand_in_portrait(desk.speaker, form.cleaned_data["portrait"], by=desk.actor)

    return "portrait" if desk.done("portrait", form, write) else None


def _availability(desk: Desk, request: HttpRequest) -> str | None:
    form = availability_form(desk, request.POST)

    def write() -> None:
        given = form.given
        try:
            wanted = [interval for _row, interval in given]
            set_availability(desk.speaker, wanted, by=desk.actor, expected=form.expected)
        except InvalidInput as refusal:
            rows = {f"row-{place}": f"end{row}" for place, (row, _interval) in enumerate(given)}
            raise InvalidInput(
                fields={rows.get(name, name): lines for name, lines in refusal.fields.items()}
            ) from refusal

    return "availability" if desk.done("availability", form, write) else None


def _contact(desk: Desk, request: HttpRequest) -> str | None:
    form = ContactForm(request.POST, record=desk.speaker)
    is_done = desk.done("contact", form, lambda: update_speaker(desk.speaker, by=desk.actor, **form.changes))
    return "contact" if is_done else None


def _needs(desk: Desk, request: HttpRequest) -> str | None:
    form = NeedsForm(request.POST, record=desk.speaker)
    is_done = desk.done("needs", form, lambda: update_speaker(desk.speaker, by=desk.actor, **form.changes))
    return "needs" if is_done else None


def _travel(desk: Desk, request: HttpRequest) -> str | None:
    form = TravelForm(request.POST)

    def write() -> None:
        set_travel(
            desk.speaker,
            by=desk.actor,
            needs_visa=form.said("needs_visa"),
            needs_travel=form.said("needs_travel"),
        )

    return "travel" if desk.done("travel", form, write) else None


def _assistant(desk: Desk, request: HttpRequest) -> str | None:
    if "revoke" in request.POST:
        plain = forms.Form(request.POST)
        is_done = desk.done(
            "assistant", plain, lambda: name_assistant(desk.speaker, by=desk.actor, name="", email="")
        )
        return "assistant" if is_done else None
    form = AssistantForm(request.POST)
    is_done = desk.done(
        "assistant", form, lambda: name_assistant(desk.speaker, by=desk.actor, **form.cleaned_data)
    )
    return "assistant" if is_done else None


def _link_test(desk: Desk, request: HttpRequest) -> str | None:
    form = LinkTestForm(request.POST)

    def write() -> None:
        given = form.cleaned_data
        found = {
            name: given[name] for name in ("camera", "microphone", "browser", "down", "up", "delay", "agent")
        }
        state = LinkTest(given["verdict"]) if given["verdict"] else _verdict(given)
        by_hand = {"note": given["note"]} if given["verdict"] else found
        report_link_test(desk.speaker, by=desk.actor, state=state, details=by_hand)

    return "link" if desk.done("link", form, write) else None


def _verdict(found: dict[str, Any]) -> LinkTest:
    is_fast = (found["down"] or 0) >= NEEDED_DOWN and (found["up"] or 0) >= NEEDED_UP
    is_ready = found["camera"] and found["microphone"] and found["browser"]
    return LinkTest.PASSED if is_fast and is_ready else LinkTest.FAILED


def _part(desk: Desk, request: HttpRequest) -> Appearance:
    """Return the part that a form is about: one of hers, and of those that whoever asks works on."""
    rows = Appearance.objects.filter(
        pk=_number(request, "part"), session__edition=desk.speaker.edition, person=desk.speaker.person_id
    )
    if desk.actor.kind is not ActorKind.LINK:
        rows = within(desk.actor, rows)
    part = rows.select_related("session__forum", "session__edition", "contribution", "person").first()
    if part is None:
        raise NotFound
    return part


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else 0


def _given(given: dict[str, Any]) -> SubstituteGiven:
    return SubstituteGiven(given["name"], given["email"], given["post"])


DEEDS: dict[str, Callable[[Desk, HttpRequest], str | None]] = {
    "answer": _answer,
    "substitute": _substitute,
    "wish": _wish,
    "file": _file,
    "biography": _biography,
    "portrait": _portrait,
    "availability": _availability,
    "contact": _contact,
    "needs": _needs,
    "travel": _travel,
    "assistant": _assistant,
    "link-test": _link_test,
}
