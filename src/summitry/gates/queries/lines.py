"""What the roster says about guests: enough to recognise somebody and to find her, and nothing that a verdict does not need."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import F, Q

from summitry.directory.queries.affiliations import posts_on
from summitry.directory.queries.entities import flags_for
from summitry.directory.queries.names import NamesIndex, names_of
from summitry.directory.queries.scripts import script_of
from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.foundation.search.fold import PINYIN_MARK, fold, pinyin_tokens, tokens
from summitry.gates.enums import Effect
from summitry.gates.models import AccessRule, Grant
from summitry.gates.queries.access_table import Exemption, Holder, Interval, Rule, access_of, hours_on
from summitry.guests.enums import Capacity, GuestState
from summitry.guests.models import Guest

VIP = frozenset({Capacity.HEAD_OF_STATE, Capacity.HEAD_OF_GOVERNMENT, Capacity.MINISTER})
MARGIN = dt.timedelta(days=30)
"""A grant without a window holds from so long before the edition until so long after it."""
FIELDS = (
    "pk person_id category_id attendance state delegation_id principal_id principal__state badge_name "
    "badge_second_name badge_line deskword category__name category__colour category__capacity delegation__name "
    "delegation__entity_id delegation__organisation__name person__entity_id"
).split()


class Line(NamedTuple):
    """What the roster says about one guest."""

    facts: dict[str, Any]
    access: list[list[int]]
    is_gone: bool


def lines_of(edition: Edition, guest_ids: Collection[int] | None = None) -> dict[int, Line]:
    """Return the lines of some guests, or of all who were ever accredited, in a fixed number of queries."""
    chosen = (
        Q(pk__in=guest_ids)
        if guest_ids is not None
        else Q(state=GuestState.CONFIRMED) | Q(roster_line__isnull=False)
    )
    rows = list(
        Guest.objects.filter(chosen, edition=edition)
        .annotate(photo_mark=F("photo__sha256"))
        .values(*FIELDS, "photo_mark")
    )
    principals = {row["principal_id"] for row in rows if row["principal_id"]}
    holders = _holders(edition, {row["pk"] for row in rows} | principals)
    rules = rules_of(edition)
    people = {row["person_id"] for row in rows}
    names, posts = names_of(people), posts_on(people, edition.starts_on)
    entities = {row["delegation__entity_id"] or row["person__entity_id"] for row in rows} - {None}
    flags = flags_for(entities, edition.starts_on)
    lang = (edition.languages or ["en"])[0]
    lines = {}
    for row in rows:
        entity = row["delegation__entity_id"] or row["person__entity_id"]
        post = posts.get(row["person_id"])
        organisation = post[0].organisation if post else row["delegation__organisation__name"]
        facts = {
            **_names(row, names, lang, edition.fallback),
            "org": row["badge_line"] or _in(organisation or row["delegation__name"], lang, edition.fallback),
            "category": _in(row["category__name"], lang, edition.fallback),
            "category_id": row["category_id"],
            "colour": row["category__colour"],
            "flag": flags[entity].asset if entity in flags else "",
            "photo": (row["photo_mark"] or "")[:12],
            "note": row["deskword"],
            "vip": row["category__capacity"] in VIP,
            "delegation": row["delegation_id"],
        }
        facts["keys"] = search_keys([*names.spellings(row["person_id"]), facts["name"]], facts["org"])
        lines[row["pk"]] = Line(
            facts, [list(cell) for cell in access_of(holders[row["pk"]], rules)], is_gone=_is_gone(row)
        )
    return lines


def rules_of(edition: Edition) -> list[Rule]:
    """Return the rules of an edition with their hours of every day as intervals."""
    found = []
    for rule in AccessRule.objects.filter(edition=edition).order_by("pk"):
        first, last = rule.first_day or edition.starts_on, rule.last_day or edition.ends_on
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        hours = hours_on(days, rule.opens, rule.closes, edition.zone)
        found.append(Rule(rule.zone_id, rule.category_id, rule.attendance, hours))
    return found


def search_keys(spellings: Iterable[str], organisation: str) -> list[str]:
    """Return the words by whose beginnings a guest is found: folded, Han names also by pinyin and by its initials."""
    keys: dict[str, None] = {}
    for text in spellings:
        for run in fold(text).split():
            keys[run] = None
            keys.update(
                dict.fromkeys(run[start:] for start in range(1, len(run)) if not run[start].isascii())
            )
        keys.update(dict.fromkeys(word for word in tokens(text) if word.isascii()))
        syllables = [token.removeprefix(PINYIN_MARK) for token in pinyin_tokens(text)]
        for start in range(len(syllables)):
            keys["".join(syllables[start:])] = None
        keys["".join(syllable[0] for syllable in syllables if syllable)] = None
    keys.update(dict.fromkeys(fold(organisation).split()))
    keys.update(dict.fromkeys(word for word in tokens(organisation) if word.isascii()))
    return [key for key in keys if key]


def _names(row: dict[str, Any], names: NamesIndex, lang: str, chain: list[str]) -> dict[str, str]:
    shown = names.shown(row["person_id"], lang, tuple(chain)).text
    name = row["badge_name"] or shown
    second = row["badge_second_name"]
    if not second:
        others = (other for other in names.spellings(row["person_id"]) if script_of(other) != script_of(name))
        second = next(others, "")
    return {"name": name, "name2": second}


def _in(text: Text | None, lang: str, chain: list[str]) -> str:
    return text.shown(lang, chain).text if text else ""


def _is_gone(row: dict[str, Any]) -> bool:
    without_principal = row["principal_id"] and row["principal__state"] != GuestState.CONFIRMED
    return row["state"] != GuestState.CONFIRMED or bool(without_principal)


def _holders(edition: Edition, guest_ids: Collection[int]) -> dict[int, Holder]:
    categories: defaultdict[int, set[int]] = defaultdict(set)
    also = Guest.also.through.objects.filter(guest__in=guest_ids)
    for guest, category in also.values_list("guest_id", "category_id"):
        categories[guest].add(category)
    exemptions = _exemptions(edition, guest_ids)
    rows = Guest.objects.filter(pk__in=guest_ids).values_list(
        "pk", "category_id", "attendance", "principal_id"
    )
    plain = {
        pk: (
            Holder(frozenset({category, *categories[pk]}), attendance, tuple(exemptions.get(pk, ()))),
            principal,
        )
        for pk, category, attendance, principal in rows
    }
    return {
        pk: Holder(one.categories, one.attendance, one.exemptions, plain[principal][0])
        if principal in plain
        else one
        for pk, (one, principal) in plain.items()
    }


def _exemptions(edition: Edition, guest_ids: Collection[int]) -> dict[int, list[Exemption]]:
    begin = dt.datetime.combine(edition.starts_on, dt.time(), edition.zone) - MARGIN
    end = dt.datetime.combine(edition.ends_on, dt.time(), edition.zone) + MARGIN
    found: defaultdict[int, list[Exemption]] = defaultdict(list)
    rows = Grant.objects.filter(guest__in=guest_ids).values_list(
        "guest_id", "zone_id", "effect", "from_at", "until_at"
    )
    for guest, zone, effect, from_at, until_at in rows:
        window = Interval(int((from_at or begin).timestamp()), int((until_at or end).timestamp()))
        found[guest].append(Exemption(zone, window, effect == Effect.ALLOW))
    return found
