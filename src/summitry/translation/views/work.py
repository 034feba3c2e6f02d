"""The working view: the texts that a filter leaves, source beside translation, saved one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.i18n import TextState, local_name
from summitry.translation.actions.translate import Seen, save_translation, writable_unit
from summitry.translation.checking.checks import tidy
from summitry.translation.errors import SourceConflict, TranslationConflict
from summitry.translation.machine import machine
from summitry.translation.queries.cards import Card, cards, remarks_on
from summitry.translation.queries.glossary import Glossary
from summitry.translation.queries.units import Unit, units_by_id
from summitry.translation.queries.wording import STATE_LABELS
from summitry.translation.queries.worklist import MINE, NOBODY, OPEN, Wanted, Worklist
from summitry.translation.sources import source_of
from summitry.translation.views.door import Entered, enter
from summitry.translation.views.tabs import tabs

PAGE = 15
FRAGMENT = "X-Fragment"


@never_cache
@login_required
@require_safe
def work(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the texts that a filter leaves, a page at a time."""
    entered = enter(request, edition)
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(request.GET, listed.languages)
    found = listed.find(wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = cards(list(page), wanted.lang, listed, Glossary())
    context = {
        "tabs": tabs(entered, "work"),
        "wanted": wanted,
        "page": page,
        "query": wanted.query().replace("?", "&", 1),
        "wanted_query": wanted.query(),
        "state": ",".join(wanted.state),
        "forum": str(wanted.forum),
        "languages_choice": [(code, local_name(code)) for code in listed.languages],
        "back": _back(wanted, page.number),
        "cards": shown,
        "count": len(found),
        "progress": listed.progress(wanted.lang),
        "choices": _choices(listed, wanted),
        "machine": machine() is not None and entered.reach.writes,
    }
    return render(request, "translation/work.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, edition: str, unit_id: str, lang: str) -> HttpResponse:
    """Show one text; on POST save its translation, or say why not, with nothing typed lost."""
    entered = enter(request, edition)
    if request.method != "POST":
        return _shown(request, entered, _read(entered, unit_id, lang))
    words = request.POST.get("words", "")
    try:
        save_translation(
            entered.edition,
            unit_id,
            lang,
            words,
            by=entered.actor,
            state=_state(request.POST),
            seen=Seen(request.POST.get("source", ""), request.POST.get("target", "")),
        )
    except (TranslationConflict, SourceConflict, InvalidInput) as refusal:
        return _refused(request, entered, unit_id, lang, words, refusal)
    if request.headers.get(FRAGMENT):
        return _shown(request, entered, _read(entered, unit_id, lang), saved=True)
    messages.success(request, _("Saved."))
    return redirect(_next(entered, request.POST, unit_id))


@never_cache
@login_required
@require_POST
def look(request: HttpRequest, edition: str, unit_id: str, lang: str) -> HttpResponse:
    """Say what is to be said of words that are being typed; nothing is written."""
    entered = enter(request, edition)
    unit = writable_unit(entered.edition, unit_id, lang, by=entered.actor)
    words = tidy(request.POST.get("words", ""), is_prose=unit.field.is_prose)
    context = {"remarks": remarks_on(unit, lang, words, Glossary())}
    return render(request, "translation/remarks.html", context)


def _read(entered: Entered, unit_id: str, lang: str) -> Unit:
    unit = units_by_id(entered.edition, [unit_id]).get(unit_id)
    if unit is None or lang == unit.text.source or not entered.reach.may_read(lang, unit.forums):
        raise NotFound
    return unit


def _card(entered: Entered, unit: Unit, lang: str) -> Card:
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    return cards([unit], lang, listed, Glossary())[0]


def _shown(request: HttpRequest, entered: Entered, unit: Unit, *, saved: bool = False) -> HttpResponse:
    lang = request.resolver_match.kwargs["lang"] if request.resolver_match else ""
    return _answer(request, entered, _card(entered, unit, lang), saved=saved)


def _refused(
    request: HttpRequest, entered: Entered, unit_id: str, lang: str, words: str, refusal: Any
) -> HttpResponse:
    unit = _read(entered, unit_id, lang)
    errors = (
        refusal.fields.get("words") or refusal.fields.get("state")
        if isinstance(refusal, InvalidInput)
        else []
    )
    theirs = unit.text.get(lang) if isinstance(refusal, TranslationConflict) else ""
    notice = "" if errors else str(refusal)
    card = _card(entered, unit, lang).refused(words, errors or [], theirs=theirs, notice=notice)
    return _answer(request, entered, card, status=refusal.status)


def _answer(
    request: HttpRequest, entered: Entered, card: Card, *, status: int = 200, saved: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {"card": card, "back": request.POST.get("back", ""), "saved": saved}
    if request.headers.get(FRAGMENT):
        return render(request, "translation/card.html", context, status=status)
    record = card.unit.source.model(pk=card.unit.pk)
    context |= {"tabs": tabs(entered, "work"), "record": record}
    return render(request, "translation/text.html", context, status=status)


def _state(given: QueryDict) -> TextState:
    return TextState.MACHINE if given.get("state") == TextState.MACHINE else TextState.REVIEWED


def _next(entered: Entered, given: QueryDict, unit_id: str) -> str:
    """Return the address of the work list with the next text in sight."""
    back = QueryDict(given.get("back", "").lstrip("?"))
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(back, listed.languages)
    page = back.get("page", "1")
    address = reverse("translation:work", args=[entered.edition.slug]) + _back(wanted, page)
    return f"{address}#{given.get('next', '')}" if given.get("next") else address


def _back(wanted: Wanted, page: object) -> str:
    query = wanted.query()
    return f"{query}&page={page}" if str(page).isdigit() and str(page) != "1" else query


def _choices(listed: Worklist, wanted: Wanted) -> dict[str, Sequence[tuple[str, str]]]:
    """What can be chosen in the filters: pairs of value and label."""
    kinds = dict.fromkeys(unit.source.key for unit in listed.units(wanted.lang))
    people = {str(one.account_id): one.name for one in listed.shares if one.language == wanted.lang}
    states = [(",".join(OPEN), _("Everything open"))]
    states += [(str(state), str(label)) for state, label in STATE_LABELS.items()]
    return {
        "states": states,
        "kinds": [(key, str(source.plural)) for key in kinds if (source := source_of(key))],
        "forums": [(str(pk), str(name)) for pk, name in listed.forums.items()],
        "people": [(MINE, _("My assignments")), (NOBODY, _("Assigned to nobody")), *people.items()],
    }
