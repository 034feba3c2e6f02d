"""The glossary as a CSV table, for terminologists who keep it elsewhere: taken along, and brought back with a plan first."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from summitry.directory.actions.term import (
    NewTerm,
    TermChanges,
    change_term,
    propose_terms,
    tidy_forbidden,
)
from summitry.directory.models import Term
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.i18n import Text

LARGEST = 5_000_000
MOST = 20_000
BETWEEN = "; "
_FIXED = ("slug", "state", "source_language", "source", "note")
_LANG = re.compile(r"(term|definition|never):([a-z]{2,3}(?:-[a-z0-9]{2,8})*)")
_ARMED = re.compile(r"'*[=+\-@\t\r]")
_DISARMED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class TermRow:
    """What happens to one line: a new term, changes of one, or `refused` with a sentence. Nothing of it: unchanged."""

    line: int
    label: str
    new: NewTerm | None = None
    term: Term | None = None
    changes: TermChanges | None = None
    refused: str = ""


def write_terms(terms: Iterable[Term], languages: Sequence[str]) -> bytes:
    """Return the table of terms as CSV in UTF-8, in which no text can act as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in term_rows(terms, languages):
        writer.writerow([_disarmed(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def term_rows(terms: Iterable[Term], languages: Sequence[str]) -> Iterator[list[str]]:
    """Yield the heading, then a row for each term: for each language its words, its forbidden forms, its definition."""
    heads = [f"{part}:{lang}" for part in ("term", "never", "definition") for lang in languages]
    yield [*_FIXED[:3], *heads, *_FIXED[3:]]
    for term in terms:
        cells = [term.slug, term.state, term.words.source]
        cells += [term.words.get(lang) for lang in languages]
        cells += [BETWEEN.join(term.forbidden.get(lang, ())) for lang in languages]
        cells += [term.definition.get(lang) for lang in languages]
        yield [*cells, term.source, term.note]


def plan_terms(data: bytes, *, by: Actor) -> list[TermRow]:
    """Say what a table would do to the glossary; nothing is written. Columns it does not have are left alone.

    A line whose slug is known changes that term, any other proposes one; states are decided here, not in tables.
    Raises InvalidInput for what is no such table, PermissionRefused for whoever may not propose terms.
    """
    require(by, "propose", model=Term)
    names, lines = _lines(data)
    slugs = [cells.get("slug", "") for cells in lines]
    known = {term.slug: term for term in Term.objects.filter(slug__in=[slug for slug in slugs if slug])}
    seen: set[str] = set()
    rows = []
    for number, cells in enumerate(lines, 2):
        slug = cells.get("slug", "")
        if slug and slug in seen:
            rows.append(TermRow(number, slug, refused=_("This term stands in the table twice.")))
            continue
        seen.add(slug)
        rows.append(_planned(number, cells, names, known.get(slug), by))
    return rows


def apply_terms(rows: Sequence[TermRow], *, by: Actor) -> tuple[int, int]:
    """Write what a plan says, all or nothing; return how many terms are new and how many changed. Raises StaleState."""
    with recording():
        new = [row.new for row in rows if row.new]
        if new:
            propose_terms(new, by=by)
        changed = [row for row in rows if row.term and row.changes]
        for row in changed:
            if row.term and row.changes:
                if not Term.objects.filter(pk=row.term.pk).exists():
                    raise StaleState
                change_term(row.term, by=by, **row.changes)
        if new or changed:
            record("directory.terms.imported", by=by, new=len(new), changed=len(changed))
    return len(new), len(changed)


def _planned(
    number: int, cells: Mapping[str, str], names: Sequence[str], term: Term | None, by: Actor
) -> TermRow:
    source = cells.get("source_language", "") or (term.words.source if term else "en")
    words = _text(cells, names, "term", term.words if term else Text({}, source))
    definition = _text(cells, names, "definition", term.definition if term else Text({}, source))
    forbidden = dict(term.forbidden) if term else {}
    for name in names:
        match = _LANG.fullmatch(name)
        if match and match[1] == "never":
            forbidden[match[2]] = [form.strip() for form in cells.get(name, "").split(";")]
    label = str(words) or cells.get("slug", "")
    try:
        tidy = tidy_forbidden(words, forbidden)
    except InvalidInput as refusal:
        return TermRow(number, label, refused=str(refusal))
    plain = {name: cells[name] for name in ("source", "note") if name in names}
    if term is None:
        new = NewTerm(
            words=words,
            definition=definition,
            forbidden=tidy,
            slug=slugify(cells.get("slug", ""))[:70],
            note=plain.get("note", ""),
            source=plain.get("source", ""),
        )
        return TermRow(number, label, new=new)
    wanted = {"words": words, "definition": definition, "forbidden": tidy, **plain}
    changes = {name: value for name, value in wanted.items() if getattr(term, name) != value}
    if changes and not policy_for(Term).may(by, "edit", term):
        return TermRow(number, label, refused=_("You may propose terms, but not change this one."))
    return TermRow(number, label, term=term, changes=changes or None)  # type: ignore[arg-type] # its keys are those above


def _text(cells: Mapping[str, str], names: Sequence[str], part: str, before: Text) -> Text:
    texts = dict(before.texts)
    for name in names:
        match = _LANG.fullmatch(name)
        if match and match[1] == part:
            texts[match[2]] = cells.get(name, "")
    said = {lang: words for lang, words in texts.items() if words}
    return (
        before
        if said == dict(before.texts)
        else Text.of(said, before.source if before.source in said else "")
    )


def _lines(data: bytes) -> tuple[list[str], list[dict[str, str]]]:
    if len(data) > LARGEST:
        raise InvalidInput(_("The file is too large."))
    try:
        text = data.decode("utf-8-sig")
        delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(_("This is no CSV table in UTF-8.")) from error
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if not any(_LANG.fullmatch(name) for name in names):
        raise InvalidInput(_("The table needs a column such as “term:en”."))
    if len(rows) > MOST:
        raise InvalidInput(_("The table has too many lines."))
    lines = [{name: _armed(cell).strip() for name, cell in zip(names, row, strict=False)} for row in rows[1:]]
    return names, [cells for cells in lines if any(cells.values())]


def _disarmed(cell: str) -> str:
    return f"'{cell}" if _ARMED.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if _DISARMED.match(cell) else cell
