"""Who a mailing reaches: asked of its audience, one letter for each, with those who are left out named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC, Actor, system
from summitry.foundation.i18n import Text
from summitry.foundation.mail import Value
from summitry.mailing.audiences import EVERYONE, Audience, Fact, Question, Recipient, audience_of
from summitry.mailing.enums import MailingKind, SuppressionReason
from summitry.mailing.models import Mailing, Suppression
from summitry.mailing.queries.salutations import salutations_of


@dataclass(frozen=True, slots=True)
class Addressee:
    """One letter's recipient: her key within the mailing, and the language in which she is written to.

    `reads` is the language she prefers; `lang` the one that the message has for her. `salutation` is how protocol
    has her addressed, where it says so.
    """

    key: str
    recipient: Recipient
    name: str
    reads: str
    lang: str
    salutation: Text | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a mailing reaches now, and who is left out: without an address, sharing one, or declining mail."""

    addressees: tuple[Addressee, ...] = ()
    without_address: tuple[str, ...] = ()
    sharing: tuple[str, ...] = ()
    suppressed: tuple[tuple[Addressee, SuppressionReason], ...] = ()

    @property
    def count(self) -> int:
        """How many letters would leave."""
        return len(self.addressees)

    @property
    def keys(self) -> list[str]:
        """The recipients' keys, in a fixed order."""
        return sorted(addressee.key for addressee in self.addressees)

    @property
    def missing_languages(self) -> list[tuple[str, str, int]]:
        """For each language that the message lacks: that language, the one its readers get, and how many they are."""
        counts = Counter(
            (addressee.reads, addressee.lang)
            for addressee in self.addressees
            if addressee.lang and addressee.reads.partition("-")[0] != addressee.lang.partition("-")[0]
        )
        return [(reads, lang, count) for (reads, lang), count in counts.most_common()]


def author_of(mailing: Mailing) -> Actor:
    """Return the actor whose view of the edition decides about the mailing's audience: its author, as she is today."""
    if mailing.by_system:
        return system("mail")
    return mailing.created_by.actor() if mailing.created_by and mailing.created_by.is_active else PUBLIC


def reach_of(mailing: Mailing) -> Reach:
    """Return whom the mailing reaches now. Asks its audience; nobody where nothing is chosen."""
    audience = audience_of(mailing.audience)
    if audience is None:
        return Reach()
    available = languages_of(mailing.subject, mailing.body)
    return reach(
        audience,
        mailing.edition,
        author_of(mailing),
        mailing.filters,
        kind=MailingKind(mailing.kind),
        available=available,
    )


def reach(
    audience: Audience,
    edition: Edition,
    actor: Actor,
    filters: Mapping[str, Any],
    *,
    kind: MailingKind = MailingKind.OPERATIONAL,
    available: Sequence[str] = (),
) -> Reach:
    """Return whom the choice `filters` of an audience reaches; `available` are the languages that the message has."""
    chosen = chosen_of(audience, filters)
    if (not chosen and not filters.get(EVERYONE)) or not audience.open_to(actor, edition):
        return Reach()
    found = list(audience.find(Question(edition, actor, chosen)))
    people = {one.person_id for one in found if one.person_id is not None}
    names, salutations = names_of(people), salutations_of(edition, people)
    blocked = _blocked(edition, kind)
    sorted_out = _Sorting(edition, names, salutations, available, blocked, is_personal=audience.is_personal)
    for recipient in found:
        sorted_out.take(recipient)
    return sorted_out.reach()


def chosen_of(audience: Audience, filters: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return what `filters` chooses of the audience's own filters; anything else in it counts for nothing."""
    known = {one.key for one in audience.filters}
    return {
        key: frozenset(map(str, values))
        for key, values in filters.items()
        if key in known and isinstance(values, (list, tuple)) and values
    }


def languages_of(subject: Text, body: Text) -> list[str]:
    """Return the languages in which both subject and body are written, the source first."""
    return [
        lang
        for lang in dict.fromkeys([body.source, *body.texts])
        if subject.get(lang).strip() and body.get(lang).strip()
    ]


def language_for(
    wanted: str, available: Sequence[str], chain: Iterable[str], *, also: Iterable[str] = ()
) -> str:
    """Return which of the `available` languages a reader of `wanted` gets.

    Hers or a variant of it, another that she reads (`also`), one of the chain's, any.
    """
    for code in (wanted, *also, *chain):
        base = code.partition("-")[0]
        variants = (other for other in available if other.partition("-")[0] == base)
        if found := code if code in available else next(variants, ""):
            return found
    return available[0] if available else ""


def spoken(fact: Fact, lang: str, chain: Sequence[str]) -> Value:
    """Return a fact in the words of a language."""
    if isinstance(fact, Text):
        return fact.shown(lang, chain).text
    return fact(lang) if callable(fact) else fact


def reason_of(addressee: Addressee, edition: Edition) -> str:
    """Return why somebody is in the audience, in the language of whoever reads the list."""
    words = spoken(addressee.recipient.reason, get_language() or "en", edition.fallback)
    return words if isinstance(words, str) else "; ".join(words)


def _blocked(edition: Edition, kind: MailingKind) -> dict[str, SuppressionReason]:
    rows = Suppression.objects.filter(edition=edition).values_list("address", "reason")
    return {
        address: SuppressionReason(reason)
        for address, reason in rows
        if kind == MailingKind.NEWS or reason == SuppressionReason.BOUNCED
    }


class _Sorting:
    """Takes recipients one by one and decides about each."""

    def __init__(
        self,
        edition: Edition,
        names: NamesIndex,
        salutations: Mapping[int, Text],
        available: Sequence[str],
        blocked: Mapping[str, SuppressionReason],
        *,
        is_personal: bool,
    ) -> None:
        self._edition, self._names, self._available = edition, names, available
        self._salutations = salutations
        self._blocked, self._is_personal = blocked, is_personal
        self._taken: dict[str, Addressee] = {}
        self._without: list[str] = []
        self._sharing: list[str] = []
        self._suppressed: dict[str, tuple[Addressee, SuppressionReason]] = {}

    def take(self, recipient: Recipient) -> None:
        address = recipient.address.strip().lower()
        reads = recipient.language or next(iter(self._edition.fallback), "en")
        lang = language_for(reads, self._available, self._edition.fallback, also=recipient.also)
        name = self._name(recipient, lang or reads)
        if not address:
            self._without.append(name)
            return
        who = f"person-{recipient.person_id}" if recipient.person_id is not None else f"name-{recipient.name}"
        key = f"{who} {address}"[:400] if self._is_personal else address
        addressee = Addressee(
            key, recipient, name, reads, lang, self._salutations.get(recipient.person_id or 0)
        )
        if address in self._blocked:
            self._suppressed.setdefault(key, (addressee, self._blocked[address]))
        elif key in self._taken:
            self._sharing.append(f"{name} <{address}>")
        else:
            self._taken[key] = addressee

    def reach(self) -> Reach:
        return Reach(
            tuple(sorted(self._taken.values(), key=lambda one: (one.name, one.key))),
            tuple(sorted(self._without)),
            tuple(sorted(self._sharing)),
            tuple(self._suppressed.values()),
        )

    def _name(self, recipient: Recipient, lang: str) -> str:
        if recipient.person_id is None or recipient.person_id not in self._names:
            return recipient.name or recipient.address
        return self._names.shown(recipient.person_id, lang, self._edition.fallback).text
