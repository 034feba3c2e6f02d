"""The glossary over the API: reading it, proposing terms, and deciding on them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from summitry.directory.actions.term import (
    NewTerm,
    approve_term,
    change_term,
    propose_term,
    reopen_term,
    retire_term,
)
from summitry.directory.models import Term, Topic
from summitry.directory.queries.terms import term_by_slug
from summitry.directory.queries.terms import terms as terms_of
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.web.actor import actor_of

router = Router()


class GlossaryTermOut(Schema):
    """A term: its agreed words by language, and forms that are not to be used. `topic` is the topic's slug."""

    slug: str
    state: str
    words: Localised
    definition: Localised
    forbidden: dict[str, list[str]]
    topic: str | None
    note: str
    source: str


class GlossaryTermIn(Schema):
    """A term to be proposed, with words by language; `source_language` is the one that the others translate."""

    words: dict[str, str]
    source_language: str = "en"
    definition: dict[str, str] = {}
    forbidden: dict[str, list[str]] = {}
    topic: str | None = None
    note: str = ""
    source: str = ""


class GlossaryTermPatch(Schema):
    """What can be changed of a term; what is left out stays."""

    words: dict[str, str] | None = None
    definition: dict[str, str] | None = None
    forbidden: dict[str, list[str]] | None = None
    topic: str | None = None
    note: str | None = None
    source: str | None = None


@router.get("/terms", response=CursorPage[GlossaryTermOut], url_name="terms")
def list_terms(
    request: HttpRequest, q: str = "", state: str = "", cursor: str | None = None, limit: int = 50
) -> CursorPage[GlossaryTermOut]:
    """Terms of the glossary; everybody sees the approved ones."""
    rows = terms_of(actor_of(request), states=[state] if state else (), q=q[:100])
    found, following = page_of(rows, cursor=cursor, limit=limit, key="slug")
    return CursorPage[GlossaryTermOut](items=[_out(term) for term in found], next=following)


@router.post("/terms", response={201: GlossaryTermOut}, url_name="propose_term")
def propose(request: HttpRequest, given: GlossaryTermIn) -> Status[GlossaryTermOut]:
    """Propose a term."""
    new = NewTerm(
        words=Text.of(given.words, given.source_language),
        definition=Text.of(given.definition, given.source_language) if given.definition else Text(),
        forbidden=given.forbidden,
        topic=_topic(given.topic),
        note=given.note,
        source=given.source,
    )
    return Status(201, _out(propose_term(new, by=actor_of(request))))


@router.get("/terms/{slug}", response=GlossaryTermOut, url_name="term")
def one_term(request: HttpRequest, slug: str) -> GlossaryTermOut:
    """One term."""
    return _out(term_by_slug(actor_of(request), slug))


@router.patch("/terms/{slug}", response=GlossaryTermOut, url_name="change_term")
def change(request: HttpRequest, slug: str, given: GlossaryTermPatch) -> GlossaryTermOut:
    """Change a term."""
    actor = actor_of(request)
    term = term_by_slug(actor, slug)
    facts: dict[str, Any] = {
        name: value
        for name, value in given.dict(exclude_unset=True).items()
        if value is not None or name == "topic"
    }
    for name in ("words", "definition"):
        if name in facts:
            facts[name] = Text.of(facts[name], getattr(term, name).source)
    if "topic" in facts:
        facts["topic"] = _topic(facts["topic"])
    return _out(change_term(term, by=actor, **facts))


@router.post("/terms/{slug}/approve", response=GlossaryTermOut, url_name="approve_term")
def approve(request: HttpRequest, slug: str) -> GlossaryTermOut:
    """Approve a proposed term."""
    actor = actor_of(request)
    return _out(approve_term(term_by_slug(actor, slug), by=actor))


@router.post("/terms/{slug}/retire", response=GlossaryTermOut, url_name="retire_term")
def retire(request: HttpRequest, slug: str) -> GlossaryTermOut:
    """Take a term out of use."""
    actor = actor_of(request)
    return _out(retire_term(term_by_slug(actor, slug), by=actor))


@router.post("/terms/{slug}/reopen", response=GlossaryTermOut, url_name="reopen_term")
def reopen(request: HttpRequest, slug: str) -> GlossaryTermOut:
    """Make a term a proposal again."""
    actor = actor_of(request)
    return _out(reopen_term(term_by_slug(actor, slug), by=actor))


def _topic(slug: str | None) -> Topic | None:
    if slug is None:
        return None
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise InvalidInput(fields={"topic": ["There is no such topic."]})
    return topic


def _out(term: Term) -> GlossaryTermOut:
    return GlossaryTermOut(
        slug=term.slug,
        state=term.state,
        words=localised(term.words),
        definition=localised(term.definition),
        forbidden=term.forbidden,
        topic=term.topic.slug if term.topic else None,
        note=term.note,
        source=term.source,
    )
