"""Bringing translations back from a file: first a plan that says what would happen to each text, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import TextState
from summitry.foundation.i18n.text import digest
from summitry.translation.actions.translate import Origin, Wish, write_translations
from summitry.translation.checking.checks import Finding, check, tidy
from summitry.translation.enums import Outcome, Problem
from summitry.translation.errors import FileRefused, PlanOutdated
from summitry.translation.interchange.records import Document, Entry, Standing
from summitry.translation.interchange.table import read_table
from summitry.translation.interchange.xliff import read_xliff
from summitry.translation.queries.reach import Reach, languages_of, reach_of
from summitry.translation.queries.units import Unit, units_by_id

_PROBLEMS = {
    Finding.TOO_LONG: Problem.TOO_LONG,
    Finding.LINES: Problem.LINES,
    Finding.CHARACTERS: Problem.CHARACTERS,
}
WRITTEN = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.STATE, Outcome.STALE})


@dataclass(frozen=True, slots=True)
class Planned:
    """What happens to one text of the file: `wish` where something is written, `problem` where it is refused."""

    entry: Entry
    outcome: Outcome
    unit: Unit | None = None
    wish: Wish | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import would do. The fingerprint changes with anything that it depends on."""

    edition: Edition
    lang: str
    rows: tuple[Planned, ...]

    @property
    def wishes(self) -> list[Wish]:
        """What is to be written."""
        return [row.wish for row in self.rows if row.wish is not None]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many texts have which outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """A digest of what would be written, and in place of what."""
        parts = [
            f"{wish.unit.id}\0{wish.unit.text.to_json()}\0{wish.words}\0{wish.state}\0{wish.source}"
            for wish in self.wishes
        ]
        return hashlib.sha256("\1".join([self.lang, *parts]).encode()).hexdigest()[:24]


def read_translations(data: bytes, name: str = "") -> Document:
    """Read a file of translations, XLIFF 2 or CSV, by what it is rather than by its name. Raises FileRefused."""
    if not data.strip():
        raise FileRefused(reason=_("it is empty"))
    head = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:200].replace(b"\x00", b"")
    if head.startswith(b"<") or name.lower().endswith((".xlf", ".xliff", ".xml")):
        return read_xliff(data)
    return read_table(data)


def plan_import(
    edition: Edition, document: Document, lang: str, *, by: Actor, as_reviewed: bool = False
) -> ImportPlan:
    """Say what an import into `lang` would do; nothing is written. With `as_reviewed` every translation counts as such.

    Raises FileRefused for a file of another edition or language, PermissionRefused for whoever translates nothing.
    """
    reach = reach_of(by, edition)
    if not reach.writes:
        raise PermissionRefused
    if lang not in reach.of(languages_of(edition)):
        raise InvalidInput(fields={"lang": [_("Choose one of the languages of the edition.")]})
    if document.edition and document.edition != edition.slug:
        raise FileRefused(reason=_("it belongs to the edition “%(slug)s”") % {"slug": document.edition})
    if document.target_lang and document.target_lang != lang:
        raise FileRefused(reason=_("it holds translations into “%(lang)s”") % {"lang": document.target_lang})
    units = units_by_id(edition, [entry.id for entry in document.entries])
    entries, doubled = _once(document.entries)
    rows = [_planned(entry, units, lang, reach, as_reviewed=as_reviewed) for entry in entries]
    rows += [Planned(entry, Outcome.REFUSED, problem=Problem.TWICE) for entry in doubled]
    return ImportPlan(edition, lang, tuple(rows))


def apply_import(plan: ImportPlan, *, by: Actor, fingerprint: str | None = None) -> int:
    """Write all that `plan` says, or nothing; return how many texts changed. Writing it twice changes nothing more.

    Raises PlanOutdated where a text is no longer what it was when the plan was made, or where `fingerprint` is that of
    another plan. Announces TranslationsSaved.
    """
    if fingerprint is not None and fingerprint != plan.fingerprint:
        raise PlanOutdated
    reach = reach_of(by, plan.edition)
    if not all(reach.may_write(plan.lang, wish.unit.forums) for wish in plan.wishes):
        raise PermissionRefused
    with recording():
        now = units_by_id(plan.edition, [wish.unit.id for wish in plan.wishes])
        if any(wish.unit.id not in now or now[wish.unit.id].text != wish.unit.text for wish in plan.wishes):
            raise PlanOutdated
        try:
            changed = write_translations(plan.edition, plan.lang, plan.wishes, by=by, origin=Origin.FILE)
        except StaleState as error:  # somebody saved between the look above and the write
            raise PlanOutdated from error
        if changed:
            record(
                "translation.file.imported",
                by=by,
                obj=plan.edition,
                edition_id=plan.edition.pk,
                count=len(changed),
                language=plan.lang,
            )
    return len(changed)


def _once(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Take each id once; a second time with the same words adds nothing, with other words all of them are doubtful."""
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        by_id.setdefault(entry.id, []).append(entry)
    single, doubled = [], []
    for same in by_id.values():
        if len({entry.target for entry in same}) > 1:
            doubled += same
        else:
            single.append(same[0])
    return single, doubled


def _planned(
    entry: Entry, units: Mapping[str, Unit], lang: str, reach: Reach, *, as_reviewed: bool
) -> Planned:
    unit = units.get(entry.id)
    if unit is None or unit.text.source == lang or not reach.may_write(lang, unit.forums):
        return Planned(entry, Outcome.REFUSED, problem=Problem.UNKNOWN)
    problem = _problem(entry, unit, lang)
    if problem:
        return Planned(entry, Outcome.REFUSED, unit, problem=problem)
    if entry.target is None:
        return Planned(entry, Outcome.SAME, unit)
    words = tidy(entry.target, is_prose=unit.field.is_prose)
    reviewed = entry.standing is Standing.REVIEWED or (as_reviewed and entry.standing is not Standing.INITIAL)
    state = TextState.REVIEWED if reviewed else TextState.MACHINE
    if entry.source is not None and _plain(entry.source) != _plain(unit.original):
        return _from_old_source(entry, unit, lang, words, state)
    return _from_present_source(entry, unit, lang, words, state)


def _from_present_source(entry: Entry, unit: Unit, lang: str, words: str, state: TextState) -> Planned:
    here, present = unit.text.get(lang), unit.state(lang)
    if not words or (words == here and (present is TextState.REVIEWED or state is TextState.MACHINE)):
        return Planned(entry, Outcome.SAME, unit)
    outcome = Outcome.STATE if words == here else Outcome.CHANGED if here else Outcome.NEW
    return Planned(entry, outcome, unit, Wish(unit, words, state))


def _from_old_source(entry: Entry, unit: Unit, lang: str, words: str, state: TextState) -> Planned:
    """A translation of a former source is taken as stale where there is none of the present one; else it is refused."""
    refused = Planned(entry, Outcome.REFUSED, unit, problem=Problem.SOURCE_CHANGED)
    if unit.state(lang) in {TextState.REVIEWED, TextState.MACHINE} or not words:
        return refused
    source = _plain(entry.source or "")
    wish = Wish(unit, words, state, source)
    if unit.text.marks.get(lang) == (str(state), digest(source)) and unit.text.get(lang) == words:
        return Planned(entry, Outcome.SAME, unit)
    return Planned(entry, Outcome.STALE, unit, wish) if source else refused


def _problem(entry: Entry, unit: Unit, lang: str) -> Problem | None:
    if entry.target_lang and entry.target_lang != lang:
        return Problem.LANGUAGE
    if entry.source_lang and entry.source_lang != unit.text.source:
        return Problem.SOURCE_CHANGED
    words = tidy(entry.target or "", is_prose=unit.field.is_prose)
    longest = unit.source.longest(unit.field.name)
    remarks = check(unit.original, words, is_prose=unit.field.is_prose, longest=longest)
    return next((_PROBLEMS[remark.finding] for remark in remarks if remark.is_refused), None)


def _plain(text: str) -> str:
    """A source as it survives any file: line ends of one kind, no space at its ends."""
    return tidy(text, is_prose=True)
