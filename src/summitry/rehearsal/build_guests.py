"""The demo's guests: all its people, in every capacity and every state, with what they answered, and who works for them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation import clock
from summitry.foundation.access import Actor, Scope
from summitry.foundation.accounts import account_at
from summitry.foundation.grants import put_grant
from summitry.gates.actions.credentials import issue_many
from summitry.guests.actions.category import update_category
from summitry.guests.actions.deciding import appeal
from summitry.guests.actions.guest import NewGuest, add_guests
from summitry.guests.actions.moving import move_many
from summitry.guests.enums import (
    HOLDS_SEAT,
    Attendance,
    Capacity,
    DecisionKind,
    GuestState,
    InvitationState,
    Rule,
    Step,
)
from summitry.guests.models import Answer, Category, Field, Guest
from summitry.guests.permissions import DESK, GATE, GUEST_OFFICE, PROTOCOL, SUPERVISOR
from summitry.guests.queries.answers import sealed_value
from summitry.guests.queries.guest_links import Opened
from summitry.rehearsal.built import Built
from summitry.rehearsal.content.guests import Part, guest_list
from summitry.rehearsal.content.plan import PersonPlan, SummitPlan

G, K = GuestState, DecisionKind
OFFICES = (
    ("guests@rivertown.example", "Amara Okafor", GUEST_OFFICE.code),
    ("protocol@rivertown.example", "Xu Yining", PROTOCOL.code),
    ("desk@rivertown.example", "Pavel Novák", DESK.code),
    ("gate@rivertown.example", "Rosa Quispe", GATE.code),
    ("gates@rivertown.example", "Dina Haddad", SUPERVISOR.code),
)
DAYS: Mapping[str, float] = {
    G.INVITED: 50,
    G.NOMINATED: 12,
    G.APPLYING: 9,
    G.SUBMITTED: 1.5,
    G.INCOMPLETE: 4,
    G.SCREENING: 3,
    G.DECIDING: 1,
    G.ON_HOLD: 6,
    G.APPROVED: 2,
    G.WAITING: 8,
    G.DECLINED: 20,
    G.WITHDRAWN: 15,
    G.REPLACED: 14,
}
"""For how many days guests have been where they are; longer than their step may take for some."""
LONG_AGO = 45.0
DECIDED: Mapping[str, tuple[str, str, str]] = {
    G.INCOMPLETE: (G.SUBMITTED, K.ASK, "Please give your name exactly as it stands in your passport."),
    G.ON_HOLD: (G.DECIDING, K.HOLD, ""),
    G.REFUSED: (G.DECIDING, K.REFUSE, "We have no places left in this category."),
    G.APPEALED: (G.DECIDING, K.REFUSE, "We have no places left in this category."),
    G.REVOKED: (G.CONFIRMED, K.REVOKE, "Your accreditation was withdrawn. Please write to the guest office."),
}
"""Who comes to these states by a decision: from which state, by which, and what she is told."""
REASON = "Checked again with whoever nominated her."
APPEAL = "I was told on the telephone that my place was kept. May I ask you to look at it again?"
SILENT = frozenset({G.INVITED, G.NOMINATED, G.APPLYING, G.WAITING, G.DECLINED})
"""They have answered nothing yet."""
VISITORS = 40
"""So many days before the summit anybody could register as a visitor."""


def build_guests(plan: SummitPlan, built: Built, by: Actor) -> list[Guest]:
    """Make guests of the demo's people, in the default categories; each gets a badge later, in `admit_guests`."""
    edition = built.edition
    for email, name, role in OFFICES:
        account = account_at(email, by=by, name=name)
        for code in (role, PARTNER.code):
            put_grant(account, code, Scope("edition", edition.pk), by=by)
    categories = {one.capacity: one for one in Category.objects.filter(edition=edition)}
    parts = guest_list(plan)
    guests: dict[str, Guest] = {}
    for group, since in _groups(parts):
        rows = [_new(part, built, categories, guests) for part in group]
        with clock.frozen(since):
            made = add_guests(edition, rows, by=by)
        guests |= {part.slug: guest for part, guest in zip(group, made, strict=True)}
    _open_to_visitors(edition, categories[Capacity.VISITOR], by)
    _answer(plan, parts, guests)
    _decide(
        edition, [part for part in parts if part.state in DECIDED and part.state != G.REVOKED], guests, by
    )
    return list(guests.values())


def admit_guests(plan: SummitPlan, built: Built, by: Actor) -> None:
    """Give everybody who is accredited a badge, and revoke a few of these."""
    edition = built.edition
    accredited = Guest.objects.filter(edition=edition, state=G.CONFIRMED).select_related("edition")
    with clock.frozen(clock.now() - dt.timedelta(days=14)):
        issue_many(list(accredited.order_by("pk")), by=by)
    revoked = [part for part in guest_list(plan) if part.state == G.REVOKED]
    people = [built.people[part.slug] for part in revoked]
    guests = {
        slug: guest
        for guest in accredited.filter(person__in=people).select_related("category", "person")
        for slug in [guest.person.slug]
    }
    _decide(edition, [part for part in revoked if part.slug in guests], guests, by)


def shown_guest(edition_id: int, state: str) -> Guest | None:
    """Return the delegate in a state whose page the demo shows; whoever is invited has her invitation."""
    rows = Guest.objects.filter(edition=edition_id, state=state, category__capacity=Capacity.DELEGATE)
    if state == G.INVITED:
        rows = rows.filter(invitation__state=InvitationState.SENT)
    return rows.select_related("edition", "category", "person").order_by("pk").first()


def _groups(parts: Sequence[Part]) -> Iterator[tuple[list[Part], dt.datetime]]:
    """Yield guests who are added together, with the instant; companions come after everybody whom they accompany."""
    groups: defaultdict[tuple[bool, str], list[Part]] = defaultdict(list)
    for part in parts:
        groups[bool(part.principal), part.state].append(part)
    for (_is_companion, state), group in sorted(groups.items(), key=lambda item: item[0][0]):
        yield group, clock.now() - dt.timedelta(days=DAYS.get(state, LONG_AGO))


def _new(
    part: Part, built: Built, categories: Mapping[str, Category], guests: Mapping[str, Guest]
) -> NewGuest:
    state = DECIDED[part.state][0] if part.state in DECIDED else part.state
    return NewGuest(
        built.people[part.slug],
        categories[part.capacity],
        {
            "attendance": part.attendance,
            "source": part.source,
            "state": state,
            "principal": guests.get(part.principal),
        },
    )


def _open_to_visitors(edition: Edition, category: Category, by: Actor) -> None:
    """Let anybody register as a visitor; all places are taken, so that some wait."""
    taken = Guest.objects.filter(edition=edition, category=category, state__in=HOLDS_SEAT).count()
    opening = dt.datetime.combine(edition.starts_on, dt.time(9), edition.zone)
    update_category(
        category,
        by=by,
        is_open=True,
        places=taken,
        opens_at=opening - dt.timedelta(days=VISITORS),
        closes_at=opening + dt.timedelta(days=len(edition.days)),
    )


def _decide(edition: Edition, parts: Sequence[Part], guests: Mapping[str, Guest], by: Actor) -> None:
    """Bring guests to where a decision has brought them, and let some of the refused appeal."""
    for state, (_was, kind, told) in DECIDED.items():
        group = [guests[part.slug] for part in parts if part.state == state]
        to = G.REFUSED if state == G.APPEALED else state
        reason = "" if kind == K.ASK else REASON
        with clock.frozen(clock.now() - dt.timedelta(days=DAYS.get(state, 5))):
            move_many(
                group,
                dict.fromkeys((one.pk for one in group), to),
                by=by,
                kind=kind,
                reason=reason,
                told=told,
            )
        if state == G.APPEALED:
            for guest in group:
                appeal(guest, APPEAL, by=Opened(guest, is_current=True).actor)


def _answer(plan: SummitPlan, parts: Sequence[Part], guests: Mapping[str, Guest]) -> None:
    """Write down what guests answered whose applications are handed in, without a log of each answer."""
    people = {person.slug: person for person in plan.people}
    employers = {one.slug: one.names["en"] for one in plan.organisations}
    edition = next(iter(guests.values())).edition
    fields = {one.slug: one for one in Field.objects.filter(edition=edition).select_related("purpose")}
    asked = {slug: frozenset(one.categories.values_list("pk", flat=True)) for slug, one in fields.items()}
    rows = []
    for number, part in enumerate(parts):
        if part.state in SILENT:
            continue
        guest, person = guests[part.slug], people[part.slug]
        for slug, value in _answers(guest, person, employers, number).items():
            if slug in fields and (not asked[slug] or guest.category_id in asked[slug]):
                rows.append(_answered(guest, fields[slug], value))
    Answer.objects.bulk_create(rows, batch_size=500)


def _answers(guest: Guest, person: PersonPlan, employers: Mapping[str, str], number: int) -> dict[str, Any]:
    post = person.affiliations[0] if person.affiliations else None
    employer = employers[post.organisation] if post else person.display_name
    found: dict[str, Any] = {"organisation": employer, "outlet": employer, "employer": employer}
    if post:
        found["post"] = post.titles["en"]
    found["relation"] = ("spouse", "aide", "interpreter", "security")[number % 4]
    if guest.attendance == Attendance.ON_SITE:
        if Step.SCREENING in guest.category.steps:
            born = dt.date(1950 + number * 7 % 50, 1 + number * 5 % 12, 1 + number * 11 % 28)
            found["birth_date"] = born.isoformat()
        if guest.category.identity == Rule.REQUIRED or number % 50 == 0:
            found["passport"] = {
                "name": person.display_name.upper(),
                "number": f"X{10_000_000 + number * 7919}",
                "issuer": person.entity,
                "expires_on": dt.date(2028 + number % 8, 1 + number % 12, 1 + number % 28).isoformat(),
            }
    return found


def _answered(guest: Guest, field: Field, value: Any) -> Answer:
    is_sealed = field.purpose.sealed
    return Answer(
        guest=guest,
        field=field,
        value=None if is_sealed else value,
        sealed=sealed_value(value) if is_sealed else "",
        changed_at=guest.created_at,
    )
