"""The team of an entry and whom it declares, by the entry's link; and a member's answer, by her own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from summitry.calls.actions.member import add_member, answer_membership, ask_member_again, remove_member
from summitry.calls.actions.relation import declare_relation, take_back_relation
from summitry.calls.forms.entry_parts import MemberForm, RelationForm
from summitry.calls.models import Member, Relation
from summitry.calls.queries.entry_links import OpenedEntry, OpenedMember
from summitry.calls.views.entry import WAYS, shown
from summitry.calls.views.entry_door import by_entry, by_member
from summitry.editions.views.by_link import secret_in
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError


@by_entry
@require_POST
def add(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Name a member."""
    form = MemberForm(request.POST, prefix="member")
    status = 422
    if form.is_valid():
        try:
            add_member(found.entry, form.given, by=found.actor)
            return _back(request, "team")
        except InvalidInput as refusal:
            form.refuse(refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            form.refuse({"": [str(refusal)]})
            status = refusal.status
    return shown(request, found, member_form=form, status=status)


@by_entry
@require_POST
def change(request: HttpRequest, found: OpenedEntry, pk: int) -> HttpResponse:
    """Write to a member again, or take her out of the team."""
    member = Member.objects.filter(entry=found.entry, pk=pk).select_related("entry__call__edition").first()
    if member is None:
        raise NotFound
    try:
        if "remove" in request.POST:
            remove_member(member, by=found.actor)
        else:
            ask_member_again(member, by=found.actor)
    except SummitryError as refusal:
        return shown(request, found, refused={"": [str(refusal)]}, status=refusal.status)
    return _back(request, "team")


@by_entry
@require_POST
def declare(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Name somebody who should not judge the entry."""
    form = RelationForm(request.POST, prefix="relation")
    status = 422
    if form.is_valid():
        try:
            declare_relation(found.entry, by=found.actor, **form.cleaned_data)
            return _back(request, "relations")
        except InvalidInput as refusal:
            form.refuse(refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            form.refuse({"": [str(refusal)]})
            status = refusal.status
    return shown(request, found, relation_form=form, status=status)


@by_entry
@require_POST
def take_back(request: HttpRequest, found: OpenedEntry, pk: int) -> HttpResponse:
    """Take back a declaration."""
    relation = (
        Relation.objects.filter(entry=found.entry, pk=pk).select_related("entry__call__edition").first()
    )
    if relation is None:
        raise NotFound
    try:
        take_back_relation(relation, by=found.actor)
    except SummitryError as refusal:
        return shown(request, found, refused={"": [str(refusal)]}, status=refusal.status)
    return _back(request, "relations")


@by_member
@require_http_methods(WAYS)
def member(request: HttpRequest, found: OpenedMember) -> HttpResponse:
    """Show a member what she is named for, and take her answer; programs that look into letters press no buttons."""
    one, refused, status = found.member, "", 200
    if request.method == "POST":
        try:
            answer_membership(one, is_member=request.POST.get("answer") == "yes", by=found.actor)
            return redirect("entry:member", secret_in(request))
        except SummitryError as refusal:
            refused, status = str(refusal), refusal.status
    context = {"member": one, "entry": one.entry, "call": one.entry.call, "refused": refused}
    return render(request, "calls/entry/member.html", context, status=status)


def _back(request: HttpRequest, part: str) -> HttpResponse:
    return redirect(f"{reverse('entry:page', args=[secret_in(request)])}?saved=1#{part}")
