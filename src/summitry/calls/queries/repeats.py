"""Entries that likely repeat another one, and what the same organisation entered before. Proposals: nothing is merged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from summitry.calls.enums import LEFT, EntryState
from summitry.calls.models import Call, Entry
from summitry.foundation.i18n import Text

ALIKE = 0.75
"""Of the words of both titles, the share that both have: from here on two entries of one entrant are taken for one."""
EVERYBODYS = frozenset(
    "gmail.com outlook.com hotmail.com yahoo.com qq.com 163.com 126.com icloud.com proton.me protonmail.com mail.ru yandex.ru"
    " gmx.de web.de live.com aol.com sina.com foxmail.com".split()
)
"""Domains that say nothing about an organisation."""
MOST_SHOWN = 12
CROWD = 100
"""So many entries of one address or domain say nothing: an office that hands in for many would be compared with itself."""


def plain_key(words: str) -> str:
    """Return words without case, accents, signs and forms of letters that look the same, in one spelling."""
    letters = unicodedata.normalize("NFKD", words).casefold()
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


def pieces(words: str) -> frozenset[str]:
    """Return what of a title is compared: its words, and of scripts without spaces each two letters that follow each other."""
    found: set[str] = set()
    for word in plain_key(words).split():
        if any("\u2e80" <= c <= "\u9fff" or "\u0e00" <= c <= "\u0e7f" for c in word):
            found.update(word[n : n + 2] for n in range(max(len(word) - 1, 1)))
        else:
            found.add(word)
    return frozenset(found)


def titles_alike(one: Text, other: Text) -> float:
    """Return how far two titles agree, 0 to 1, in the language in which they agree best."""
    best = 0.0
    for words in one.texts.values():
        for others in other.texts.values():
            first, second = pieces(words), pieces(others)
            if first and second:
                best = max(best, len(first & second) / len(first | second))
    return best


@dataclass(frozen=True, slots=True)
class Likeness:
    """What entries are compared by."""

    pk: int
    number: int
    title: Text
    keys: frozenset[str]


def likeness_of(entry: Entry) -> Likeness:
    """Return what an entry is compared by: its title, and whose it is (organisation, its name, address, domain)."""
    domain = entry.contact_email.rpartition("@")[2].lower()
    keys = {f"address {entry.contact_email.lower()}"}
    if domain and domain not in EVERYBODYS:
        keys.add(f"domain {domain}")
    if entry.organisation_id:
        keys.add(f"organisation {entry.organisation_id}")
    if name := plain_key(entry.organisation_name):
        keys.add(f"name {name}")
    return Likeness(entry.pk, entry.number, entry.title, frozenset(keys))


def repeats_among(call: Call, entries: Iterable[Entry]) -> dict[int, int]:
    """Return by entry id, for those of `entries` that likely repeat another one of the call, the id of that one.

    The same words in a title are enough; of one entrant (organisation, address or domain) titles that are much alike. Of
    two the later one repeats the earlier. One query; each is compared with those only with whom it shares something.
    """
    wanted = {entry.pk for entry in entries}
    rows = Entry.objects.filter(call=call).exclude(state__in=LEFT).exclude(state=EntryState.DRAFT)
    fields = ("pk", "number", "title", "contact_email", "organisation_id", "organisation_name", "call_id")
    every = [likeness_of(row) for row in rows.only(*fields).order_by("number")]
    first: dict[str, Likeness] = {}
    by_key: dict[str, list[Likeness]] = {}
    for one in every:
        for key in _title_keys(one.title):
            first.setdefault(key, one)
        for key in one.keys:
            by_key.setdefault(key, []).append(one)
    near = {key: found for key, found in by_key.items() if len(found) <= CROWD}
    return {
        one.pk: found
        for one in every
        if one.pk in wanted and (found := _repeated(one, first, near)) is not None
    }


def handed_in_by_organisation(entry: Entry) -> int:
    """Return how many other entries the same organisation has in the call, drafts and those that left aside; one query."""
    name = plain_key(entry.organisation_name)
    if not name and not entry.organisation_id:
        return 0
    others = Entry.objects.filter(call=entry.call_id).exclude(pk=entry.pk)
    others = others.exclude(state__in=LEFT).exclude(state=EntryState.DRAFT)
    rows = others.values_list("organisation_id", "organisation_name")
    return sum(
        bool(pk and pk == entry.organisation_id) or (bool(name) and plain_key(given) == name)
        for pk, given in rows
    )


def entered_before(entry: Entry) -> list[Entry]:
    """Return what the same organisation or domain entered in earlier editions of the summit, the latest first.

    With call and edition loaded; drafts are left out. For those who work on the call. One query for each way to know it.
    """
    edition = entry.call.edition
    earlier = (
        Entry.objects.filter(
            call__edition__summit=edition.summit_id, call__edition__starts_on__lt=edition.starts_on
        )
        .exclude(state=EntryState.DRAFT)
        .select_related("call__edition")
    )
    return list(_of_same(entry, earlier).order_by("-call__edition__starts_on", "number")[:MOST_SHOWN])


def _of_same(entry: Entry, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    same = Q(contact_email__iexact=entry.contact_email)
    domain = entry.contact_email.rpartition("@")[2].lower()
    if domain and domain not in EVERYBODYS:
        same |= Q(contact_email__iendswith=f"@{domain}")
    if entry.organisation_id:
        same |= Q(organisation=entry.organisation_id)
    if entry.organisation_name:
        same |= Q(organisation_name__iexact=entry.organisation_name)
    return rows.filter(same)


def _title_keys(title: Text) -> set[str]:
    return {f"title {key}" for words in title.texts.values() if (key := plain_key(words))}


def _repeated(one: Likeness, first: Mapping[str, Likeness], near: Mapping[str, list[Likeness]]) -> int | None:
    """Return the earliest entry that `one` repeats."""
    found = [first[key] for key in _title_keys(one.title) if first[key].number < one.number]
    if not found:
        others = {
            other.pk: other for key in one.keys for other in near.get(key, ()) if other.number < one.number
        }
        found = [other for other in others.values() if titles_alike(one.title, other.title) >= ALIKE]
    return min(found, key=lambda other: other.number).pk if found else None
