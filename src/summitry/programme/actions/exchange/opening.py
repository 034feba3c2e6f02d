"""The edition that a file describes in its conference block, for a slug that is not taken yet."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from summitry.editions.actions.edition import create_edition, create_summit
from summitry.editions.models import Edition, Summit
from summitry.editions.models.edition import RESERVED_SLUGS
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.programme.actions.exchange.languages import language_code
from summitry.programme.actions.exchange.report import NewEdition
from summitry.programme.interchange.document import Conference, ScheduleDocument
from summitry.programme.interchange.times import resolve_zone

_YEAR = re.compile(r"[\s_-]*'?(\d{4}|\d{2})$")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_DEFAULT_LANGUAGE = "en"
_LONGEST_WEBSITE = 200
_is_website = URLValidator(["http", "https"])


def is_free_form(slug: str) -> bool:
    """Return whether an edition could have the address `slug`, were it not taken."""
    return bool(_SLUG.fullmatch(slug)) and slug not in RESERVED_SLUGS


def suggested_slug(conference: Conference) -> str:
    """Return an address made of the file's acronym or title, or nothing."""
    for text in (conference.acronym, conference.title):
        slug = slugify(text)[:60].strip("-_")
        if is_free_form(slug):
            return slug
    return ""


def described_edition(document: ScheduleDocument, slug: str) -> NewEdition:
    """Return the edition that `document` would open at `slug`."""
    conference = document.conference
    zone = zone_of(document)
    starts_on, ends_on = _span(document, zone)
    title = conference.title.strip()[:200] or slug
    acronym = conference.acronym.strip()[:60]
    name = _YEAR.sub("", title).strip() or title
    return NewEdition(
        slug=slug,
        title=title,
        acronym=acronym,
        summit_slug=slugify(_YEAR.sub("", acronym or name))[:60].strip("-_") or slug,
        summit_name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        zone_name=str(zone),
        languages=_languages(document),
        website=_website(conference.url or document.base_url),
    )


def zone_of(document: ScheduleDocument) -> ZoneInfo:
    """Return the zone that the document names; its reader has already told of any guess."""
    return resolve_zone(document.conference.time_zone) or ZoneInfo("UTC")


def _span(document: ScheduleDocument, zone: ZoneInfo) -> tuple[dt.date, dt.date]:
    """From the first day to the last that anything tells of, in the conference's own zone."""
    dates = [event.starts_at.astimezone(zone).date() for event in document.events]
    if not dates:
        dates = [day.date for day in document.days]
    conference = document.conference
    dates += [date for date in (conference.start, conference.end) if date is not None]
    return (min(dates), max(dates)) if dates else (dt.date(1970, 1, 1), dt.date(1970, 1, 1))


def _languages(document: ScheduleDocument) -> tuple[str, ...]:
    codes = Counter(code for event in document.events if (code := language_code(event.language)))
    return tuple(code for code, _count in codes.most_common()) or (_DEFAULT_LANGUAGE,)


def _website(address: str) -> str:
    try:
        _is_website(address)
    except ValidationError:
        return ""
    return address if len(address) <= _LONGEST_WEBSITE else ""


def opened(new: NewEdition, *, by: Actor, is_public: bool) -> Edition:
    """Open the edition, and found its summit where there is none of that name yet."""
    summit = Summit.objects.filter(slug=new.summit_slug).first()
    language = new.languages[0]
    if summit is None:
        summit = create_summit(new.summit_slug, Text.of({language: new.summit_name}), by=by)
    return create_edition(
        summit,
        new.slug,
        by=by,
        name=Text.of({language: new.title}),
        acronym=new.acronym,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        zone_name=new.zone_name,
        languages=list(new.languages),
        fallback=list(new.languages),
        website=new.website,
        is_public=is_public,
    )
