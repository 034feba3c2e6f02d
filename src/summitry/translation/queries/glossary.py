"""The approved terms of the directory as the workbench looks them up, language by language."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.directory.models import Term
from summitry.directory.queries.terms import approved_terms
from summitry.translation.checking.terms import TermBase, TermPair, pairs_from
from summitry.translation.queries.units import Unit


class Glossary:
    """All approved terms, read with one statement when it is made."""

    def __init__(self) -> None:
        self._terms = [
            (term.slug, dict(term.words.texts), dict(term.forbidden), term.note) for term in approved_terms()
        ]
        self._bases: dict[tuple[str, str], TermBase] = {}

    def base(self, source: str, target: str) -> TermBase:
        """Return the terms from one language into another."""
        key = (source, target)
        if key not in self._bases:
            self._bases[key] = TermBase(pairs_from(self._terms, source, target), source, target)
        return self._bases[key]

    def pairs(self, unit: Unit, lang: str) -> list[TermPair]:
        """Return the terms that stand in a text's source, each once, in their order."""
        found = self.base(unit.text.source, lang).find(unit.original)
        return list(dict.fromkeys(hit.pair for hit in found))


def languages_in(terms: Iterable[Term]) -> list[str]:
    """Return the languages in which any of `terms` says something, in the order in which they come up."""
    return list(dict.fromkeys(lang for term in terms for lang in term.words.texts))
