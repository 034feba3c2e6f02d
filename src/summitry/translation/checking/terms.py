"""Finding approved terms in a source text, and asking whether a translation says them as agreed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summitry.translation.checking.tokens import folded, is_unspaced

_SHORTEST_STEM = 3
_INFLECTED = {
    "ru",
    "uk",
    "pl",
    "cs",
    "sr",
    "bg",
    "de",
    "fi",
    "tr",
    "hu",
    "es",
    "fr",
    "it",
    "pt",
    "ar",
    "he",
    "fa",
}
_ENDINGS = {"en": r"(?:'?s|es|s')?"}


@dataclass(frozen=True, slots=True)
class TermPair:
    """An approved term between two languages: its key, the source form, the agreed target form, forbidden ones."""

    key: str
    source: str
    target: str
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a term stands in a text."""

    start: int
    end: int
    pair: TermPair


class TermBase:
    """The approved terms from one language into another, ready to be looked for in many texts."""

    def __init__(self, pairs: Sequence[TermPair], source: str, target: str) -> None:
        self.source, self.target = source, target
        self._pairs: dict[str, TermPair] = {}
        for pair in pairs:
            self._pairs.setdefault(_spaced(pair.source), pair)
        forms = sorted((pair.source for pair in self._pairs.values()), key=len, reverse=True)
        pattern = "|".join(_pattern(form, source) for form in forms)
        self._forms = re.compile(pattern, re.IGNORECASE) if pattern else None

    def find(self, text: str) -> list[Found]:
        """Return the terms in `text` from its start to its end; where two overlap, the longer one."""
        if self._forms is None:
            return []
        found = []
        for match in self._forms.finditer(text):
            pair = self._pair(match[0])
            if pair:
                found.append(Found(match.start(), match.end(), pair))
        return found

    def _pair(self, words: str) -> TermPair | None:
        said = _spaced(words)
        for cut in (0, 1, 2):
            pair = self._pairs.get(said[: len(said) - cut] if cut else said)
            if pair:
                return pair
        return None


def absent(found: Sequence[Found], translation: str, lang: str) -> list[TermPair]:
    """Return the terms of a source whose agreed form the translation does not show, each once."""
    pairs = dict.fromkeys(hit.pair for hit in found)
    return [pair for pair in pairs if pair.target and not says(pair.target, translation, lang)]


def forbidden(pairs: Sequence[TermPair], translation: str) -> list[tuple[str, TermPair]]:
    """Return the forbidden forms that stand in the translation, each with its term."""
    text = folded(translation)
    hits = []
    for pair in pairs:
        # A forbidden form may be a part of the agreed one: what is said as agreed does not count.
        rest = text.replace(folded(pair.target), " ") if pair.target else text
        hits += [(form, pair) for form in pair.forbidden if _holds(rest, folded(form))]
    return hits


def says(form: str, text: str, lang: str) -> bool:
    """Return whether `text` uses `form`; in languages that inflect, by the beginnings of its words in order."""
    said, wanted = folded(text), folded(form)
    if wanted in said:
        return True
    if lang.split("-", maxsplit=1)[0] not in _INFLECTED:
        return False
    stems = [re.escape(_stem(word)) for word in wanted.split()]
    return bool(re.search(r"\w*\W+(?:\w+\W+)?".join(stems), said))


def pairs_from(
    terms: Sequence[tuple[str, Mapping[str, str], Mapping[str, Sequence[str]], str]], source: str, target: str
) -> list[TermPair]:
    """Return the pairs between two languages out of (key, words, forbidden, note); terms that lack either are left out."""
    return [
        TermPair(key, words[source], words.get(target, ""), tuple(ban.get(target, ())), note)
        for key, words, ban, note in terms
        if words.get(source) and (words.get(target) or ban.get(target))
    ]


def _pattern(form: str, lang: str) -> str:
    escaped = r"\s+".join(re.escape(word) for word in form.split())
    if is_unspaced(form):
        return escaped
    before = r"(?<!\w)" if form[:1].isalnum() else ""
    after = r"(?!\w)" if form[-1:].isalnum() else ""
    return f"{before}{escaped}{_ENDINGS.get(lang, '')}{after}"


def _holds(text: str, form: str) -> bool:
    if not form:
        return False
    if is_unspaced(form):
        return form in text
    return bool(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text))


def _stem(word: str) -> str:
    word = word.removeprefix("ال")
    return word[: max(_SHORTEST_STEM, len(word) - 3)] if len(word) > _SHORTEST_STEM else word


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())
