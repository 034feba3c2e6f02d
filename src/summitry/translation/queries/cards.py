"""One text as the workbench shows it: the source with its terms and its changes, the translation, and what to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from summitry.foundation.i18n import TextState
from summitry.foundation.i18n.text import digest
from summitry.translation.checking.checks import check
from summitry.translation.checking.diff import Piece, difference
from summitry.translation.checking.terms import Found, TermPair, absent, forbidden
from summitry.translation.queries.former import former_sources
from summitry.translation.queries.glossary import Glossary
from summitry.translation.queries.units import Unit
from summitry.translation.queries.wording import STATE_LABELS, STATE_TONES, remark_sentence
from summitry.translation.queries.worklist import Worklist


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the source; `term` where it is an approved term."""

    text: str
    term: TermPair | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """All that the workbench shows of one text.

    `words` are what the reader typed where they could not be saved, and `theirs` what somebody else saved meanwhile.
    `seen_source` and `seen_target` are the digests to be sent back on saving.
    """

    unit: Unit
    lang: str
    state: TextState
    words: str
    stretches: tuple[Stretch, ...]
    terms: tuple[TermPair, ...]
    change: tuple[Piece, ...]
    is_former_unknown: bool
    remarks: tuple[str, ...]
    likenesses: tuple[str, ...]
    owners: tuple[str, ...]
    due: dt.datetime | None
    may_write: bool
    longest: int | None
    theirs: str = ""
    errors: tuple[str, ...] = ()
    notice: str = ""

    @property
    def key(self) -> str:
        """Its id as an HTML id."""
        return self.unit.id.replace(".", "-").replace(":", "-")

    @property
    def label(self) -> str:
        """Its state in words."""
        return str(STATE_LABELS[self.state])

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return STATE_TONES[self.state]

    @property
    def seen_source(self) -> str:
        """The digest of the source that is shown."""
        return digest(self.unit.original)

    @property
    def seen_target(self) -> str:
        """The digest of the translation as it is stored."""
        return digest(self.unit.text.get(self.lang))

    @property
    def rows(self) -> int:
        """How many lines the field for the translation should have."""
        return min(14, max(2, len(self.unit.original) // 60 + self.unit.original.count("\n") + 1))

    def refused(self, words: str, errors: Sequence[str], *, theirs: str = "", notice: str = "") -> Card:
        """Return the card with words that could not be saved, and why."""
        return replace(self, words=words, errors=tuple(errors), theirs=theirs, notice=notice)


def cards(units: Sequence[Unit], lang: str, work: Worklist, glossary: Glossary) -> list[Card]:
    """Return the cards of some texts, with a few statements for all of them."""
    former = former_sources(units, lang)
    likenesses = _likenesses(units, lang, work)
    return [_card(unit, lang, work, glossary, former, likenesses) for unit in units]


def remarks_on(unit: Unit, lang: str, words: str, glossary: Glossary) -> list[str]:
    """Return all that is to be said of `words` as a translation of a text, in sentences."""
    return _remarks(unit, lang, words, glossary.base(unit.text.source, lang).find(unit.original))


def _card(
    unit: Unit,
    lang: str,
    work: Worklist,
    glossary: Glossary,
    former: dict[str, str],
    likenesses: dict[str, tuple[str, ...]],
) -> Card:
    state, words = unit.state(lang), unit.text.get(lang)
    found = glossary.base(unit.text.source, lang).find(unit.original)
    was = former.get(unit.id)
    return Card(
        unit=unit,
        lang=lang,
        state=state,
        words=words,
        stretches=tuple(_stretches(unit.original, found)),
        terms=tuple(dict.fromkeys(hit.pair for hit in found)),
        change=tuple(difference(was, unit.original)) if was is not None else (),
        is_former_unknown=state is TextState.STALE and was is None,
        remarks=tuple(_remarks(unit, lang, words, found)),
        likenesses=likenesses.get(unit.id, ()),
        owners=tuple(dict.fromkeys(share.name for share in work.shares_of(unit, lang))),
        due=work.due(unit, lang),
        may_write=work.reach.may_write(lang, unit.forums),
        longest=unit.source.longest(unit.field.name),
    )


def _stretches(text: str, found: Sequence[Found]) -> Iterable[Stretch]:
    at = 0
    for hit in found:
        if hit.start > at:
            yield Stretch(text[at : hit.start])
        yield Stretch(text[hit.start : hit.end], hit.pair)
        at = hit.end
    if at < len(text):
        yield Stretch(text[at:])


def _remarks(unit: Unit, lang: str, words: str, found: Sequence[Found]) -> list[str]:
    if not words:
        return []
    longest = unit.source.longest(unit.field.name)
    sentences = [
        remark_sentence(remark)
        for remark in check(unit.original, words, is_prose=unit.field.is_prose, longest=longest)
    ]
    sentences += [
        _("The term “%(source)s” is agreed as “%(target)s”.") % {"source": pair.source, "target": pair.target}
        for pair in absent(found, words, lang)
    ]
    pairs = list(dict.fromkeys(hit.pair for hit in found))
    sentences += [
        _("“%(form)s” is not to be used for “%(source)s”.") % {"form": form, "source": pair.source}
        for form, pair in forbidden(pairs, words)
    ]
    return sentences


def _likenesses(units: Sequence[Unit], lang: str, work: Worklist) -> dict[str, tuple[str, ...]]:
    """What other texts with the same source have as their reviewed translation."""
    wanted = {(unit.text.source, unit.original) for unit in units}
    known: dict[tuple[str, str], dict[str, None]] = {}
    for unit in work.units(lang):
        key = (unit.text.source, unit.original)
        if key in wanted and unit.state(lang) is TextState.REVIEWED:
            known.setdefault(key, {})[unit.text.get(lang)] = None
    return {
        unit.id: tuple(
            words
            for words in known.get((unit.text.source, unit.original), {})
            if words != unit.text.get(lang)
        )[:3]
        for unit in units
    }
