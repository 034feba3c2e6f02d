"""Addresses of people and organisations: from a Latin form that was given, else a short code. Nothing is romanised."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Model, Q
from django.utils.text import slugify

from summitry.directory.queries.scripts import LATIN, script_of
from summitry.directory.queries.sorting import latin_letters

_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
ATTEMPTS = 8  # as many may take the same address between our look and our write
_CHUNK = 400


def slug_base(candidates: Iterable[str], limit: int = 60) -> str:
    """Return the slug of the first Latin text among `candidates`; a short opaque code where there is none."""
    for text in candidates:
        if script_of(text) == LATIN:
            slug = slugify(latin_letters(text))[:limit].strip("-")
            if slug:
                return slug
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))


def free_slugs(model: type[Model], bases: Sequence[str]) -> list[str]:
    """Return one slug for each of `bases`, unique in `model` and among themselves: `base`, `base-2`, `base-3`…"""
    return numbered(bases, _taken(model, sorted(set(bases))))


def numbered(bases: Iterable[str], taken: set[str]) -> list[str]:
    """Return each of `bases`, with the next free number behind those that are `taken` or come a second time."""
    used = set(taken)
    numbers: dict[str, int] = {}
    slugs = []
    for base in bases:
        slug, number = base, numbers.get(base, 1)
        while slug in used:
            number += 1
            slug = f"{base}-{number}"
        numbers[base] = number
        used.add(slug)
        slugs.append(slug)
    return slugs


def _taken(model: type[Model], bases: list[str]) -> set[str]:
    rows = model._default_manager
    taken: set[str] = set()
    for start in range(0, len(bases), _CHUNK):
        taken.update(rows.filter(slug__in=bases[start : start + _CHUNK]).values_list("slug", flat=True))
    clashing = sorted(taken)
    for start in range(0, len(clashing), 50):
        numbered = reduce(or_, (Q(slug__startswith=f"{base}-") for base in clashing[start : start + 50]))
        taken.update(rows.filter(numbered).values_list("slug", flat=True))
    return taken
