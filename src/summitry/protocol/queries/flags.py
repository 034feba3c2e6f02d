"""The check of flags and names: a dry run over everybody who is represented, against the edition's naming profile.

It changes nothing. What it finds is said entity by entity; a person who looked says so (`Proof`), until something changes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.directory.enums import NameForm
from summitry.directory.models import Entity, FlagAsset
from summitry.directory.queries.entities import EntityNames, entity_names
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown, Text, formats, languages
from summitry.foundation.i18n.text import digest
from summitry.guests.enums import GONE
from summitry.guests.models import Delegation, Guest
from summitry.protocol.models import Proof

LOOK_ALIKES = (
    {"ID", "MC", "PL"}, {"TD", "RO", "MD", "AD"}, {"IE", "CI"}, {"NL", "LU"}, {"RU", "SI", "SK"}, {"AU", "NZ"},
    {"CO", "EC", "VE"}, {"GN", "ML", "SN"}, {"IT", "MX"}, {"IN", "NE"}, {"YE", "EG", "SY", "IQ"}, {"NO", "IS"},
)  # fmt: skip
"""Codes of entities whose flags are taken for each other, or differ by an emblem or the way up."""
_TOLERANCE = 0.02
_VIEW_BOX = re.compile(r'viewBox="[\d.\-]+[ ,]+[\d.\-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One entity: its name for the reader, all its names, its flag on the edition's days, and what is wrong with them."""

    entity_id: int
    code: str
    name: Shown
    names: Mapping[str, str]
    asset: str
    ratio: str
    guests: int
    problems: tuple[str, ...]
    look_alikes: tuple[str, ...]
    mark: str
    proof: Proof | None

    @property
    def is_proved(self) -> bool:
        """Whether somebody found exactly this right."""
        return self.proof is not None and self.proof.mark == self.mark


def check_flags(edition: Edition) -> list[FlagLine]:
    """Return a line for each entity that is represented, in the order of the reader's language, with eight statements."""
    counts = represented(edition)
    entities = {entity.pk: entity for entity in Entity.objects.filter(pk__in=counts)}
    shown = EntityNames(edition.naming_profile_id, get_language() or "en", edition.fallback)
    short = entity_names(edition.naming_profile, entities)
    formal = entity_names(edition.naming_profile, entities, NameForm.FORMAL)
    flags: dict[int, list[FlagAsset]] = defaultdict(list)
    for flag in FlagAsset.objects.filter(entity__in=entities).order_by("valid_from", "pk"):
        flags[flag.entity_id].append(flag)
    called: dict[int, list[Text]] = defaultdict(list)
    for pk, name in Delegation.objects.filter(edition=edition, entity__in=entities).values_list(
        "entity_id", "name"
    ):
        called[pk].append(name)
    proofs = {proof.entity_id: proof for proof in Proof.objects.filter(edition=edition, entity__in=entities)}
    lines = []
    for entity in shown.in_order(entities.values()):
        valid = [flag for flag in flags[entity.pk] if _overlaps(flag, edition.starts_on, edition.ends_on)]
        names = short.get(entity.pk, {})
        asset, ratio = (valid[0].asset, valid[0].ratio) if valid else ("", "")
        problems = [
            *_flag_problems(edition, valid),
            *_name_problems(edition, names),
            *_called_otherwise(called[entity.pk], names, formal.get(entity.pk, {})),
        ]
        lines.append(
            FlagLine(
                entity.pk,
                entity.code,
                shown.short(entity),
                names,
                asset,
                ratio,
                counts[entity.pk],
                tuple(problems),
                tuple(sorted(_alike(entity.code))),
                digest(json.dumps([asset, ratio, sorted(names.items())], ensure_ascii=False)),
                proofs.get(entity.pk),
            )
        )
    return lines


def represented(edition: Edition) -> Counter[int]:
    """Return which entities are represented by guests who come or may come, and by how many."""
    counts: Counter[int] = Counter()
    rows = Guest.objects.filter(edition=edition).exclude(state__in=GONE)
    for own, of_delegation in rows.values_list("person__entity_id", "delegation__entity_id"):
        entity = of_delegation or own
        if entity is not None:
            counts[entity] += 1
    return counts


def _flag_problems(edition: Edition, valid: list[FlagAsset]) -> Iterator[str]:
    lang = get_language() or "en"
    if not valid:
        yield _("No flag is approved for the days of the edition.")
        return
    flag = valid[0]
    if len(valid) > 1 or not _covers(flag, edition):
        changes = [
            day for one in valid for day in (one.valid_from, one.valid_to) if day and day >= edition.starts_on
        ]
        day = formats.date(min(changes), lang, "medium") if changes else ""
        yield _("The flag changes during the edition, on %(day)s.") % {"day": day}
    drawn = _drawn_ratio(flag.asset)
    if drawn is None:
        yield _("The drawing %(asset)s is not there.") % {"asset": flag.asset}
        return
    height, _colon, width = flag.ratio.partition(":")
    if abs(drawn * float(width) / float(height) - 1) > _TOLERANCE:
        yield _("The drawing does not have the official ratio %(ratio)s.") % {"ratio": flag.ratio}


def _name_problems(edition: Edition, names: Mapping[str, str]) -> Iterator[str]:
    reader = get_language() or "en"
    missing = [languages.name_in(lang, reader) for lang in edition.languages if lang not in names]
    if missing:
        yield _("The naming profile has no name in: %(languages)s.") % {
            "languages": formats.listing(missing, reader)
        }


def _called_otherwise(
    called: list[Text], short: Mapping[str, str], formal: Mapping[str, str]
) -> Iterator[str]:
    for name in called:
        for lang, words in name.texts.items():
            if lang in short and words not in (short[lang], formal.get(lang)):
                yield _("The delegation is called “%(called)s”, the profile says “%(name)s”.") % {
                    "called": words,
                    "name": short[lang],
                }


def _alike(code: str) -> set[str]:
    return {other for group in LOOK_ALIKES if code in group for other in group if other != code}


def _overlaps(flag: FlagAsset, first: dt.date, last: dt.date) -> bool:
    return (flag.valid_from is None or flag.valid_from <= last) and (
        flag.valid_to is None or flag.valid_to > first
    )


def _covers(flag: FlagAsset, edition: Edition) -> bool:
    return (flag.valid_from is None or flag.valid_from <= edition.starts_on) and (
        flag.valid_to is None or flag.valid_to > edition.ends_on
    )


@lru_cache(maxsize=512)
def _drawn_ratio(asset: str) -> float | None:
    """Return height by width of a drawing; None where there is no such file."""
    found = finders.find(asset)
    if not isinstance(found, str):
        return None
    with Path(found).open(encoding="utf-8", errors="replace") as drawing:
        size = _VIEW_BOX.search(drawing.read(2000))
    return float(size[2]) / float(size[1]) if size and float(size[1]) else None
