"""The demo's delegations: guests who represent the same country or region come together, with places and a focal point."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from summitry.directory.actions.person import NewPerson
from summitry.directory.queries.entities import entity_names
from summitry.directory.queries.slugs import numbered, slug_base
from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import record
from summitry.foundation.bus import announce
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, Grant
from summitry.guests.actions.delegation import TAKEN_SLUGS
from summitry.guests.actions.focal_points import appoint_focal_point
from summitry.guests.actions.guest import change_guests
from summitry.guests.actions.nomination import Nominee, nominate, substitute
from summitry.guests.enums import GONE, GUEST, Capacity, GuestState
from summitry.guests.events import DelegationsChanged
from summitry.guests.models import Category, Delegation, Guest, Quota
from summitry.guests.permissions import FOCAL_POINT

SENT = frozenset(
    {
        Capacity.HEAD_OF_STATE,
        Capacity.HEAD_OF_GOVERNMENT,
        Capacity.MINISTER,
        Capacity.HEAD_OF_DELEGATION,
        Capacity.DELEGATE,
    }
)
"""Who is sent by a country, a region or a body."""
WITHOUT_FOCAL_POINT, WRITTEN_TO = 2, 10
"""How many delegations have nobody who acts for them, and to how many focal points a letter of welcome went lately."""
SPARE = 2
NEWCOMERS = (
    ("Noor van Dalen", "noor.vandalen@delegations.example"),
    ("Teodora Iliescu", "teodora.iliescu@delegations.example"),
    ("Wanjiru Otieno", "wanjiru.otieno@delegations.example"),
)
SUBSTITUTE = ("Aurelio Paz", "aurelio.paz@delegations.example")


def build_delegations(edition: Edition, by: Actor) -> list[Delegation]:
    """Make delegations of the demo's guests, one for each that somebody represents; it does nothing without any."""
    groups = _groups(edition)
    if not groups:
        return []
    made = _created(edition, groups, by)
    pairs = [
        (guest, {"delegation": one}) for one, guests in zip(made, groups, strict=True) for guest in guests
    ]
    together = {guest.pk: values["delegation"] for guest, values in pairs}
    companions = Guest.objects.filter(principal__in=together).select_related("edition", "category", "person")
    pairs += [(one, {"delegation": together[one.principal_id or 0]}) for one in companions]
    change_guests(edition, pairs, by=by)
    _places(made, groups, by)
    _focal_points(made[: len(made) - WITHOUT_FOCAL_POINT], by)
    announce(DelegationsChanged(by=by, edition_id=edition.pk, delegation_ids=tuple(one.pk for one in made)))
    _newcomers(made[0], groups[0], by)
    return made


def _groups(edition: Edition) -> list[list[Guest]]:
    """Return the guests who come by what they represent, the largest groups first."""
    rows = Guest.objects.filter(
        edition=edition,
        delegation=None,
        principal=None,
        person__entity__isnull=False,
        category__capacity__in=SENT,
    ).exclude(state__in=GONE)
    found: defaultdict[int | None, list[Guest]] = defaultdict(list)
    for guest in rows.select_related("edition", "category", "person__entity").order_by(
        "category__position", "pk"
    ):
        found[guest.person.entity_id].append(guest)
    return sorted(found.values(), key=lambda guests: -len(guests))


def _created(edition: Edition, groups: Sequence[Sequence[Guest]], by: Actor) -> list[Delegation]:
    """Write delegations down, the first guest of each at its head: as the action does, with one statement for all."""
    entities = [guests[0].person.entity for guests in groups]
    names = entity_names(edition.naming_profile_id, [one.pk for one in entities if one is not None])
    taken = {*TAKEN_SLUGS}
    rows = []
    for number, (entity, guests) in enumerate(zip(entities, groups, strict=True)):
        if entity is None:
            continue
        called = names.get(entity.pk, {})
        wanted = {lang: called[lang] for lang in ("en", *edition.languages) if lang in called}
        name = Text.of(wanted or called or entity.code)
        slug = numbered([slug_base([name.get("en"), *name.texts.values()], limit=70)], taken)[0]
        taken.add(slug)
        closes_at = clock.now() + dt.timedelta(days=number % 40 + 2) if number % 3 == 0 else None
        rows.append(
            Delegation(
                edition=edition, slug=slug, name=name, entity=entity, closes_at=closes_at, head=guests[0]
            )
        )
    made = Delegation.objects.bulk_create(rows)
    for one in made:
        record("guests.delegation.created", by=by, obj=one)
    return made


def _places(made: Sequence[Delegation], groups: Sequence[Sequence[Guest]], by: Actor) -> None:
    rows = []
    for one, guests in zip(made, groups, strict=True):
        categories: dict[int, Category] = {guest.category_id: guest.category for guest in guests}
        counts = Counter(guest.category_id for guest in guests)
        most = counts.most_common(1)[0][0]
        rows += [
            Quota(delegation=one, category=categories[pk], places=count + SPARE, waits=pk == most)
            for pk, count in sorted(counts.items())
        ]
        told = {categories[pk].slug: count + SPARE for pk, count in sorted(counts.items())}
        record("guests.quotas.set", by=by, obj=one, before={}, after=told)
    Quota.objects.bulk_create(rows)


def _focal_points(made: Sequence[Delegation], by: Actor) -> None:
    """Let somebody act for each delegation: the first ones are written to, the others knew it long ago."""
    for one in made[:WRITTEN_TO]:
        appoint_focal_point(one, _address(one), by=by)
    rest = made[WRITTEN_TO:]
    accounts = [Account(email=_address(one), password=UNUSABLE_PASSWORD_PREFIX) for one in rest]
    Account.objects.bulk_create(accounts)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=each, email=each.email, primary=True, verified=True) for each in accounts
    )
    now = clock.now()
    Grant.objects.bulk_create(
        Grant(account=account, role=role, scope_kind=kind, scope_id=scope, created_at=now)
        for one, account in zip(rest, accounts, strict=True)
        for role, kind, scope in (
            (FOCAL_POINT.code, "delegation", one.pk),
            (PARTNER.code, "edition", one.edition_id),
        )
    )
    for one, account in zip(rest, accounts, strict=True):
        record("guests.focal_point.appointed", by=by, obj=one, name=str(account))


def _address(one: Delegation) -> str:
    return f"focal.{one.slug}@delegations.example"


def _newcomers(one: Delegation, guests: Sequence[Guest], by: Actor) -> None:
    """Fill one delegation's places, so that somebody waits, and let somebody be replaced."""
    category = Counter(guest.category for guest in guests).most_common(1)[0][0]
    for name, email in NEWCOMERS:
        nominate(one, category, _nominee(name, email), by=by)
    last = Guest.objects.filter(delegation=one, category=category).order_by("pk")
    leaving = next((guest for guest in last if GUEST.allows(guest.state, GuestState.REPLACED)), None)
    if leaving is not None:
        substitute(leaving, _nominee(*SUBSTITUTE), by=by)


def _nominee(name: str, email: str) -> Nominee:
    return Nominee(person=NewPerson(reference_name=name, email=email))
