"""The glossary as readers and translators look it up."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from summitry.directory.enums import TermState
from summitry.directory.models import Term
from summitry.foundation.access import Actor, visible
from summitry.foundation.errors import NotFound


def terms(actor: Actor, *, states: Iterable[str] = (), q: str = "") -> QuerySet[Term]:
    """Return the terms that `actor` may see, by slug: those in one of `states` that say `q` in some language."""
    rows = visible(actor, Term.objects.select_related("topic"))
    wanted = [state for state in states if state in TermState.values]
    if wanted:
        rows = rows.filter(state__in=wanted)
    if not q:
        return rows
    folded = q.casefold()
    return rows.filter(pk__in=[term.pk for term in rows if _says(term, folded)])


def term_by_slug(actor: Actor, slug: str) -> Term:
    """Return one term. Raises NotFound where it does not exist or `actor` may not see it."""
    term = visible(actor, Term.objects.select_related("topic")).filter(slug=slug).first()
    if term is None:
        raise NotFound
    return term


def approved_terms() -> list[Term]:
    """Return all approved terms; they are public."""
    return list(Term.objects.filter(state=TermState.APPROVED))


def _says(term: Term, folded: str) -> bool:
    forms = [form for forms in term.forbidden.values() for form in forms]
    return any(folded in words.casefold() for words in (*term.words.texts.values(), *forms, term.slug))
