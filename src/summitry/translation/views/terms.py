"""The glossary in the console: looking terms up, proposing, approving, changing and retiring them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.directory.actions.term import (
    NewTerm,
    approve_term,
    change_term,
    propose_term,
    reopen_term,
    retire_term,
)
from summitry.directory.actions.term_table import (
    LARGEST,
    TermRow,
    apply_terms,
    plan_terms,
    term_rows,
    write_terms,
)
from summitry.directory.enums import TermState
from summitry.directory.models import Term
from summitry.directory.queries.terms import term_by_slug
from summitry.directory.queries.terms import terms as terms_of
from summitry.foundation.access import policy_for
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.lists.files import table_file
from summitry.translation.actions.waiting import forget_file, keep_file, waiting_file
from summitry.translation.forms import TermForm, TermsFileForm
from summitry.translation.queries.reach import languages_of
from summitry.translation.views.door import Entered, enter
from summitry.translation.views.tabs import tabs

PAGE = 40
WAITING = "terms-file"
MOVES: dict[str, Callable[..., Term]] = {
    "approve": approve_term,
    "retire": retire_term,
    "reopen": reopen_term,
}


@never_cache
@login_required
@require_safe
def terms(request: HttpRequest, edition: str) -> HttpResponse:
    """List the terms."""
    entered = enter(request, edition, nav="terms")
    q, state = " ".join(request.GET.get("q", "").split())[:100], request.GET.get("state", "")
    rows = terms_of(entered.actor, states=[state] if state else (), q=q)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    policy = policy_for(Term)
    codes = languages_of(entered.edition)
    context = {
        "tabs": tabs(entered, "terms"),
        "page": page,
        "query": f"&q={q}&state={state}",
        "q": q,
        "state": state,
        "states": TermState.choices,
        "codes": codes,
        "rows": [
            (term, [(code, term.words.get(code), term.forbidden.get(code, ())) for code in codes])
            for term in page
        ],
        "may_propose": policy.may(entered.actor, "propose"),
        "may_approve": policy.may(entered.actor, "approve"),
    }
    return render(request, "translation/terms.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: HttpRequest, edition: str) -> HttpResponse:
    """Propose a term."""
    entered = enter(request, edition, nav="terms")
    if not policy_for(Term).may(entered.actor, "propose"):
        raise PermissionRefused
    blank = Term(words=Text(), definition=Text())
    form = TermForm(request.POST or None, record=blank, languages=languages_of(entered.edition))
    if (
        request.method == "POST"
        and form.save(lambda **facts: propose_term(NewTerm(**{"words": Text(), **facts}), by=entered.actor))
        is not None
    ):
        messages.success(request, _("Proposed."))
        return redirect("translation:terms", entered.edition.slug)
    return _form_page(request, entered, form, None)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a term; whoever may changes it."""
    entered = enter(request, edition, nav="terms")
    row = term_by_slug(entered.actor, slug)
    if not policy_for(Term).may(entered.actor, "edit", row):
        raise PermissionRefused
    form = TermForm(request.POST or None, record=row, languages=languages_of(entered.edition))
    if (
        request.method == "POST"
        and form.save(lambda **facts: change_term(row, by=entered.actor, **facts)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("translation:terms", entered.edition.slug)
    return _form_page(request, entered, form, row)


@never_cache
@login_required
@require_POST
def move_term(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Approve, retire or reopen a term."""
    entered = enter(request, edition, nav="terms")
    move = MOVES.get(request.POST.get("move", ""))
    if move is None:
        raise NotFound
    row = move(term_by_slug(entered.actor, slug), by=entered.actor)
    messages.success(request, _("“%(term)s”: %(state)s") % {"term": row, "state": row.get_state_display()})
    return redirect("translation:terms", entered.edition.slug)


@never_cache
@login_required
@require_safe
def terms_table(request: HttpRequest, edition: str, kind: str) -> HttpResponseBase:
    """Send the terms as CSV, which can be taken in again, or as a workbook."""
    entered = enter(request, edition, nav="terms")
    rows, codes = terms_of(entered.actor), languages_of(entered.edition)
    if kind == "xlsx":
        return table_file(term_rows(rows, codes), title=_("Terms"), name="terms.xlsx", kind=kind)
    headers = {"Content-Disposition": 'attachment; filename="terms.csv"'}
    return HttpResponse(write_terms(rows, codes), content_type="text/csv; charset=utf-8", headers=headers)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_terms(request: HttpRequest, edition: str) -> HttpResponse:
    """Take a table of terms; its report comes first, and the second step sends the same table again."""
    entered = enter(request, edition, nav="terms")
    if not policy_for(Term).may(entered.actor, "propose"):
        raise PermissionRefused
    form = TermsFileForm(request.POST or None, request.FILES or None)
    rows: list[TermRow] = []
    if request.method == "POST":
        try:
            data = _table(request, form)
            rows = plan_terms(data, by=entered.actor) if data else []
        except InvalidInput as refusal:
            form.add_error("file", str(refusal))
        if rows and "write" in request.POST:
            new, changed = apply_terms(rows, by=entered.actor)
            said = _("%(new)d terms proposed, %(changed)d changed.")
            messages.success(request, said % {"new": new, "changed": changed})
            forget_file(request.session.pop(WAITING, ""))
            return redirect("translation:terms", entered.edition.slug)
    context = {"tabs": tabs(entered, "terms"), "form": form, "rows": rows}
    context["writes"] = sum(1 for row in rows if row.new or row.changes)
    return render(request, "translation/terms_import.html", context, status=422 if form.errors else 200)


def _table(request: HttpRequest, form: TermsFileForm) -> bytes | None:
    """The table that was just sent, or on writing the one that waits."""
    if "write" in request.POST:
        data = waiting_file(request.session.get(WAITING, ""))
        if data is None:
            raise InvalidInput(_("The file is no longer here. Please send it again."))
        form.fields["file"].required = False
        return data
    if not form.is_valid():
        return None
    sent: bytes = form.cleaned_data["file"].read(LARGEST + 1)
    forget_file(request.session.get(WAITING, ""))
    request.session[WAITING] = keep_file(sent)
    return sent


def _form_page(request: HttpRequest, entered: Entered, form: TermForm, row: Term | None) -> HttpResponse:
    context = {"tabs": tabs(entered, "terms"), "form": form, "term": row}
    return render(request, "translation/term.html", context, status=422 if form.errors else 200)
