"""Versions compared: what would change for the public, in sentences; and who is told of it, in which language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import override

from summitry.directory.models import Person
from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import Shown
from summitry.programme.enums import AppearanceState, ChangeKind
from summitry.programme.models import Appearance, Session, Speaker, Star, Version
from summitry.programme.queries.changes import ChangeWriter
from summitry.programme.queries.diff import Change, Place, Placed, changes_between
from summitry.programme.queries.links import links_of

_TONES = {
    ChangeKind.ADDED: "jade",
    ChangeKind.MOVED: "amber",
    ChangeKind.CANCELLED: "seal",
    ChangeKind.RENAMED: "",
}
_CONCERNS = frozenset({ChangeKind.ADDED, ChangeKind.MOVED, ChangeKind.CANCELLED})


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One difference as people read it. `is_public` is False for a session that the public does not see."""

    change: Change
    title: Shown
    code: str
    sentence: str
    is_public: bool

    @property
    def tone(self) -> str:
        """The colour of the kind."""
        return _TONES[self.change.kind]

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(self.change.kind.label)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whom a publication concerns: the name, the language of the message, and how many of her sessions changed.

    Without an address nobody can be told.
    """

    name: Shown
    language: str
    has_address: bool
    sessions: int


def last_version(edition: Edition) -> Version | None:
    """Return the version that the public sees."""
    return Version.objects.filter(edition=edition, number__isnull=False).order_by("-number").first()


def differences(old: Version | None, new: Version) -> list[Change]:
    """Return what turns one state of the schedule into the other; the draft has no number."""
    return changes_between(_states(old) if old is not None else {}, _states(new))


def diff_lines(edition: Edition, changes: Iterable[Change], lang: str) -> list[DiffLine]:
    """Return changes in sentences for readers of `lang`, in two statements."""
    found = list(changes)
    chain = tuple(edition.fallback)
    rooms = {
        pk: name.shown(lang, chain)
        for pk, name in Room.objects.filter(edition=edition).values_list("pk", "name")
    }
    rows = Session.objects.filter(pk__in={change.session_id for change in found}).values_list(
        "pk", "title", "code", "is_public", "forum__is_public"
    )
    sessions = {
        pk: (title.shown(lang, chain), code, own and of_forum) for pk, title, code, own, of_forum in rows
    }
    writer = ChangeWriter(edition.zone, lang, rooms, chain, links_of(edition.slug, lang))
    with override(lang):
        return [
            DiffLine(
                change,
                sessions[change.session_id][0],
                sessions[change.session_id][1],
                writer.sentence(change),
                sessions[change.session_id][2],
            )
            for change in found
        ]


def told_of(edition: Edition, changes: Iterable[Change], lang: str) -> list[Told]:
    """Return everybody who appears in a session that is new, moved or cancelled, with the language each is written to."""
    sessions = {change.session_id for change in changes if change.kind in _CONCERNS}
    rows = Appearance.objects.filter(session__in=sessions).exclude(state=AppearanceState.DECLINED)
    counts: Mapping[int, set[int]] = defaultdict(set)
    for person_id, session_id in rows.values_list("person_id", "session_id"):
        counts[person_id].add(session_id)
    people = Person.objects.filter(pk__in=counts).values_list(
        "pk", "email", "languages", "account__email", "account__language"
    )
    spoken = dict(
        Speaker.objects.filter(edition=edition, person__in=counts).values_list("person_id", "language")
    )
    names = display_names(list(counts), lang, tuple(edition.fallback))
    told = [
        Told(
            names[pk],
            _language(edition, spoken.get(pk, ""), account_language or "", languages),
            bool(email or account_email),
            len(counts[pk]),
        )
        for pk, email, languages, account_email, account_language in people
    ]
    return sorted(told, key=lambda one: (one.language, str(one.name)))


def languages_of(told: Iterable[Told]) -> list[tuple[str, int]]:
    """Return how many are told in each language, most first."""
    return Counter(one.language for one in told if one.has_address).most_common()


def stars_of(changes: Iterable[Change]) -> int:
    """Return how many visitors have starred a session that is moved or cancelled."""
    sessions = {change.session_id for change in changes if change.kind in _CONCERNS - {ChangeKind.ADDED}}
    return Star.objects.filter(session__in=sessions).values("agenda").distinct().count()


def _states(version: Version) -> dict[int, Placed]:
    slots = version.slots.select_related("session").order_by("starts_at", "room__position", "pk")
    slots = slots.defer("session__abstract", "session__external")
    return {
        slot.session_id: Placed(
            Place(slot.room_id, slot.starts_at, slot.ends_at),
            slot.title or slot.session.title,
            slot.is_cancelled,
        )
        for slot in slots
    }


def _language(edition: Edition, chosen: str, account: str, spoken: Iterable[str]) -> str:
    """Return the language in which somebody is written to: her choice, her account's, one she speaks, the edition's."""
    offered = list(edition.languages) or ["en"]
    return next((lang for lang in (chosen, account, *spoken) if lang in offered), offered[0])
