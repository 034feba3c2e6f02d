"""How far every language has come, and where something is left to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.foundation.i18n import TextState, languages
from summitry.translation.queries.worklist import MINE, OPEN, Progress, Wanted, Worklist
from summitry.translation.sources import source_of
from summitry.translation.views.door import enter
from summitry.translation.views.tabs import tabs


@dataclass(frozen=True, slots=True)
class Way:
    """How far something has come, and the addresses of exactly its texts: open ones, and by state."""

    name: object
    lang: str
    progress: Progress
    url: str
    missing: str
    stale: str
    machine: str
    current: bool = False


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the languages, and for one of them its forums and kinds of text."""
    entered = enter(request, edition)
    work = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(request.GET, work.languages)
    base = reverse("translation:work", args=[entered.edition.slug])
    mine = [
        _way(base, Wanted(lang=lang, assignee=MINE), languages.local_name(lang), progress)
        for lang in work.languages
        if (progress := _mine(work, lang)).total
    ]
    context = {
        "tabs": tabs(entered, "overview"),
        "wanted": wanted,
        "per_language": [
            _way(
                base, Wanted(lang=lang), languages.local_name(lang), work.progress(lang), lang == wanted.lang
            )
            for lang in work.languages
        ],
        "mine": mine,
        "deadline": work.deadline,
        "forums": [
            _way(base, Wanted(lang=wanted.lang, forum=pk), work.forums.get(pk, ""), progress)
            for pk, progress in work.by_forum(wanted.lang).items()
        ],
        "kinds": [
            _way(base, Wanted(lang=wanted.lang, kind=key), source.plural, progress)
            for key, progress in work.by_kind(wanted.lang).items()
            if (source := source_of(key))
        ],
    }
    return render(request, "translation/overview.html", context)


def _mine(work: Worklist, lang: str) -> Progress:
    return Progress.of(unit.state(lang) for unit in work.find(Wanted(lang=lang, assignee=MINE)))


def _way(base: str, wanted: Wanted, name: object, progress: Progress, current: bool = False) -> Way:  # noqa: FBT001, FBT002 - a mark in a table
    def address(*states: str) -> str:
        return base + wanted.but(state=states).query()

    return Way(
        name,
        wanted.lang,
        progress,
        address(*OPEN),
        address(TextState.MISSING),
        address(TextState.STALE),
        address(TextState.MACHINE),
        current,
    )
