"""The console's pages of conflicts of interest: the list that is decided, and what the office enters."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.conflict import decide_conflicts, declare_conflict
from summitry.calls.actions.deriving import derive_conflicts
from summitry.calls.actions.organisation_group import set_groups
from summitry.calls.enums import ConflictKind, ConflictSource, ConflictState
from summitry.calls.forms.jury import GroupsForm, OfficeConflictForm, write_groups
from summitry.calls.models import Call, Conflict, Entry
from summitry.calls.queries.conflict_lines import conflict_lines, conflicts_at_work, counted, narrowed
from summitry.calls.queries.conflicts import groups_of
from summitry.calls.queries.jurors import juror_lines, jurors_at_work
from summitry.calls.record.canonical import digest
from summitry.calls.views.door import call_at_work
from summitry.calls.views.refusing import refuse
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.errors import StaleState, SummitryError

TAB = "conflicts"
SIZE = 50
FILTERS = ("state", "kind", "source", "juror", "entry")


@page
def conflicts(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the conflicts that the reader may know of; a POST decides about those that were chosen, or looks for more."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    if "look" in request.POST:
        return _look(request, found, actor)
    refused = _decide(request, found, actor) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        return redirect(request.get_full_path())
    lang = get_language() or "en"
    given = {name: request.GET.get(name, "")[:40] for name in FILTERS}
    rows = conflicts_at_work(found, actor)
    sheet = Paginator(narrowed(rows, given), SIZE).get_page(request.GET.get("page"))
    counts = counted(narrowed(rows, {**given, "state": ""}))
    context = {
        "page": sheet,
        "lines": conflict_lines(found, list(sheet.object_list), actor, lang),
        "given": given,
        "counts": [(state, state.label, counts[state]) for state in ConflictState],
        "kinds": ConflictKind.choices,
        "sources": ConflictSource.choices,
        "rest": "".join(f"&{urlencode({name: value})}" for name, value in given.items() if value),
        "may_edit": policy_for(Call).may(actor, "edit", found),
        "refused": refused,
        "words": request.POST.get("words", ""),
    }
    return render(request, "calls/jury/conflicts.html", context, status=422 if refused else 200)


@page
def conflict_new(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Enter a conflict for the office."""
    found, actor = call_at_work(request, edition, call, TAB, "edit")
    lang = get_language() or "en"
    jurors = {row.pk: row for row in jurors_at_work(found, actor)}
    names = [
        (line.juror.pk, line.name.text) for line in juror_lines(found, list(jurors.values()), actor, lang)
    ]
    form = OfficeConflictForm(request.POST or None, jurors=names)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        entry = within(actor, Entry.objects.filter(call=found, number=given["number"])).first()
        if entry is None:
            form.add_error("number", _("No entry of this call has this number."))
        else:
            entry.call = found
            try:
                declare_conflict(jurors[given["juror"]], entry, given["kind"], by=actor, words=given["words"])
            except SummitryError as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("The conflict is entered and bars from now on."))
                return redirect("calls:conflicts", found.edition.slug, found.slug)
    return render(request, "calls/jury/conflict_new.html", {"form": form}, status=422 if form.errors else 200)


@page
def groups(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Say which organisations count as one house."""
    found, actor = call_at_work(request, edition, call, TAB, "edit")
    present = groups_of(found)
    initial = {"groups": write_groups(present), "seen": digest(present)}
    form = GroupsForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            if form.cleaned_data["seen"] not in ("", digest(present)):
                raise StaleState
            set_groups(found, form.cleaned_data["groups"], by=actor, expected=present)
        except SummitryError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The groups are saved; conflicts are looked for again."))
            return redirect("calls:conflicts", found.edition.slug, found.slug)
    return render(request, "calls/jury/groups.html", {"form": form}, status=422 if form.errors else 200)


def _look(request: HttpRequest, call: Call, actor: Actor) -> HttpResponse:
    done = derive_conflicts(call, by=actor)
    # How many were found is not said: it would tell of entries from which a conflict bars the reader.
    messages.success(request, _("Conflicts were looked for in the data."))
    if done.common:
        messages.warning(
            request,
            _("Set aside, because so many have it: %(domains)s") % {"domains": ", ".join(done.common)},
        )
    return redirect("calls:conflicts", call.edition.slug, call.slug)


def _decide(request: HttpRequest, call: Call, actor: Actor) -> str:
    """Decide about the chosen ones; return what stands against it."""
    ids = {number_in(one) for one in request.POST.getlist("row")[: SIZE * 2]}
    chosen: list[Conflict] = list(conflicts_at_work(call, actor).filter(pk__in=ids))
    if not chosen:
        return _("Choose at least one.")
    verdict = request.POST.get("verdict", "")
    try:
        decide_conflicts(chosen, verdict, by=actor, words=request.POST.get("words", ""))
    except SummitryError as refusal:
        fields: dict[str, list[str]] = getattr(refusal, "fields", {})
        return " ".join(line for lines in fields.values() for line in lines) or str(refusal)
    messages.success(request, _("Decided. What was dismissed bars no more."))
    return ""
