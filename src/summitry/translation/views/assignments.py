"""Who translates what, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.i18n import languages
from summitry.foundation.lists.files import FORMATS, table_file
from summitry.translation.actions.assignment import assign, change_assignment, withdraw_assignment
from summitry.translation.forms import AssignForm, AssignmentForm
from summitry.translation.models import Assignment
from summitry.translation.queries.people import assignments as assignments_of
from summitry.translation.queries.people import translators
from summitry.translation.queries.worklist import OPEN, Progress, Wanted, Worklist
from summitry.translation.sources import source_of, sources
from summitry.translation.views.door import Entered, enter
from summitry.translation.views.tabs import tabs


@dataclass(frozen=True, slots=True)
class Shown:
    """An assignment with what it covers, in words, and how far that is."""

    row: Assignment
    kind: str
    forum: object
    progress: Progress
    url: str


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest, edition: str) -> HttpResponseBase:
    """List the assignments; whoever hands out work does so here."""
    entered = enter(request, edition)
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    form = _form(request, entered, listed) if entered.reach.coordinates else None
    if request.method == "POST" and form is not None and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            assign(entered.edition, facts.pop("account"), facts.pop("language"), by=entered.actor, **facts)
        except InvalidInput as refusal:
            for name, sentences in refusal.fields.items():
                form.add_error(name if name in form.fields else None, sentences)
        else:
            messages.success(request, _("Assigned."))
            return redirect("translation:assignments", entered.edition.slug)
    shown = [_shown(row, listed, entered) for row in assignments_of(entered.edition, entered.actor)]
    kind = request.GET.get("as")
    if kind in FORMATS:
        name = f"assignments-{entered.edition.slug}.{kind}"
        return table_file(_table(shown, entered), title=_("Assignments"), name=name, kind=kind)
    context = {
        "tabs": tabs(entered, "assignments"),
        "shown": shown,
        "form": form,
        "coordinates": entered.reach.coordinates,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "translation/assignments.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Change when an assignment is due."""
    entered = enter(request, edition)
    row = _row(entered, pk)
    form = AssignmentForm(request.POST or None, record=row, zone=entered.edition.zone)
    if (
        request.method == "POST"
        and form.save(lambda **facts: change_assignment(row, by=entered.actor, **facts)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("translation:assignments", entered.edition.slug)
    context = {"tabs": tabs(entered, "assignments"), "row": row, "form": form}
    return render(request, "translation/assignment.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Take an assignment back."""
    entered = enter(request, edition)
    withdraw_assignment(_row(entered, pk), by=entered.actor)
    messages.success(request, _("The assignment is withdrawn. What has been translated stays."))
    return redirect("translation:assignments", entered.edition.slug)


def _row(entered: Entered, pk: int) -> Assignment:
    row = assignments_of(entered.edition, entered.actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def _form(request: HttpRequest, entered: Entered, listed: Worklist) -> AssignForm:
    lang = get_language() or "en"
    return AssignForm(
        request.POST or None,
        people=translators(entered.edition, list(listed.forums)),
        languages=[(code, languages.name_in(code, lang)) for code in listed.languages],
        kinds=[(source.key, str(source.plural)) for source in sources()],
        forums=[(str(pk), str(name)) for pk, name in listed.forums.items()],
        zone=entered.edition.zone,
    )


def _table(shown: Sequence[Shown], entered: Entered) -> list[list[str | int]]:
    lang, zone = get_language() or "en", entered.edition.zone
    heads = (_("Who"), _("Into"), _("What"), _("Forum"), _("Note"), _("Due"), _("Open"), _("Reviewed"))
    rows: list[list[str | int]] = [[*heads]]
    for item in shown:
        due = item.row.due_at
        rows.append(
            [
                str(item.row.account),
                languages.name_in(item.row.language, lang),
                item.kind,
                str(item.forum),
                item.row.note,
                due.astimezone(zone).isoformat(" ", "minutes") if due else "",
                item.progress.open,
                f"{item.progress.percent} %",
            ]
        )
    return rows


def _shown(row: Assignment, listed: Worklist, entered: Entered) -> Shown:
    source = source_of(row.source)
    units = [
        unit
        for unit in listed.units(row.language)
        if (not row.source or unit.source.key == row.source)
        and (row.forum_id is None or row.forum_id in unit.forums)
    ]
    wanted = Wanted(lang=row.language, state=OPEN, kind=row.source, forum=row.forum_id or 0)
    return Shown(
        row,
        str(source.plural) if source else "",
        listed.forums.get(row.forum_id or 0, ""),
        Progress.of(unit.state(row.language) for unit in units),
        reverse("translation:work", args=[entered.edition.slug]) + wanted.query(),
    )
