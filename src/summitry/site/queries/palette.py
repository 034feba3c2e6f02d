"""What the command palette finds: pages of the console's rail, and records that the reader works on, drafts included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor, visible, within
from summitry.foundation.i18n import Text
from summitry.foundation.search import fold, search
from summitry.foundation.web.navigation import console_rail
from summitry.programme.models import Appearance, Forum, Session, Speaker

MOST = 8
"""How many of one kind are shown."""

SHORTEST = 2


class Entry(NamedTuple):
    """Something to go to: what it is called, where it leads, and a word about it."""

    title: str
    url: str
    note: str = ""


class Group(NamedTuple):
    """Entries of one kind."""

    label: str
    entries: list[Entry]


class Asked(NamedTuple):
    """Who looks for what, where."""

    edition: Edition
    actor: Actor
    lang: str
    words: tuple[str, ...]
    indexed: dict[str, list[int]]

    def shown(self, text: Text) -> str:
        """Return a text for this reader."""
        return text.shown(self.lang, self.edition.fallback).text

    def matches(self, texts: Iterable[str]) -> bool:
        """Return whether all words are found in these texts, whatever their accents and case."""
        haystack = fold("\n".join(texts))
        return all(word in haystack for word in self.words)

    def best(self, kind: str, rows: dict[int, Entry], texts: Mapping[int, Iterable[str]]) -> list[Entry]:
        """Return the rows that match: those of the search index in its order (it knows pinyin), then the others."""
        ranked = [pk for pk in self.indexed.get(kind, ()) if pk in rows]
        others = sorted(
            (pk for pk in rows if pk not in set(ranked) and self.matches(texts[pk])),
            key=lambda pk: (not fold(rows[pk].title).startswith(self.words[0]), rows[pk].title),
        )
        return [rows[pk] for pk in (*ranked, *others)][:MOST]


def palette(edition: Edition, actor: Actor, lang: str, query: str) -> list[Group]:
    """Return what matches all words of `query`, by kind; an empty query gives all pages of the rail."""
    words = tuple(fold(query).split())
    groups = [Group(_("Pages"), list(_pages(edition, actor, words)))]
    if len("".join(words)) >= SHORTEST or any(not word.isascii() for word in words):
        indexed: dict[str, list[int]] = {}
        for hit in search(query, lang=lang, chain=edition.fallback, edition_id=edition.pk):
            indexed.setdefault(hit.kind, []).append(hit.object_id)
        asked = Asked(edition, actor, lang, words, indexed)
        groups += [Group(label, find(asked)) for label, find in _finders()]
    return [group for group in groups if group.entries]


def _finders() -> list[tuple[str, Callable[[Asked], list[Entry]]]]:
    return [
        (_("Forums"), _forums),
        (_("Sessions"), _sessions),
        (_("Speakers"), _people),
        (_("Rooms"), _rooms),
    ]


def _pages(edition: Edition, actor: Actor, words: tuple[str, ...]) -> Iterator[Entry]:
    for group in console_rail(edition, actor):
        for item in group.entries:
            folded = fold(f"{item.label} {group.label}")
            if all(word in folded for word in words):
                yield Entry(item.label, item.url, group.label)


def _forums(asked: Asked) -> list[Entry]:
    rows, texts = {}, {}
    mine = within(asked.actor, Forum.objects.filter(edition=asked.edition)).order_by()
    for pk, slug, title in mine.values_list("pk", "slug", "title"):
        rows[pk] = Entry(asked.shown(title) or slug, _url("programme_console:forum_edit", asked, slug))
        texts[pk] = (slug, *title.texts.values())
    return asked.best("forum", rows, texts)


def _sessions(asked: Asked) -> list[Entry]:
    rows, texts = {}, {}
    mine = within(asked.actor, Session.objects.filter(edition=asked.edition)).order_by()
    for pk, code, title, forum in mine.values_list("pk", "code", "title", "forum__title"):
        url = _url("programme_console:session_edit", asked, code)
        rows[pk] = Entry(asked.shown(title) or code, url, asked.shown(forum))
        texts[pk] = (code, *title.texts.values())
    return asked.best("session", rows, texts)


def _people(asked: Asked) -> list[Entry]:
    """Those who appear in what the reader works on; without a record of theirs, the list of their parts."""
    parts = within(asked.actor, Appearance.objects.filter(session__edition=asked.edition))
    ids = set(parts.order_by().values_list("person_id", flat=True))
    records = dict(
        Speaker.objects.filter(edition=asked.edition, person__in=ids).values_list("person_id", "pk")
    )
    names = names_of(ids)
    rows, texts = {}, {}
    for pk in ids:
        title = names.shown(pk, asked.lang, asked.edition.fallback).text
        if pk in records:
            url = _url("programme_console:speaker_record", asked, records[pk])
        else:
            url = f"{_url('programme_console:speakers', asked)}?{urlencode({'q': title})}"
        rows[pk] = Entry(title, url)
        texts[pk] = names.spellings(pk)
    return asked.best("person", rows, texts)


def _rooms(asked: Asked) -> list[Entry]:
    sessions = _url("programme_console:sessions", asked)
    rows, texts = {}, {}
    for pk, code, name in visible(asked.actor, Room.objects.filter(edition=asked.edition)).values_list(
        "pk", "code", "name"
    ):
        rows[pk] = Entry(asked.shown(name) or code, f"{sessions}?room={code}")
        texts[pk] = (code, *name.texts.values())
    return asked.best("room", rows, texts)


def _url(name: str, asked: Asked, *key: object) -> str:
    return reverse(name, args=[asked.edition.slug, *key])
