"""An interpreter's own pages: her days, the undertaking, and the preparation packs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, number_in
from summitry.foundation.access import Actor
from summitry.foundation.errors import NotFound
from summitry.live.actions.interpreters import accept_undertaking
from summitry.live.actions.pack import open_pack, take_file
from summitry.live.errors import UndertakingOpen
from summitry.live.models import Interpreter, UndertakingText
from summitry.live.queries.mine import days_of, interpreter_of, open_text
from summitry.programme.models import Material, Session
from summitry.programme.queries.materials import Asked, sessions_with_files

NAV = "mine"


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest, edition: str) -> HttpResponse:
    """Show an interpreter her days, and the undertaking where she has not accepted it."""
    _shown, _actor, row = _own(request, edition)
    text, accepted = open_text(row)
    context = {
        "row": row,
        "days": days_of(row, get_language() or "en"),
        "text": text,
        "accepted": accepted,
    }
    return render(request, "live/mine.html", context)


@never_cache
@login_required
@require_POST
def accept(request: HttpRequest, edition: str) -> HttpResponse:
    """Note that the interpreter accepts the version that she has read (`number`)."""
    shown, actor, row = _own(request, edition)
    rows = UndertakingText.objects.filter(edition=shown, number=number_in(request.POST.get("number")))
    text = rows.first()
    if text is None:
        raise NotFound
    accept_undertaking(row, text, by=actor)
    messages.success(request, _("Thank you. The preparation packs are open to you now."))
    return redirect("live:mine", shown.slug)


@never_cache
@login_required
@require_safe
def pack(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show what an interpreter prepares one of her sessions with."""
    shown, actor, row = _own(request, edition)
    session = _session(shown, code)
    lang = get_language() or "en"
    try:
        found = open_pack(row, session, lang, by=actor)
    except UndertakingOpen as error:
        messages.warning(request, str(error))
        return redirect("live:mine", shown.slug)
    files = sessions_with_files(actor, shown, Asked(None, None), lang, session.code)
    context = {"pack": found, "session": session, "files": files[0].files if files else []}
    return render(request, "live/pack.html", context)


@never_cache
@login_required
@require_safe
def pack_file(request: HttpRequest, edition: str, pk: int) -> HttpResponseBase:
    """Send a file of a preparation pack."""
    shown, actor, row = _own(request, edition)
    material = (
        Material.objects.filter(session__edition=shown, pk=pk).select_related("file", "session").first()
    )
    if material is None:
        raise NotFound
    stored = take_file(row, material, by=actor).file
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _own(request: HttpRequest, slug: str) -> tuple[Edition, Actor, Interpreter]:
    edition, actor = at_work(request, slug, NAV)
    row = interpreter_of(actor, edition)
    if row is None:
        raise NotFound
    return edition, actor, row


def _session(edition: Edition, code: str) -> Session:
    session = Session.objects.filter(edition=edition, code=code).select_related("edition", "forum").first()
    if session is None:
        raise NotFound
    return session
