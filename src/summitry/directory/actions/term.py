"""The glossary: proposing, approving, changing and retiring terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from summitry.directory.enums import TermState
from summitry.directory.errors import TermForbidsItself, TermWithoutWords
from summitry.directory.events import TermsChanged
from summitry.directory.models import Term, Topic
from summitry.directory.queries.slugs import free_slugs, slug_base
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.i18n import Text
from summitry.foundation.states import TransitionTable, transition

STEPS = TransitionTable(
    "directory.term",
    "state",
    {
        TermState.PROPOSED: frozenset({TermState.APPROVED, TermState.RETIRED}),
        TermState.APPROVED: frozenset({TermState.PROPOSED, TermState.RETIRED}),
        TermState.RETIRED: frozenset({TermState.PROPOSED}),
    },
)
Forbidden = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """A term to be proposed. Without `slug`, one is made from a Latin form of its words."""

    words: Text
    definition: Text = field(default_factory=Text)
    forbidden: Forbidden = field(default_factory=dict)
    topic: Topic | None = None
    note: str = ""
    source: str = ""
    slug: str = ""


class TermChanges(TypedDict, total=False):
    """What `change_term` can change; the address stays."""

    words: Text
    definition: Text
    forbidden: Forbidden
    topic: Topic | None
    note: str
    source: str


def propose_term(new: NewTerm, *, by: Actor) -> Term:
    """Propose a term; nobody is held to it before it is approved. Announces TermsChanged."""
    return propose_terms([new], by=by)[0]


def propose_terms(rows: Sequence[NewTerm], *, by: Actor) -> list[Term]:
    """Propose many terms, all or none. Announces TermsChanged. Raises InvalidInput."""
    require(by, "propose", model=Term)
    with recording():
        bases = [row.slug or slug_base(_names(row.words), limit=70) for row in rows]
        terms = []
        for row, slug in zip(rows, free_slugs(Term, bases), strict=True):
            forbidden = tidy_forbidden(row.words, row.forbidden)
            term = Term(
                slug=slug,
                words=row.words,
                definition=row.definition,
                forbidden=forbidden,
                topic=row.topic,
                note=row.note,
                source=row.source,
                proposed_at=clock.now(),
            )
            checked(term).save(force_insert=True)
            record("directory.term.proposed", by=by, obj=term, after={"words": term.words})
            terms.append(term)
        announce(TermsChanged(by=by, term_ids=tuple(term.pk for term in terms)))
    return terms


def approve_term(term: Term, *, by: Actor) -> Term:
    """Make a proposed term the one that translators are held to. Announces TermsChanged. Raises StaleState."""
    return _move(term, TermState.APPROVED, "approve", "directory.term.approved", by)


def retire_term(term: Term, *, by: Actor) -> Term:
    """Take a term out of use; it stays readable for those who keep the glossary. Announces TermsChanged."""
    return _move(term, TermState.RETIRED, "retire", "directory.term.retired", by)


def reopen_term(term: Term, *, by: Actor) -> Term:
    """Make an approved or retired term a proposal again. Announces TermsChanged."""
    return _move(term, TermState.PROPOSED, "retire", "directory.term.reopened", by)


def change_term(
    term: Term, *, by: Actor, expected: TermChanges | None = None, **changes: Unpack[TermChanges]
) -> Term:
    """Change a term. Raises StaleState where somebody changed the same facts first, and InvalidInput.

    Announces TermsChanged where anything differs.
    """
    require(by, "edit", term)
    words = changes.get("words", term.words)
    if "words" in changes or "forbidden" in changes:
        changes["forbidden"] = tidy_forbidden(words, changes.get("forbidden", term.forbidden))
    with recording():
        if change(term, changes, by=by, audit="directory.term.changed", expected=expected):
            announce(TermsChanged(by=by, term_ids=(term.pk,)))
    return term


def tidy_forbidden(words: Text, forbidden: Forbidden) -> dict[str, list[str]]:
    """Return the forbidden forms without blanks and doubles.

    Raises TermWithoutWords, and TermForbidsItself where a form is the agreed one as well.
    """
    if not words:
        raise TermWithoutWords(fields={"words": [str(TermWithoutWords())]})
    tidy = {}
    for lang, forms in sorted(forbidden.items()):
        kept = list(dict.fromkeys(form.strip() for form in forms if form.strip()))
        if words.get(lang) in kept:
            error = TermForbidsItself(form=words.get(lang))
            raise TermForbidsItself(form=words.get(lang), fields={"forbidden": [str(error)]})
        if kept:
            tidy[lang] = kept
    return tidy


def _names(words: Text) -> list[str]:
    return [words.get(words.source), *words.texts.values()]


def _move(term: Term, to: TermState, verb: str, audit: str, by: Actor) -> Term:
    require(by, verb, term)
    with recording():
        transition(term, STEPS, to, by=by, audit=audit)
        announce(TermsChanged(by=by, term_ids=(term.pk,)))
    return term
