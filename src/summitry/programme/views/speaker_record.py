"""A speaker's record in the console: the state of everything, done on her behalf where she asks for it, and decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.answers import grant_wish
from summitry.programme.actions.speaker import note_travel_seen, renew_link, send_link
from summitry.programme.actions.substitution import accept_substitute, refuse_substitute
from summitry.programme.models import Appearance, Speaker, Substitution
from summitry.programme.queries.speaker_links import Holder, has_assistant, page_address
from summitry.programme.views.speaker_context import context_of
from summitry.programme.views.speaker_desk import DEEDS, Desk, desk_for

NAV = "console-speakers"


@never_cache
@login_required
@require_safe
def speaker_record(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show everything about a speaker that its reader works on; what was said of travel only when asked for."""
    actor, speaker = _asked(request, edition, pk)
    desk = desk_for(request, speaker, actor)
    is_looking = "travel" in request.GET
    if is_looking:
        note_travel_seen(speaker, by=actor)
    return _page(request, desk, is_looking=is_looking)


@never_cache
@login_required
@require_POST
def speaker_deed(request: HttpRequest, edition: str, pk: int, what: str) -> HttpResponse:
    """Save one form of the page, or take a decision; a refused one is shown with what was typed."""
    actor, speaker = _asked(request, edition, pk)
    desk = desk_for(request, speaker, actor)
    here = reverse("programme_console:speaker_record", args=[edition, pk])
    decide = _DECISIONS.get(what)
    if decide is not None:
        try:
            anchor: str | None = decide(desk, request)
        except InvalidInput as refusal:
            desk.refused = " ".join(line for lines in refusal.fields.values() for line in lines) or str(
                refusal
            )
            anchor = None
        except NotFound:
            raise
        except SummitryError as refusal:
            desk.refused, anchor = str(refusal), None
    elif what in DEEDS:
        anchor = DEEDS[what](desk, request)
    else:
        raise NotFound
    if anchor is None:
        return _page(request, desk, status=422)
    if not messages.get_messages(request):
        messages.success(request, _("Saved."))
    return redirect(f"{here}#{anchor}")


@never_cache
@login_required
@require_safe
def speaker_portrait(request: HttpRequest, edition: str, pk: int) -> HttpResponseBase:
    """Send the portrait, approved or not."""
    _actor, speaker = _asked(request, edition, pk)
    if speaker.person.portrait is None:
        raise NotFound
    return sent(speaker.person.portrait, is_shown=True)


def _link(desk: Desk, request: HttpRequest) -> str:
    """Send, renew, or show the link of her page."""
    holder = Holder.ASSISTANT if "assistant" in request.POST else Holder.SPEAKER
    if "send" in request.POST:
        if send_link(desk.speaker, by=desk.actor, holder=holder):
            messages.success(request, _("The letter with the link is in the outbox."))
        else:
            messages.warning(
                request,
                _("There is no e-mail address to send the link to, or such letters are switched off."),
            )
    elif "renew" in request.POST:
        renew_link(desk.speaker, by=desk.actor, holder=holder)
        messages.success(request, _("There is a new link. The former one no longer opens the page."))
    return "page-link"


def _substitution(desk: Desk, request: HttpRequest) -> str:
    rows = Substitution.objects.filter(speaker=desk.speaker, pk=_number(request, "proposal"))
    proposal = (
        within(desk.actor, rows).select_related("session__forum", "session__edition", "speaker").first()
    )
    if proposal is None:
        raise NotFound
    if "accept" in request.POST:
        accept_substitute(proposal, by=desk.actor)
        text = _("%(name)s takes over the part and is expected to answer.")
        messages.success(request, text % {"name": proposal.name})
    else:
        refuse_substitute(proposal, by=desk.actor, remarks=request.POST.get("remarks", ""))
    return "parts"


def _wished(desk: Desk, request: HttpRequest) -> str:
    rows = Appearance.objects.filter(session__edition=desk.speaker.edition, person=desk.speaker.person_id)
    part = (
        within(desk.actor, rows.filter(pk=_number(request, "part"))).select_related("session__forum").first()
    )
    if part is None:
        raise NotFound
    grant_wish(part, by=desk.actor, is_granted="grant" in request.POST)
    return f"part-{part.pk}"


_DECISIONS: dict[str, Callable[[Desk, HttpRequest], str]] = {
    "link": _link,
    "substitution": _substitution,
    "wished": _wished,
}


def _asked(request: HttpRequest, edition: str, pk: int) -> tuple[Actor, Speaker]:
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    require(actor, "enter", shown)
    rows = Speaker.objects.filter(edition=shown, pk=pk).select_related(
        "edition", "person__portrait", "person__account"
    )
    speaker = within(actor, rows).first()
    if speaker is None:
        raise NotFound
    return actor, speaker


def _page(request: HttpRequest, desk: Desk, *, is_looking: bool = False, status: int = 200) -> HttpResponse:
    speaker = desk.speaker
    context: dict[str, Any] = context_of(desk)
    may = context["may"]
    if not is_looking:
        context["travel"] = None
    context |= {
        "is_console": True,
        "is_looking": is_looking,
        "base": reverse("programme_console:speaker_record", args=[speaker.edition.slug, speaker.pk]),
        "page_url": page_address(speaker, lang=speaker.language) if may["link"] else "",
        "assistant_url": (
            page_address(speaker, Holder.ASSISTANT) if may["link"] and has_assistant(speaker) else ""
        ),
        "has_address": bool(speaker.person.email or speaker.person.account),
        # Her trail tells of all forums in which she appears: it is for those who see all of them.
        "shows_trail": policy_for(Edition).may(desk.actor, "view_draft", speaker.edition),
    }
    return render(request, "programme/speaking/record.html", context, status=status)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else 0
