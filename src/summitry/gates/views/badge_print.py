"""Printing badges, what was printed, one guest's badge, and handing badges out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.editions.views.door import WAYS, number_in
from summitry.foundation.access import Actor, policy_for, require, visible, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent
from summitry.foundation.jobs.pages import ProgressPage, address_of, register_page
from summitry.foundation.models import Progress
from summitry.gates.actions.badge_checks import check_badges
from summitry.gates.actions.badge_handover import hand_out
from summitry.gates.actions.badge_printing import PRINT, print_one, request_badges
from summitry.gates.actions.badge_queue import TOPIC
from summitry.gates.actions.credentials import reprint
from summitry.gates.enums import BadgeOrder, SheetKind
from summitry.gates.forms.badge import HandoverForm, PrintForm
from summitry.gates.models import BadgeBatch, BadgeCheck, BadgeLayout, Credential, Grant, Handover, Zone
from summitry.gates.queries.admission import grants_of
from summitry.gates.queries.badge_choice import Choice, Which, valid_badges, waiting_badges
from summitry.gates.queries.badge_faces import faces_of, layouts_of
from summitry.gates.queries.badge_pickup import pickup_list, pickup_pdf
from summitry.gates.queries.badge_preview import picture_of, words_of
from summitry.gates.queries.badge_queue import queue_of
from summitry.gates.views.badge_door import NAV, at_badges
from summitry.guests.models import Delegation, Guest


@never_cache
@login_required
@require_http_methods(WAYS)
def print_badges(request: HttpRequest, edition: str) -> HttpResponse:
    """Choose badges, and have them made."""
    shown, actor = at_badges(request, edition)
    require(actor, "print", BadgeBatch(edition=shown))
    form = PrintForm(request.POST or None, edition=shown, initial={"order": "name", "sheet": "single"})
    if "check" in request.POST:
        check_badges(shown)
        messages.success(request, _("All badges are checked."))
        return redirect(request.path)
    if "queue" in request.POST:
        return _print_queue(request, shown, actor)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            _batch, progress = request_badges(
                shown,
                form.choice(),
                by=actor,
                order=data["order"],
                sheet=data["sheet"],
                marks=data["marks"],
                reason=data["reason"],
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(address_of(progress))
    context = {
        "form": form,
        "numbers": _numbers(shown),
        "queue": queue_of(shown, get_language() or "en"),
        "topic": TOPIC.format(shown.pk),
        "batches": list(within(actor, BadgeBatch.objects.filter(edition=shown)).exclude(badges=0)[:10]),
        "has_layout": BadgeLayout.objects.filter(edition=shown).exists(),
    }
    return render(request, "gates/badges/print.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def batch(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show what was printed in a batch, by whom, with its files as long as they are kept."""
    shown, actor = at_badges(request, edition)
    row = _batch(shown, actor, pk)
    left_out = Guest.objects.filter(pk__in=row.chosen.get("guests", [])).exclude(
        credentials__printed__batch=row
    )
    names = display_names(
        left_out.values_list("person_id", flat=True), get_language() or "en", shown.fallback
    )
    checks = {each.guest_id: each.problems for each in BadgeCheck.objects.filter(guest__in=left_out)}
    context = {
        "batch": row,
        "files": list(row.files.order_by("pk")),
        "left_out": [
            (guest.pk, names[guest.person_id], [words_of(each) for each in checks.get(guest.pk, [])])
            for guest in left_out.order_by("pk")[:200]
        ],
    }
    return render(request, "gates/badges/batch.html", context)


@never_cache
@login_required
@require_safe
def batch_file(request: HttpRequest, edition: str, pk: int, file: int) -> HttpResponseBase:
    """Send one file of a batch."""
    shown, actor = at_badges(request, edition)
    stored = _batch(shown, actor, pk).files.filter(pk=file).first()
    if stored is None:
        raise NotFound
    return sent(stored)


@never_cache
@login_required
@require_http_methods(WAYS)
def badge(request: HttpRequest, edition: str, guest: int) -> HttpResponse:
    """Show one guest's badge, what is wrong with it and what became of it; give it a new code."""
    shown, actor = at_badges(request, edition)
    row = _guest(shown, actor, guest)
    may_print = policy_for(Credential).may(actor, "print", Credential(guest=row, edition=shown))
    if request.method == "POST":
        reason = " ".join(request.POST.get("reason", "").split())[:300]
        if not reason and "print" not in request.POST:
            messages.error(request, _("Write down why the badge is replaced."))
            return redirect(request.path)
        if "print" in request.POST:
            response = HttpResponse(print_one(row, by=actor, reason=reason), content_type="application/pdf")
            response.headers["Content-Disposition"] = f'attachment; filename="badge-{row.pk}.pdf"'
            return response
        reprint(row, by=actor, reason=reason)
        messages.success(request, _("The badge has a new code. The former one opens nothing any more."))
        return redirect(request.path)
    check_badges(shown, [row.pk])
    check = BadgeCheck.objects.filter(guest=row).first()
    context = {
        "guest": row,
        "name": display_names([row.person_id], get_language() or "en", shown.fallback)[row.person_id],
        "check": check,
        "problems": [words_of(each) for each in check.problems] if check else [],
        "credentials": visible(actor, row.credentials.all())
        .prefetch_related("printed__batch")
        .select_related("handover")
        .order_by("-pk"),
        "may_print": may_print,
        "may_see_access": policy_for(Grant).may(actor, "view", Grant(zone=Zone(edition=shown))),
        "grants": list(grants_of(row)),
        "has_layout": layouts_of(shown).of(row.category_id) is not None,
    }
    return render(request, "gates/badges/badge.html", context)


@never_cache
@login_required
@require_safe
def badge_picture(request: HttpRequest, edition: str, guest: int) -> HttpResponse:
    """Send a picture of one guest's badge, with a number that opens nothing."""
    shown, actor = at_badges(request, edition)
    row = _guest(shown, actor, guest)
    layouts = layouts_of(shown)
    layout = layouts.by_pk.get(layouts.of(row.category_id) or 0)
    if layout is None:
        raise NotFound
    return HttpResponse(
        picture_of(faces_of(shown, [row.pk], layouts)[row.pk], layout), content_type="image/png"
    )


@never_cache
@login_required
@require_http_methods(WAYS)
def pickup(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the printed badges that wait, by delegation; note that a representative carried some away."""
    shown, actor = at_badges(request, edition)
    require(actor, "hand_out", Handover(credential=Credential(edition=shown)))
    delegation = number_in(request.POST.get("delegation") or request.GET.get("delegation")) or None
    form = HandoverForm(request.POST or None)
    if form.is_bound and form.is_valid():
        chosen = [number_in(each) for each in request.POST.getlist("badge")]
        try:
            count = hand_out(shown, chosen, by=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(count)d badges are noted as handed out.") % {"count": count})
            return redirect(f"{request.path}?delegation={delegation or ''}")
    waiting = waiting_badges(shown).values("guest__delegation").annotate(n=Count("pk"))
    numbers = {each["guest__delegation"]: each["n"] for each in waiting.order_by()}
    rows = Delegation.objects.filter(edition=shown, pk__in=[pk for pk in numbers if pk])
    context = {
        "form": form,
        "delegations": [(row, numbers[row.pk]) for row in rows],
        "delegation": delegation,
        "lines": pickup_list(shown, delegation, get_language() or "en") if delegation else [],
        "chosen": set(request.POST.getlist("badge")),
    }
    return render(request, "gates/badges/pickup.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def pickup_file(request: HttpRequest, edition: str, delegation: int) -> HttpResponse:
    """Send the list that a representative signs for the badges of a delegation."""
    shown, actor = at_badges(request, edition)
    require(actor, "hand_out", Handover(credential=Credential(edition=shown)))
    row = Delegation.objects.filter(edition=shown, pk=delegation).first()
    if row is None:
        raise NotFound
    response = HttpResponse(pickup_pdf(shown, row, get_language() or "en"), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="badges-{row.slug}.pdf"'
    return response


def _print_queue(request: HttpRequest, edition: Edition, actor: Actor) -> HttpResponse:
    """Make a batch of all that waits in the queue."""
    choice = Choice(which=Which.ORDERED, anyway="anyway" in request.POST)
    try:
        _batch, progress = request_badges(
            edition, choice, by=actor, order=BadgeOrder.NAME, sheet=SheetKind.SINGLE
        )
    except InvalidInput:
        messages.info(request, _("Nobody waits for a badge any more."))
        return redirect(request.path)
    except SummitryError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    return redirect(address_of(progress))


def _numbers(edition: Edition) -> dict[str, int]:
    checked = Q(guest__badge_check__isnull=False)
    return valid_badges(edition).aggregate(
        all=Count("pk"),
        unprinted=Count("pk", filter=Q(printed_at=None)),
        outdated=Count("pk", filter=Q(guest__badge_check__is_outdated=True)),
        bad=Count("pk", filter=checked & ~Q(guest__badge_check__kinds="")),
        unchecked=Count("pk", filter=~checked),
    )


def _batch(edition: Edition, actor: Actor, pk: int) -> BadgeBatch:
    row = within(actor, BadgeBatch.objects.filter(edition=edition, pk=pk)).first()
    if row is None:
        raise NotFound
    return row


def _guest(edition: Edition, actor: Actor, pk: int) -> Guest:
    rows = Guest.objects.filter(edition=edition, pk=pk).select_related(
        "edition", "person", "category", "delegation"
    )
    row = rows.first()
    if row is None or not policy_for(Credential).may(actor, "view", Credential(guest=row, edition=edition)):
        raise NotFound
    return row


def _after(progress: Progress) -> str:
    slug = Edition.objects.values_list("slug", flat=True).get(pk=progress.edition_id or 0)
    return reverse("gates:badge_batch", args=[slug, progress.details["batch"]])


def _back(progress: Progress) -> str:
    slug = Edition.objects.values_list("slug", flat=True).get(pk=progress.edition_id or 0)
    return reverse("gates:badge_print", args=[slug])


def _frame(request: HttpRequest, progress: Progress) -> None:
    request.edition = Edition.objects.filter(pk=progress.edition_id or 0).first()  # type: ignore[attr-defined]
    request.nav_current = NAV  # type: ignore[attr-defined]


register_page(PRINT, ProgressPage(after=_after, back=_back, frame=_frame))
