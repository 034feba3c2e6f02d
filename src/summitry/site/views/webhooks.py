"""The console's pages of webhooks: the endpoints of an edition, and what was sent to each."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.errors import NotFound, SummitryError
from summitry.foundation.models import DeliveryState, WebhookEndpoint
from summitry.foundation.web.actor import actor_of
from summitry.foundation.webhooks.endpoints import (
    change_endpoint,
    create_endpoint,
    remove_endpoint,
    replay,
    replay_since,
    rotate_secret,
    send_ping,
)
from summitry.foundation.webhooks.sentences import PROBLEMS
from summitry.site.forms_webhooks import EndpointForm, ReplayForm

PER_PAGE = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, edition: str) -> HttpResponse:
    """List the endpoints; create one, whose secret is shown this once."""
    shown, actor = _door(request, edition)
    form = EndpointForm(request.POST or None, record=WebhookEndpoint(edition_id=shown.pk))
    made = None
    if request.method == "POST":
        made = form.save(lambda **values: create_endpoint(shown.pk, by=actor, **values))
    if made is not None:
        form = EndpointForm(record=WebhookEndpoint(edition_id=shown.pk))
    context = {
        "endpoints": _endpoints(actor, shown).order_by("name"),
        "form": form,
        "made": made and made[0],
        "secret": made and made[1],
    }
    return render(request, "site/webhooks.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, edition: str, public_id: uuid.UUID) -> HttpResponse:
    """Show one endpoint with its log; a POST changes it."""
    shown, actor = _door(request, edition)
    endpoint = _endpoint(actor, shown, public_id)
    form = EndpointForm(request.POST or None, record=endpoint)
    if request.method == "POST":
        saved = form.save(lambda **values: change_endpoint(endpoint, values, by=actor))
        if saved is not None:
            messages.success(request, _("The webhook was saved."))
            return redirect(request.path)
    return _page(request, shown, endpoint, form=form)


@never_cache
@login_required
@require_POST
def webhook_act(request: HttpRequest, edition: str, public_id: uuid.UUID) -> HttpResponse:
    """Do what one of the buttons says: ping, switch on or off, rotate, remove, replay, replay since."""
    shown, actor = _door(request, edition)
    endpoint = _endpoint(actor, shown, public_id)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    try:
        answer = act(request, shown, endpoint, actor)
    except SummitryError as refusal:
        messages.error(request, str(refusal))
        answer = None
    return answer or redirect("site_console:webhook", shown.slug, endpoint.public_id)


def _ping(request: HttpRequest, edition: Edition, endpoint: WebhookEndpoint, actor: Actor) -> None:
    send_ping(endpoint, by=actor)
    messages.success(request, _("A ping is on its way. The log below shows what comes back."))


def _switch(request: HttpRequest, edition: Edition, endpoint: WebhookEndpoint, actor: Actor) -> None:
    is_active = request.POST.get("to") == "on"
    change_endpoint(endpoint, {"is_active": is_active}, by=actor)
    messages.success(
        request, _("The webhook is switched on.") if is_active else _("The webhook is switched off.")
    )


def _rotate(request: HttpRequest, edition: Edition, endpoint: WebhookEndpoint, actor: Actor) -> HttpResponse:
    return _page(request, edition, endpoint, secret=rotate_secret(endpoint, by=actor))


def _remove(request: HttpRequest, edition: Edition, endpoint: WebhookEndpoint, actor: Actor) -> HttpResponse:
    remove_endpoint(endpoint, by=actor)
    messages.success(request, _("The webhook was removed."))
    return redirect("site_console:webhooks", edition.slug)


def _replay(request: HttpRequest, edition: Edition, endpoint: WebhookEndpoint, actor: Actor) -> None:
    delivery = endpoint.deliveries.filter(message_id=request.POST.get("message", "")).first()
    if delivery is None:
        raise NotFound
    replay(delivery, by=actor)
    messages.success(request, _("The message is being sent again."))


def _replay_since(
    request: HttpRequest, edition: Edition, endpoint: WebhookEndpoint, actor: Actor
) -> HttpResponse | None:
    form = ReplayForm(request.POST, edition=edition)
    if not form.is_valid():
        return _page(request, edition, endpoint, replaying=form)
    count = replay_since(endpoint, form.cleaned_data["since"], by=actor, is_all=form.cleaned_data["is_all"])
    said = ngettext(
        "%(count)s message is being sent again.", "%(count)s messages are being sent again.", count
    )
    messages.success(request, said % {"count": count})
    return None


_Act = Callable[[HttpRequest, Edition, WebhookEndpoint, Actor], HttpResponse | None]
_ACTS: dict[str, _Act] = {
    "ping": _ping,
    "switch": _switch,
    "rotate": _rotate,
    "remove": _remove,
    "replay": _replay,
    "since": _replay_since,
}


def _page(
    request: HttpRequest,
    edition: Edition,
    endpoint: WebhookEndpoint,
    *,
    form: EndpointForm | None = None,
    replaying: ReplayForm | None = None,
    secret: str = "",
) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = endpoint.deliveries.order_by("-created_at", "-pk")
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    form = form or EndpointForm(record=endpoint)
    replaying = replaying or ReplayForm(edition=edition)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "endpoint": endpoint,
        "form": form,
        "replaying": replaying,
        "secret": secret,
        "page": page,
        "log": [(row, PROBLEMS.get(row.problem, row.problem)) for row in page],
        "state": state,
        "states": DeliveryState.choices,
    }
    is_refused = bool(form.errors or replaying.errors)
    return render(request, "site/webhook.html", context, status=422 if is_refused else 200)


def _door(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    """Return the edition and the actor, who must be allowed to run its webhooks."""
    edition, actor = edition_of(request, slug, nav="webhooks"), actor_of(request)
    require(actor, "edit", WebhookEndpoint(edition_id=edition.pk))
    return edition, actor


def _endpoints(actor: Actor, edition: Edition) -> Any:
    return visible(actor, WebhookEndpoint.objects.filter(edition_id=edition.pk))


def _endpoint(actor: Actor, edition: Edition, public_id: uuid.UUID) -> WebhookEndpoint:
    found: WebhookEndpoint | None = _endpoints(actor, edition).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found
