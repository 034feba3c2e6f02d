"""The program's own notices: how the edition words them, and what happens to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.foundation.access import require
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.i18n import direction, language_tag
from summitry.mailing.actions.notices import word_notice
from summitry.mailing.forms import NoticeForm
from summitry.mailing.models import NoticeWording
from summitry.mailing.queries.notices import NOTICES, wording_of, wordings_of
from summitry.mailing.queries.recipients import Reach
from summitry.mailing.views.desk import edition_for, panels_of, refuse


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest, edition: str) -> HttpResponse:
    """List the notices."""
    shown, actor = edition_for(request, edition, "notices")
    require(actor, "view", NoticeWording(edition=shown))
    return render(request, "mailing/notices.html", {"wordings": wordings_of(shown)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, edition: str, key: str) -> HttpResponse:
    """Word one notice in the edition's languages."""
    shown, actor = edition_for(request, edition, "notices")
    if key not in NOTICES:
        raise NotFound
    wording = wording_of(shown, key)
    record = wording.own or NoticeWording(edition=shown, key=key)
    record.edition = shown
    require(actor, "edit", record)
    form = NoticeForm(request.POST or None, record=record)
    problems: dict[str, list[str]] = {}
    if request.method == "POST" and form.is_valid():
        try:
            given = {name: form.cleaned_data[name] for name in form.record_fields}
            word_notice(shown, key, by=actor, **given)
        except InvalidInput as refusal:
            problems = refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("mailing:notices", shown.slug)
    context: dict[str, Any] = {
        "wording": wording,
        "form": form,
        "panels": panels_of(shown, form, problems, Reach()),
        "problems": problems,
        "placeholders": wording.placeholders,
        "examples": [
            (code, language_tag(code), direction(code), wording.subject.get(code), wording.body.get(code))
            for code in dict.fromkeys([*shown.languages, "en"])
            if code in wording.languages
        ],
    }
    return render(request, "mailing/notice.html", context, status=422 if problems or form.errors else 200)
