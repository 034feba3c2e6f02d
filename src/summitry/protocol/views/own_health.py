"""What an edition asks about health, by a guest's own link: she reads why, and hands in her result."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from summitry.foundation.access import policy_for
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.queries.consents import holds, wording
from summitry.guests.queries.guest_links import Opened, page_path
from summitry.guests.views.by_link import by_link
from summitry.protocol.actions.health import hand_in_result
from summitry.protocol.forms.person import OwnResultForm
from summitry.protocol.models import HealthResult
from summitry.protocol.queries.health import asked_of, standings


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a guest what is asked of her and how she stands; take her result, with her consent where it is needed."""
    guest, lang = found.guest, get_language() or "en"
    step = asked_of(guest)
    if step is None:
        raise NotFound
    purpose = step.purpose
    words = wording(purpose, lang)
    needs_consent = purpose.needs_consent and not holds(guest, purpose)
    may_hand_in = policy_for(HealthResult).may(found.actor, "edit", HealthResult(guest=guest))
    form = OwnResultForm(request.POST or None, edition=guest.edition, needs_consent=needs_consent)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            hand_in_result(
                guest,
                data["outcome"],
                data["taken_at"],
                by=found.actor,
                words=data["words"],
                lang=lang,
                seen=request.POST.get("seen", ""),
            )
        except InvalidInput as refusal:
            for field, sentences in (refusal.fields or {"": [str(refusal)]}).items():
                form.add_error(field if field in form.fields else None, sentences)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{request.path}?saved=1")
    context = {
        "guest": guest,
        "edition": guest.edition,
        "step": step,
        "purpose": purpose,
        "words": words,
        "form": form if may_hand_in else None,
        "health": standings(guest.edition, [guest.pk])[guest.pk],
        "saved": "saved" in request.GET,
        "hub_url": page_path(guest),
    }
    return render(request, "protocol/own_health.html", context, status=422 if form.errors else 200)
