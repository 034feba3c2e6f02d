"""One letter: what its recipient got, what became of it, and sending it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import direction, language_tag
from summitry.foundation.mail.sealing import withheld
from summitry.foundation.web.security import content_policy
from summitry.mailing.actions.resending import AGAIN, resend_letters
from summitry.mailing.enums import MailingState
from summitry.mailing.queries.outbox import error_text, letter_by_id
from summitry.mailing.views.desk import clocks_of, edition_for


@never_cache
@login_required
@require_safe
@content_policy(frame_src="'self'")
def letter(request: HttpRequest, edition: str, letter: int) -> HttpResponse:
    """Show a letter."""
    shown, actor = edition_for(request, edition)
    found = letter_by_id(shown, actor, letter)
    context = {
        "letter": found,
        "mailing": found.mailing,
        "error": error_text(found),
        "text": withheld(found.text),
        "subject": withheld(found.subject),
        "sent": clocks_of(found.sent_at, shown, request),
        "again": clocks_of(found.not_before, shown, request),
        "can_resend": found.state in AGAIN
        and found.mailing.state in {MailingState.SENDING, MailingState.SENT},
        "lang": language_tag(found.lang),
        "dir": direction(found.lang),
    }
    return render(request, "mailing/letter.html", context)


@never_cache
@login_required
@require_safe
@xframe_options_sameorigin
@content_policy(frame_ancestors="'self'", style_src="'unsafe-inline'")
def letter_frame(request: HttpRequest, edition: str, letter: int) -> HttpResponse:
    """Give the letter's HTML alone, for the frame on its page."""
    shown, actor = edition_for(request, edition)
    return HttpResponse(withheld(letter_by_id(shown, actor, letter).html))


@never_cache
@login_required
@require_POST
def resend(request: HttpRequest, edition: str, letter: int) -> HttpResponse:
    """Send one letter again."""
    shown, actor = edition_for(request, edition)
    found = letter_by_id(shown, actor, letter)
    try:
        resend_letters(found.mailing, [found], by=actor)
    except InvalidInput as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The letter is sent again."))
    return redirect("mailing:letter", shown.slug, found.pk)
