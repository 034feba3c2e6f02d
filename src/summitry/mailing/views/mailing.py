"""One mailing: where it stands, and the steps that are possible from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from summitry.foundation import clock
from summitry.foundation.access import policy_for
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.i18n import languages
from summitry.foundation.live import record_topic
from summitry.mailing.actions.mailing import copy_mailing, discard_mailing
from summitry.mailing.actions.release import (
    fingerprint,
    hold_mailing,
    keys_of,
    recall_mailing,
    release_mailing,
    unschedule_mailing,
    withdraw_mailing,
)
from summitry.mailing.actions.resending import resend_letters
from summitry.mailing.audiences import audience_of
from summitry.mailing.enums import EDITABLE, MailingState
from summitry.mailing.forms import ScheduleForm
from summitry.mailing.models import Mailing
from summitry.mailing.queries.outbox import GIVEN_UP, movement, progress_of
from summitry.mailing.queries.recipients import Reach, languages_of, reach_of
from summitry.mailing.views.compose import reach_context
from summitry.mailing.views.desk import Desk, clocks_of, desk_for

STATES_WITH_REACH = frozenset({*EDITABLE, MailingState.SCHEDULED})


@never_cache
@login_required
@require_safe
def mailing(request: HttpRequest, edition: str, mailing: int) -> HttpResponse:
    """Show a mailing with its numbers and its next steps."""
    return _page(request, desk_for(request, edition, mailing))


@never_cache
@login_required
@require_POST
def step(request: HttpRequest, edition: str, mailing: int, verb: str) -> HttpResponse:
    """Take one step with a mailing; a refusal is said on its page."""
    desk = desk_for(request, edition, mailing)
    form = ScheduleForm(request.POST if verb == "schedule" else None, edition=desk.edition)
    try:
        return _STEPS[verb](request, desk, form)
    except InvalidInput as refusal:
        for sentence in [words for fields in refusal.fields.values() for words in fields] or [str(refusal)]:
            if verb == "schedule" and form.is_bound:
                form.add_error("at", sentence)
            else:
                messages.error(request, sentence)
        return _page(request, desk_for(request, edition, mailing), form, status=refusal.status)
    except SummitryError as refusal:
        if refusal.status != 409:
            raise
        messages.error(request, str(refusal))
        return _page(request, desk_for(request, edition, mailing), status=refusal.status)


def _hold(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    hold_mailing(desk.mailing, by=desk.actor)
    messages.success(request, _("The mailing waits in the outbox."))
    return _back(desk)


def _withdraw(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    withdraw_mailing(desk.mailing, by=desk.actor)
    return _back(desk)


def _release(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    release_mailing(desk.mailing, by=desk.actor, seen=request.POST.get("seen", ""))
    return _back(desk)


def _schedule(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    release_mailing(
        desk.mailing, by=desk.actor, seen=request.POST.get("seen", ""), at=form.cleaned_data["at"]
    )
    return _back(desk)


def _unschedule(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    unschedule_mailing(desk.mailing, by=desk.actor)
    messages.success(request, _("The mailing is back in the outbox."))
    return _back(desk)


def _recall(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    count = recall_mailing(desk.mailing, by=desk.actor)
    sentence = ngettext(
        "Recalled: %(count)d letter did not leave.", "Recalled: %(count)d letters did not leave.", count
    )
    messages.success(request, sentence % {"count": count})
    return _back(desk)


def _resend(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    count = resend_letters(desk.mailing, desk.mailing.letters.filter(state__in=GIVEN_UP), by=desk.actor)
    sentence = ngettext("%(count)d letter is sent again.", "%(count)d letters are sent again.", count)
    messages.success(request, sentence % {"count": count})
    return _back(desk)


def _copy(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    copied = copy_mailing(desk.mailing, by=desk.actor)
    return redirect("mailing:mailing", desk.edition.slug, copied.pk)


def _discard(request: HttpRequest, desk: Desk, form: ScheduleForm) -> HttpResponse:
    discard_mailing(desk.mailing, by=desk.actor)
    messages.success(request, _("The mailing was discarded."))
    return redirect("mailing:outbox", desk.edition.slug)


_STEPS: dict[str, Callable[[HttpRequest, Desk, ScheduleForm], HttpResponse]] = {
    "hold": _hold,
    "withdraw": _withdraw,
    "release": _release,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "recall": _recall,
    "resend": _resend,
    "copy": _copy,
    "discard": _discard,
}
VERBS = tuple(_STEPS)


def _back(desk: Desk) -> HttpResponse:
    return redirect("mailing:mailing", desk.edition.slug, desk.mailing.pk)


def _page(
    request: HttpRequest, desk: Desk, form: ScheduleForm | None = None, *, status: int = 200
) -> HttpResponse:
    item, may = desk.mailing, policy_for(Mailing).may
    progress = progress_of(item)
    context: dict[str, Any] = {
        "mailing": item,
        "kind": audience_of(item.audience),
        "progress": progress,
        "form": form or ScheduleForm(edition=desk.edition),
        "leaves": clocks_of(item.release_at, desk.edition, request),
        "ended": clocks_of(item.ended_at, desk.edition, request),
        "seconds": max(0, round((item.release_at - clock.now()).total_seconds())) if item.release_at else 0,
        "may": {verb: may(desk.actor, verb, item) for verb in ("edit", "hold", "release", "recall", "read")},
        "topic": record_topic(item),
        "current": 4,
    }
    if item.state in STATES_WITH_REACH and not item.notice:
        context |= _outlook(desk)
    elif item.state in EDITABLE:
        context |= {"count": progress.total, "seen": fingerprint(item, keys_of(item, None)), "is_ready": True}
    return render(request, "mailing/mailing.html", context, status=status)


def _missing(desk: Desk, found: Reach, active: str) -> dict[str, Any]:
    """Name the edition's languages that the message lacks one by one, and all others together."""
    own: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for reads, lang, count in found.missing_languages:
        line = {
            "reads": languages.name_in(reads, active),
            "gets": languages.name_in(lang, active),
            "count": count,
        }
        (own if reads in desk.edition.languages else others).append(line)
    return {"missing": own, "others": others, "others_count": sum(line["count"] for line in others)}


def _outlook(desk: Desk) -> dict[str, Any]:
    """What would leave if the mailing were released now."""
    item, found, active = desk.mailing, reach_of(desk.mailing), get_language() or "en"
    written = languages_of(item.subject, item.body)
    return {
        **reach_context(desk, found),
        "count": found.count,
        "seen": fingerprint(item, found.keys),
        "movement": movement(item, found),
        "written": [languages.name_in(code, active) for code in written],
        **_missing(desk, found, active),
        "is_ready": bool(written and found.count),
    }
