"""The list of speakers and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from summitry.foundation import clock
from summitry.foundation.errors import NotFound
from summitry.foundation.web.markup import rendered
from summitry.programme.forms import SpeakerQuery
from summitry.programme.queries.cells import cells_by_day, unmarked
from summitry.programme.queries.links import Links, links_of
from summitry.programme.queries.present import present_edition
from summitry.programme.queries.programme import PersonLine
from summitry.programme.queries.speakers import (
    PER_PAGE,
    PostLine,
    SpeakerLine,
    found_speakers,
    letters_of,
    profile_of,
    speakers_of,
)
from summitry.programme.queries.timetable import moment_key
from summitry.programme.views.shared_page import Subject, shared_page, subject_of


@require_safe
def speakers(request: HttpRequest, edition: str) -> HttpResponse:
    """List the speakers by letter; `page=all` shows them on one page."""
    subject = subject_of(present_edition(request, edition, nav="speakers"), "speakers")
    query = SpeakerQuery.read(request.GET)
    return shared_page(
        request,
        subject,
        "programme/speakers.html",
        (query,),
        lambda: _list_context(subject, query),
        query=query.address(),
    )


@require_safe
def speaker(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a speaker: names, posts, biography and sessions."""
    subject = subject_of(present_edition(request, edition, nav="speakers"), "speakers")
    programme = subject.programme
    line = next((person for person in programme.people.values() if person.slug == slug), None)
    if line is None:
        raise NotFound
    days = sorted({session.day for session in programme.of_person(line.id)})
    key = moment_key(programme, days, clock.now())
    return shared_page(request, subject, "programme/speaker.html", key, lambda: _context(subject, line))


def _list_context(subject: Subject, query: SpeakerQuery) -> dict[str, Any]:
    edition, programme = subject.edition, subject.programme
    links = links_of(edition.slug, programme.lang)
    everybody = speakers_of(edition, programme)
    forum = next((line for line in programme.forums if line.slug == query.forum), None)
    found = found_speakers(everybody, query.q, forum.id if forum else None)
    paginator = Paginator(found, max(1, len(found)) if query.page == "all" else PER_PAGE)
    page = paginator.get_page(query.page)
    return {
        "addresses": links,
        "query": query,
        "count": ngettext("%(count)d speaker", "%(count)d speakers", len(found)) % {"count": len(found)},
        "letters": _letters(found, paginator, query),
        "groups": [(letter, _lines(group, links)) for letter, group in letters_of(list(page))],
        "page": page,
        "page_query": _page_query(query),
        "all_url": query.address(page="all"),
        "forums": programme.forums,
    }


def _letters(
    found: Sequence[SpeakerLine], paginator: Paginator[SpeakerLine], query: SpeakerQuery
) -> list[tuple[str, str]]:
    """Return each letter with the address at which its group begins."""
    letters: dict[str, str] = {}
    for place, line in enumerate(found):
        if line.letter not in letters:
            number = "all" if query.page == "all" else str(place // paginator.per_page + 1)
            letters[line.letter] = f"{query.address(page=number)}#letter-{line.letter}"
    return list(letters.items())


def _lines(speakers: Sequence[SpeakerLine], links: Links) -> list[dict[str, Any]]:
    return [
        {
            "name_html": unmarked(line.person.name),
            "url": links.speaker(line.person.slug),
            "post_html": _post(line.post),
            "initial": line.person.name.text[:1],
        }
        for line in speakers
    ]


def _post(post: PostLine | None) -> SafeString:
    parts = [unmarked(shown) for shown in (post.title, post.organisation) if shown.text] if post else []
    return format_html_join(" · ", "<bdi>{}</bdi>", ((part,) for part in parts))


def _page_query(query: SpeakerQuery) -> str:
    values = {name: value for name, value in (("q", query.q), ("forum", query.forum)) if value}
    return f"&{urlencode(values)}" if values else ""


def _context(subject: Subject, line: PersonLine) -> dict[str, Any]:
    edition, programme = subject.edition, subject.programme
    links = links_of(edition.slug, programme.lang)
    profile = profile_of(edition, programme, line)
    return {
        "addresses": links,
        "here": links.speaker(line.slug),
        "person": line,
        "name_html": unmarked(line.name),
        "profile": profile,
        "biography_html": rendered(profile.biography.text),
        "cells_by_day": cells_by_day(programme, programme.of_person(line.id), links, clock.now()),
    }
