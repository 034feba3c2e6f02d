"""The console's pages of access codes, and of what people ask about a call."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.calls.actions.access_code import close_code, create_codes
from summitry.calls.actions.inquiry import dismiss_inquiry, update_inquiry, write_inquiry
from summitry.calls.enums import InquiryState
from summitry.calls.forms.inquiries import CodesForm, InquiryForm
from summitry.calls.models import AccessCode, Call, Inquiry
from summitry.calls.queries.set_up_tabs import set_up_tabs
from summitry.calls.views.door import call_at_work
from summitry.calls.views.set_up import TAB
from summitry.editions.views.door import number_in, page
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound

PAGE = 100


@page
def codes(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the access codes of a call by their first letters; make new ones, which are shown this once; close one."""
    found, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", AccessCode(call=found))
    fresh: list[str] = []
    form = CodesForm(request.POST if "count" in request.POST else None, call=found)
    if "close" in request.POST:
        code = AccessCode.objects.filter(call=found, pk=number_in(request.POST["close"])).first()
        if code is None:
            raise NotFound
        close_code(code, by=actor)
        return redirect("calls:codes", found.edition.slug, found.slug)
    if form.is_bound and form.is_valid():
        try:
            fresh = create_codes(found, by=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            for name, said in refusal.fields.items():
                form.add_error(name, said)
        else:
            form = CodesForm(call=found)
    rows = Paginator(AccessCode.objects.filter(call=found).order_by("-pk"), PAGE)
    context = {
        "form": form,
        "fresh": fresh,
        "page": rows.get_page(request.GET.get("page")),
        "now": clock.now(),
        "may_edit": policy_for(AccessCode).may(actor, "edit", AccessCode(call=found)),
        "set_up": set_up_tabs(found, actor, "codes"),
    }
    return render(request, "calls/setup/codes.html", context, status=422 if form.errors else 200)


@page
def inquiries(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show what people ask about a call: what waits for an answer first."""
    found, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", Inquiry(call=found))
    rows = Inquiry.objects.filter(call=found)
    answered = Paginator(rows.exclude(state=InquiryState.ASKED).order_by("-asked_at", "-pk"), PAGE)
    waiting = list(rows.filter(state=InquiryState.ASKED))
    words = ngettext(
        "%(count)d question waits for an answer.", "%(count)d questions wait for an answer.", len(waiting)
    )
    context = {
        "waiting": waiting,
        "words": words % {"count": len(waiting)},
        "page": answered.get_page(request.GET.get("page")),
        "may_edit": policy_for(Inquiry).may(actor, "edit", Inquiry(call=found)),
        "set_up": set_up_tabs(found, actor, "inquiries"),
    }
    return render(request, "calls/setup/inquiries.html", context)


@page
def inquiry(request: HttpRequest, edition: str, call: str, pk: int = 0) -> HttpResponse:
    """Show a question and its answer, or a new one; answer it, publish it, or set it aside."""
    found, actor = call_at_work(request, edition, call, TAB)
    record = Inquiry.objects.filter(call=found, pk=pk).first() if pk else Inquiry(call=found)
    if record is None:
        raise NotFound
    record.call = found
    require(actor, "view" if pk and request.method != "POST" else "edit", record)
    if pk and "dismiss" in request.POST:
        dismiss_inquiry(record, by=actor)
        messages.success(request, _("Set aside. Nobody is written to."))
        return redirect("calls:inquiries", found.edition.slug, found.slug)
    form = InquiryForm(request.POST or None, record=record, call=found)
    is_asked = record.state == InquiryState.ASKED and bool(record.email)
    write = partial(update_inquiry, record, by=actor) if pk else partial(_write, found, actor, form)
    if form.is_bound and form.save(write) is not None:
        said = _("Saved. The answer goes to whoever asked.") if is_asked else _("Saved.")
        messages.success(request, said)
        return redirect("calls:inquiries", found.edition.slug, found.slug)
    context = {
        "form": form,
        "row": record,
        "is_new": not pk,
        "may_edit": policy_for(Inquiry).may(actor, "edit", record),
        "set_up": set_up_tabs(found, actor, "inquiries"),
    }
    return render(request, "calls/setup/inquiry.html", context, status=422 if form.errors else 200)


def _write(call: Call, actor: Actor, form: InquiryForm, **_changes: Any) -> Inquiry:
    given = form.cleaned_data
    return write_inquiry(call, given["asked"], given["answer"], is_public=given["is_public"], by=actor)
