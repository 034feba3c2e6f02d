"""Guests as every page of protocol shows them: name, style, post, what they represent and its flag; never one without the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from summitry.directory.queries.affiliations import posts_on
from summitry.directory.queries.entities import EntityNames, Flag, flags_for
from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Shown, Text
from summitry.foundation.search import fold
from summitry.guests.enums import GONE
from summitry.guests.models import Guest
from summitry.protocol.models import Courtesy
from summitry.protocol.queries.order import entity_of, rank_of

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Who:
    """A guest for one reader. `second` is the name in the other script where her owner gave one."""

    guest: Guest
    name: Shown
    second: Shown | None
    style: Text
    post: Text | None
    entity: Shown | None
    flag: Flag | None
    rank: str
    is_gone: bool

    @property
    def pk(self) -> int:
        """The guest's id."""
        return self.guest.pk


def whos(edition: Edition, guest_ids: Iterable[int], lang: str = "", second: str = "") -> dict[int, Who]:
    """Return these guests by id for a reader of `lang` (of the page by default), with five statements.

    `second` is the language of the second name: the first of the edition's languages that is another, by default.
    """
    lang = lang or get_language() or "en"
    second = second or next((one for one in edition.languages if one != lang), "")
    ids = set(guest_ids)
    guests = list(
        Guest.objects.filter(pk__in=ids, edition=edition)
        .select_related("category", "person", "delegation", "courtesy")
        .order_by()
    )
    people = {guest.person_id for guest in guests}
    names = names_of(people)
    entities = EntityNames(edition.naming_profile_id, lang, edition.fallback)
    home = {guest.pk: entity_of(guest) for guest in guests}
    flags = flags_for({pk for pk in home.values() if pk is not None}, edition.starts_on)
    posts = posts_on(people, edition.starts_on)
    found = {}
    for guest in guests:
        name = names.shown(guest.person_id, lang, edition.fallback)
        other = names.shown(guest.person_id, second, edition.fallback) if second else name
        entity = home[guest.pk]
        courtesy: Courtesy | None = getattr(guest, "courtesy", None)
        held = posts.get(guest.person_id)
        found[guest.pk] = Who(
            guest,
            name,
            other if other.text != name.text else None,
            courtesy.style if courtesy is not None and courtesy.style else guest.person.honorific,
            held[0].title if held else None,
            entities.short(entity) if entity is not None else None,
            flags.get(entity) if entity is not None else None,
            rank_of(guest)[0],
            guest.state in GONE,
        )
    return found


def coming(edition: Edition) -> Q:
    """Return the condition under which a guest of `edition` is planned for."""
    return Q(edition=edition) & ~Q(state__in=GONE)


def guests_called(edition: Edition, words: str, limit: int = MOST_FOUND) -> list[Guest]:
    """Return guests who come and whose names or delegation hold all of these words; nobody for no words."""
    wanted = fold(words).split()
    if not wanted:
        return []
    texts: dict[int, list[str]] = {}
    rows = Guest.objects.filter(coming(edition)).order_by()
    for pk, *found in rows.values_list("pk", "person__reference_name", "person__names__text"):
        texts.setdefault(pk, []).extend(each for each in found if each)
    matching = [pk for pk, all_ in texts.items() if all(word in fold("\n".join(all_)) for word in wanted)]
    return list(Guest.objects.filter(pk__in=matching[:limit]).select_related("person"))


def guest_at_work(actor: Actor, edition: Edition, pk: int) -> Guest:
    """Return a guest that `actor` works on. Raises NotFound for any other."""
    rows = Guest.objects.filter(edition=edition, pk=pk).select_related(
        "edition", "person", "category", "delegation", "courtesy"
    )
    guest = within(actor, rows).first()
    if guest is None:
        raise NotFound
    return guest
