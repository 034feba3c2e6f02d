"""The speakers of a programme: the A–Z list with posts, and one speaker's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from summitry.directory.enums import NameUse
from summitry.directory.models import Person
from summitry.directory.queries.affiliations import posts_on
from summitry.directory.queries.entities import EntityNames, Flag, flag_for
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown
from summitry.foundation.search import fold
from summitry.programme.queries.kept import Kept
from summitry.programme.queries.programme import PersonLine, Programme

PER_PAGE = 100


class PostLine(NamedTuple):
    """A post on the edition's first day: title and organisation in the reader's language."""

    title: Shown
    organisation: Shown


class SpeakerLine(NamedTuple):
    """A speaker in the list."""

    person: PersonLine
    letter: str
    post: PostLine | None
    forum_ids: frozenset[int]


class OtherName(NamedTuple):
    """A further form of a name, with the language it is written in."""

    text: str
    lang: str


class SpeakerProfile(NamedTuple):
    """What a speaker's page shows beyond the list."""

    honorific: Shown
    biography: Shown
    posts: Sequence[PostLine]
    entity: Shown | None
    flag: Flag | None
    other_names: Sequence[OtherName]
    portrait: UUID | None


_kept: Kept[Sequence[SpeakerLine]] = Kept(8)


def speakers_of(edition: Edition, programme: Programme) -> Sequence[SpeakerLine]:
    """Return all speakers in the order of the reader's language; one statement beyond the programme's."""
    key = (programme.edition_id, programme.lang)
    return _kept.get_or_load(key, lambda: _load(edition, programme), state=programme.content_version)


def found_speakers(
    speakers: Sequence[SpeakerLine], q: str = "", forum_id: int | None = None
) -> list[SpeakerLine]:
    """Return the speakers whose name or post has all words of `q`, and who appear in the forum."""
    words = fold(q).split()
    return [
        speaker
        for speaker in speakers
        if (forum_id is None or forum_id in speaker.forum_ids)
        and (not words or all(word in _haystack(speaker) for word in words))
    ]


def letters_of(speakers: Sequence[SpeakerLine]) -> list[tuple[str, list[SpeakerLine]]]:
    """Return the speakers in groups by the letter under which a reader looks for them."""
    return [(letter, list(group)) for letter, group in groupby(speakers, key=lambda speaker: speaker.letter)]


def profile_of(edition: Edition, programme: Programme, line: PersonLine) -> SpeakerProfile:
    """Return a speaker's profile. The post is that of the edition's first day, the entity as its profile names it."""
    lang, chain = programme.lang, tuple(edition.fallback)
    person = Person.objects.select_related("entity", "portrait").get(pk=line.id)
    posts = posts_on([line.id], edition.starts_on).get(line.id, [])
    names = EntityNames(edition.naming_profile_id, lang, chain) if person.entity else None
    forms = person.names.filter(use__in=(NameUse.DISPLAY, NameUse.NATIVE, NameUse.LATIN)).order_by(
        "use", "pk"
    )
    others = dict.fromkeys(OtherName(text, code) for text, code in forms.values_list("text", "lang"))
    unique = {other.text: other for other in others if other.text != line.name.text}
    return SpeakerProfile(
        honorific=person.honorific.shown(lang, chain),
        biography=person.biography.shown(lang, chain),
        posts=[
            PostLine(post.title.shown(lang, chain), post.organisation.shown(lang, chain)) for post in posts
        ],
        entity=names.short(person.entity) if names and person.entity else None,
        flag=flag_for(person.entity, edition.starts_on) if person.entity else None,
        other_names=list(unique.values()),
        portrait=person.portrait.public_id if person.portrait and person.portrait.is_public else None,
    )


def _load(edition: Edition, programme: Programme) -> list[SpeakerLine]:
    lang, chain = programme.lang, tuple(edition.fallback)
    posts = posts_on(programme.people, edition.starts_on)
    forums = _forums_of(programme)
    lines = []
    for pk, person in programme.people.items():
        post = posts[pk][0] if pk in posts else None
        shown = (
            PostLine(post.title.shown(lang, chain), post.organisation.shown(lang, chain)) if post else None
        )
        lines.append(SpeakerLine(person, letter_of(person), shown, forums.get(pk, frozenset())))
    return lines


def _forums_of(programme: Programme) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for session in programme.sessions:
        for person in session.people:
            found.setdefault(person.id, set()).add(session.forum.id)
    for forum in programme.forums:
        if forum.chair:
            found.setdefault(forum.chair.id, set()).add(forum.id)
    # Most appear in one forum: they share its set.
    shared: dict[frozenset[int], frozenset[int]] = {}
    return {
        pk: shared.setdefault(each, each)
        for pk, each in zip(found, map(frozenset, found.values()), strict=True)
    }


def letter_of(person: PersonLine) -> str:
    """Return the letter under which a name stands in the list; `#` for what begins with none.

    The collation key begins with the rank of the script, then the base letters of the name as it sorts.
    """
    base = person.sort_key[1:2]
    if person.sort_key[2:3] > "\U000e0000":
        base = person.name.text[:1]
    return base.upper() if base.isalpha() else "#"


def _haystack(speaker: SpeakerLine) -> str:
    post = speaker.post
    return fold(
        "\n".join([*speaker.person.spellings, *([post.title.text, post.organisation.text] if post else [])])
    )
