"""What stands on the badges of guests: names in two scripts, post, organisation, zones, token; all read at once.

The lines are the guest's own where she gave some. What the roster says is printed too, so that a badge and a gate call
nobody differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from summitry.directory.queries.affiliations import posts_on
from summitry.directory.queries.entities import entity_names
from summitry.directory.queries.sorting import collation_key
from summitry.editions.models import Edition
from summitry.foundation.models import StoredFile
from summitry.gates.enums import BadgeElement as E
from summitry.gates.enums import CredentialState
from summitry.gates.models import BadgeLayout, Credential, Zone
from summitry.gates.queries.lines import Line, lines_of
from summitry.gates.queries.tokens import spaced
from summitry.guests.enums import Rule
from summitry.guests.models import Guest

FIELDS = (
    "pk person_id badge_line photo_id category_id category__photo category__position delegation_id delegation__name "
    "delegation__entity_id person__entity_id badge_signed_at"
).split()
NO_NUMBER = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What stands on one badge. Without a token it is a preview."""

    guest_id: int
    credential_id: int | None
    token: str
    layout_id: int | None
    texts: Mapping[str, str]
    colour: str
    flag: str
    photo_id: int | None
    photo_mark: str
    needs_photo: bool
    delegation: str
    place: int
    sort_key: str
    issued: int = 0
    is_signed: bool = False

    @property
    def digest(self) -> str:
        """The digest of what a reader sees, but for the number: a badge that says something else is another one."""
        seen = {**{kind: text for kind, text in self.texts.items() if kind != E.TOKEN}, "colour": self.colour}
        seen |= {"flag": self.flag, "photo": self.photo_mark}
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts of an edition, and which is whose."""

    by_pk: Mapping[int, BadgeLayout]
    by_category: Mapping[int, int]
    common: int | None = None

    def of(self, category_id: int) -> int | None:
        """Return the layout of a category: its own, else the one that names no category."""
        return self.by_category.get(category_id, self.common)


def layouts_of(edition: Edition) -> Layouts:
    """Return the layouts of an edition, with two queries."""
    rows = list(BadgeLayout.objects.filter(edition=edition).select_related("picture"))
    pairs = BadgeLayout.categories.through.objects.filter(badgelayout__in=rows)
    named = dict(pairs.order_by("-badgelayout_id").values_list("category_id", "badgelayout_id"))
    common = next((row.pk for row in rows if row.pk not in named.values()), None)
    return Layouts({row.pk: row for row in rows}, named, common)


def faces_of(edition: Edition, guest_ids: Collection[int], layouts: Layouts | None = None) -> dict[int, Face]:
    """Return the faces of some guests in a fixed number of queries, in no order."""
    layouts = layouts or layouts_of(edition)
    lines = lines_of(edition, guest_ids)
    guests = {row["pk"]: row for row in Guest.objects.filter(pk__in=list(lines)).values(*FIELDS)}
    posts = posts_on({row["person_id"] for row in guests.values()}, edition.starts_on)
    entities = {_entity(row) for row in guests.values()} - {None}
    named = entity_names(edition.naming_profile_id, [pk for pk in entities if pk is not None])
    tokens = _tokens(guests)
    facts = _Facts(
        lang=(edition.languages or ["en"])[0],
        chain=tuple(edition.fallback),
        zones=dict(Zone.objects.filter(edition=edition).values_list("pk", "name")),
        entities=named,
    )
    found = {}
    for pk, line in lines.items():
        row = guests[pk]
        post = posts.get(row["person_id"])
        texts = facts.texts(row, line, str(post[0].title.shown(facts.lang, facts.chain).text) if post else "")
        credential, token = tokens.get(pk, (None, ""))
        found[pk] = Face(
            guest_id=pk,
            credential_id=credential,
            token=token,
            layout_id=layouts.of(row["category_id"]),
            texts={**texts, E.TOKEN: spaced(token) or NO_NUMBER},
            colour=line.facts["colour"],
            flag=line.facts["flag"],
            photo_id=row["photo_id"],
            photo_mark=line.facts["photo"],
            needs_photo=row["category__photo"] == Rule.REQUIRED,
            delegation=texts[E.DELEGATION],
            place=row["category__position"],
            sort_key=collation_key(texts[E.NAME], facts.lang),
            issued=credential or 0,
            is_signed=row["badge_signed_at"] is not None,
        )
    return found


def photos_of(faces: Iterable[Face]) -> dict[int, StoredFile]:
    """Return the photos of faces by their ids, with one query."""
    return StoredFile.objects.in_bulk({face.photo_id for face in faces if face.photo_id})


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the texts of one edition's badges are made of."""

    lang: str
    chain: tuple[str, ...]
    zones: Mapping[int, object]
    entities: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def texts(self, row: Mapping[str, object], line: Line, post: str) -> dict[str, str]:
        opened = {cell[0] for cell in line.access}
        entity = _entity(row)
        return {
            E.NAME: str(line.facts["name"]),
            E.SECOND_NAME: str(line.facts["name2"]),
            E.LINE: str(row["badge_line"] or post),
            E.ORGANISATION: str(line.facts["org"]),
            E.DELEGATION: self._shown(row["delegation__name"]),
            E.ENTITY: self._entity(entity),
            E.CATEGORY: str(line.facts["category"]),
            E.ZONES: " · ".join(self._shown(name) for pk, name in self.zones.items() if pk in opened),
        }

    def _shown(self, text: object) -> str:
        shown = getattr(text, "shown", None)
        return str(shown(self.lang, self.chain).text) if shown else ""

    def _entity(self, entity: int | None) -> str:
        names = self.entities.get(entity or 0, {})
        lang = next((lang for lang in (self.lang, *self.chain, "en") if lang in names), None)
        return names[lang] if lang else ""


def _entity(row: Mapping[str, object]) -> int | None:
    found = row["delegation__entity_id"] or row["person__entity_id"]
    return found if isinstance(found, int) else None


def _tokens(guest_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    rows = Credential.objects.filter(guest__in=list(guest_ids), state=CredentialState.ACTIVE)
    return {guest: (pk, token) for guest, pk, token in rows.values_list("guest_id", "pk", "token")}
