"""Founding a summit, and opening and changing its editions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.directory.models import NamingProfile, Topic
from summitry.editions.actions.content import touch_content
from summitry.editions.enums import EditionOrigin
from summitry.editions.errors import ReservedSlug, SlugTaken, UnknownZone
from summitry.editions.events import EditionChanged, EditionCreated
from summitry.editions.models import Edition, EditionTopic, Summit
from summitry.editions.models.edition import RESERVED_SLUGS
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


class EditionFacts(TypedDict, total=False):
    """What can be said about an edition, beside its address."""

    acronym: str
    origin: EditionOrigin
    year: int
    ordinal: int | None
    ordinal_note: Text
    name: Text
    formal_title: Text
    motto: Text
    lead: Text
    host_city: Text
    starts_on: dt.date
    ends_on: dt.date
    zone_name: str
    languages: list[str]
    fallback: list[str]
    naming_profile: NamingProfile | None
    website: str
    is_public: bool
    external: dict[str, Any]


def create_summit(slug: str, name: Text, *, by: Actor) -> Summit:
    """Found a series of editions."""
    require(by, "create", model=Summit)
    with recording():
        if Summit.objects.filter(slug=slug).exists():
            raise SlugTaken(slug=slug, fields={"slug": [str(SlugTaken(slug=slug))]})
        summit = checked(Summit(slug=slug, name=name))
        summit.save()
        record("editions.summit.created", by=by, obj=summit)
    return summit


def create_edition(summit: Summit, slug: str, *, by: Actor, **facts: Unpack[EditionFacts]) -> Edition:
    """Open an edition of `summit` at the address `slug`; it is not public until `is_public` says so.

    `starts_on` and `ends_on` are needed; the year is that of the first day unless given. Raises ReservedSlug,
    SlugTaken and UnknownZone. Announces EditionCreated.
    """
    require(by, "create", model=Edition)
    return open_edition(Edition(summit=summit, slug=slug, **facts), by=by)


def open_edition(edition: Edition, *, by: Actor, source: Edition | None = None) -> Edition:
    """Check and write a new edition for a caller who has asked for permission. Announces EditionCreated."""
    check_slug(edition.slug)
    check_zone(edition.zone_name)
    check_languages("languages", edition.languages)
    check_languages("fallback", edition.fallback)
    check_days(edition.starts_on, edition.ends_on)
    edition.year = edition.year or edition.starts_on.year
    with recording():
        checked(edition)
        try:
            with transaction.atomic():
                edition.save(force_insert=True)
        except IntegrityError as error:
            raise SlugTaken(slug=edition.slug) from error
        if source is None:
            record("editions.edition.created", by=by, obj=edition, edition_id=edition.pk)
        else:
            record("editions.edition.cloned", by=by, obj=edition, edition_id=edition.pk, source=str(source))
        announce(EditionCreated(by=by, edition_id=edition.pk, source_id=source.pk if source else None))
    return edition


def update_edition(
    edition: Edition, *, by: Actor, expected: EditionFacts | None = None, **changes: Unpack[EditionFacts]
) -> Edition:
    """Change facts about an edition. Its address stays, for it has been printed and linked.

    Raises StaleState where somebody changed the same facts first (`expected` is what the editor saw). Announces
    EditionChanged where anything differs.
    """
    require(by, "edit", edition)
    if "zone_name" in changes:
        check_zone(changes["zone_name"])
    check_languages("languages", changes.get("languages", []))
    check_languages("fallback", changes.get("fallback", []))
    check_days(changes.get("starts_on", edition.starts_on), changes.get("ends_on", edition.ends_on))
    with recording():
        if change(edition, changes, by=by, audit="editions.edition.changed", expected=expected):
            touch_content(edition.pk)
            announce(EditionChanged(by=by, edition_id=edition.pk))
    return edition


def set_topics(edition: Edition, topics: Sequence[Topic], *, by: Actor) -> None:
    """Say which topics an edition uses, in this order. Announces EditionChanged where anything differs."""
    require(by, "edit", edition)
    wanted = list(dict.fromkeys(topic.pk for topic in topics))
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        present = list(edition.edition_topics.values_list("topic_id", flat=True))
        if present == wanted:
            return
        edition.edition_topics.all().delete()
        EditionTopic.objects.bulk_create(
            EditionTopic(edition=edition, topic_id=topic_id, position=position)
            for position, topic_id in enumerate(wanted)
        )
        record(
            "editions.topics.set",
            by=by,
            obj=edition,
            edition_id=edition.pk,
            before={"topics": present},
            after={"topics": wanted},
        )
        touch_content(edition.pk)
        announce(EditionChanged(by=by, edition_id=edition.pk))


def check_slug(slug: str) -> None:
    """Raise ReservedSlug or SlugTaken where `slug` cannot be the address of a new edition."""
    if slug in RESERVED_SLUGS:
        raise ReservedSlug(slug=slug, fields={"slug": [str(ReservedSlug(slug=slug))]})
    if Edition.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug, fields={"slug": [str(SlugTaken(slug=slug))]})


def check_zone(zone_name: str) -> None:
    """Raise UnknownZone where no time zone has this name."""
    try:
        ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(zone=zone_name, fields={"zone_name": [str(UnknownZone(zone=zone_name))]}) from error


def check_days(starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    """Raise InvalidInput where the first day is missing or after the last."""
    if starts_on is None or ends_on is None:
        raise InvalidInput(fields={"starts_on": [_("Please give the first and the last day.")]})
    if starts_on > ends_on:
        raise InvalidInput(fields={"ends_on": [_("The last day is before the first.")]})


def check_languages(field: str, codes: Sequence[str]) -> None:
    """Raise InvalidInput where `codes` are not different lower-case BCP 47 tags."""
    bad = [code for code in codes if not _LANGUAGE.fullmatch(code)]
    if bad:
        raise InvalidInput(fields={field: [_("“%(code)s” is not a language tag.") % {"code": bad[0]}]})
    if len(set(codes)) < len(codes):
        raise InvalidInput(fields={field: [_("A language is named twice.")]})
