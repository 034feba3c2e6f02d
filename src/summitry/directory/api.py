"""The directory over the API: topics, countries and regions with their names and flags, and the naming profiles."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.templatetags.static import static
from ninja import Router, Schema

from summitry.directory.models import Entity, NamingProfile, Topic
from summitry.directory.queries.entities import Flag, entity_names, flags_for, profile_by_slug
from summitry.foundation import clock
from summitry.foundation.access import visible
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.web.actor import actor_of

router = Router()


class TopicOut(Schema):
    """A topic; `parent` is the slug of the topic above it."""

    slug: str
    name: Localised
    parent: str | None
    tone: str


class FlagOut(Schema):
    """A flag: where its SVG is, and its official ratio, height first."""

    url: str
    ratio: str


class EntityOut(Schema):
    """A country, region or body with its short names by language, as the naming profile has them."""

    code: str
    kind: str
    names: dict[str, str]
    flag: FlagOut | None


class ProfileOut(Schema):
    """One version of a naming profile. A frozen one never changes."""

    slug: str
    version: int
    title: str
    source: str
    frozen_at: dt.datetime | None


@router.get("/topics", response=CursorPage[TopicOut], url_name="topics")
def list_topics(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> CursorPage[TopicOut]:
    """All topics."""
    rows = visible(actor_of(request), Topic.objects.select_related("parent"))
    topics, following = page_of(rows, cursor=cursor, limit=limit)
    items = [
        TopicOut(
            slug=topic.slug,
            name=localised(topic.name),
            parent=topic.parent.slug if topic.parent else None,
            tone=topic.tone,
        )
        for topic in topics
    ]
    return CursorPage[TopicOut](items=items, next=following)


@router.get("/profiles", response=CursorPage[ProfileOut], url_name="profiles")
def list_profiles(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> CursorPage[ProfileOut]:
    """All versions of all naming profiles."""
    rows, following = page_of(
        visible(actor_of(request), NamingProfile.objects.all()), cursor=cursor, limit=limit
    )
    items = [
        ProfileOut(
            slug=row.slug, version=row.version, title=row.title, source=row.source, frozen_at=row.frozen_at
        )
        for row in rows
    ]
    return CursorPage[ProfileOut](items=items, next=following)


@router.get("/entities", response=CursorPage[EntityOut], url_name="entities")
def list_entities(
    request: HttpRequest,
    profile: str,
    version: int | None = None,
    on: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[EntityOut]:
    """Countries and regions as a naming profile (its newest version by default) names them, with the flags of a day."""
    names_from = profile_by_slug(actor_of(request), profile, version)
    rows = visible(actor_of(request), Entity.objects.all())
    entities, following = page_of(rows, cursor=cursor, limit=limit, key="code")
    ids = [entity.pk for entity in entities]
    names = entity_names(names_from, ids)
    flags = flags_for(ids, on or clock.now().date())
    items = [
        EntityOut(
            code=entity.code,
            kind=entity.kind,
            names=names.get(entity.pk, {}),
            flag=_flag(flags.get(entity.pk)),
        )
        for entity in entities
    ]
    return CursorPage[EntityOut](items=items, next=following)


def _flag(flag: Flag | None) -> FlagOut | None:
    return FlagOut(url=static(flag.asset), ratio=flag.ratio) if flag else None
