"""Who may do what with guests, delegations and applications; the roles of the people who bring a guest to the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import ADMINISTRATOR, Actor, Role, Scope, ScopedPolicy
from summitry.foundation.models import Grant
from summitry.guests.models import (
    Answer,
    Category,
    Decision,
    Delegation,
    Field,
    Guest,
    Invitation,
    Proposal,
    Purpose,
    Quota,
)
from summitry.mailing.enums import NoticeKey

GUEST_OFFICE = Role(
    "guest_office",
    ("edition",),
    _("Guest office"),
    _("Invites guests, keeps delegations and their quotas, completes applications; decides none."),
)
ACCREDITATION = Role(
    "accreditation",
    ("edition", "category"),
    _("Accreditation officer"),
    _("Checks and decides applications, issues visa letters and badges, revokes; never her own record."),
)
SCREENING = Role(
    "screening",
    ("edition",),
    _("Screening liaison"),
    _("Sends lists for screening and enters the results; sees no reasons and nothing else."),
)
PROTOCOL = Role(
    "protocol",
    ("edition",),
    _("Protocol officer"),
    _("Keeps precedence, seating, arrivals and stays; decides no accreditation."),
)
FOCAL_POINT = Role(
    "focal_point",
    ("delegation",),
    _("Focal point"),
    _("Nominates and completes the guests of her own delegation, within its quotas."),
)
DESK = Role(
    "desk",
    ("edition",),
    _("Desk agent"),
    _("Finds guests at the desk, checks who they are, prints badges; sees no telephone or passport number."),
)
GATE = Role(
    "gate",
    ("edition",),
    _("Gate agent"),
    _(
        "Sees zones, gates and how many are inside, and no guest; scans with a device that a supervisor's code enrols."
    ),
)
SUPERVISOR = Role(
    "gate_supervisor",
    ("edition",),
    _("Gate supervisor"),
    _("Settles incidents, keeps devices and gates; changes no scan."),
)
DATA_PROTECTION = Role(
    "data_protection",
    ("edition",),
    _("Data protection officer"),
    _("Reads who looked at what, runs erasure and retention; changes no guest."),
)
ROLES = (
    GUEST_OFFICE,
    ACCREDITATION,
    SCREENING,
    PROTOCOL,
    FOCAL_POINT,
    DESK,
    GATE,
    SUPERVISOR,
    DATA_PROTECTION,
)
SELF = "guest_self"
"""What the link of a guest's own page gives: exactly her record (scope "guest"), and those of her companions to complete."""

OFFICE = frozenset({DIRECTOR.code, GUEST_OFFICE.code})
OFFICERS = frozenset({DIRECTOR.code, ACCREDITATION.code})
GUARDED_NOTICES = (
    NoticeKey.FOCAL_POINT_WELCOME,
    NoticeKey.GUEST_APPROVED,
    NoticeKey.GUEST_REFUSED,
    NoticeKey.GUEST_ASKED,
    NoticeKey.GUEST_REVOKED,
    NoticeKey.VISA_LETTER,
    NoticeKey.MEETING_REQUEST,
    NoticeKey.MEETING_ANSWER,
    NoticeKey.GUEST_INVITATION,
    NoticeKey.GUEST_REMINDER,
    NoticeKey.GUEST_UNINVITED,
    NoticeKey.GUEST_PAGE,
    NoticeKey.REGISTRATION_CONFIRM,
    NoticeKey.REGISTRATION_KNOWN,
    NoticeKey.REGISTRATION_PLACE,
)
"""What is written to guests is for those who deal with them: editors of the programme need not know who was refused."""
READERS = OFFICE | OFFICERS | {PROTOCOL.code, DATA_PROTECTION.code}


def officers_of(edition_id: int, categories: Collection[int]) -> dict[int, set[int]]:
    """Return by category the accounts that alone decide about its guests; a category that names none is not there.

    They hold the officer's role in the category as well as in the edition: who left the office is no officer here either.
    """
    of_office = Grant.objects.filter(
        role=ACCREDITATION.code, scope_kind="edition", scope_id=edition_id, account__is_active=True
    )
    rows = Grant.objects.filter(
        role=ACCREDITATION.code,
        scope_kind="category",
        scope_id__in=categories,
        account__in=of_office.values("account"),
    )
    found: dict[int, set[int]] = {}
    for category, account in rows.values_list("scope_id", "account_id"):
        found.setdefault(category, set()).add(account)
    return found


def decided_by(actor: Actor, edition_id: int, categories: Collection[int]) -> frozenset[int]:
    """Return the categories of these about whose guests an officer decides; directors decide about all."""
    if actor.is_system or actor.holds(ADMINISTRATOR, DIRECTOR.code, scope=Scope("edition", edition_id)):
        return frozenset(categories)
    named = officers_of(edition_id, categories)
    return frozenset(pk for pk in categories if pk not in named or actor.account_id in named[pk])


class GuestPolicy(ScopedPolicy[Guest]):
    """A guest's record is the office's, the officers', her focal point's and her own.

    `nominate` creates and withdraws, `assign` says what she comes as and with whom, `edit` is to have her record open so
    that others see it, `complete` fills in an application, `decide` is for officers, where a category names its own for
    those (the actions add that nobody decides about herself), `screen` sees names for screening, `unseal` reads what is
    encrypted, `link` shows the link of her page, `send` has it sent to her, `greet` changes what protocol keeps of her,
    `erase` is data protection's.
    """

    model = Guest
    verbs = (
        "view",
        "nominate",
        "assign",
        "edit",
        "complete",
        "decide",
        "screen",
        "unseal",
        "link",
        "send",
        "greet",
        "erase",
    )
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "edition_id",
        "delegation": "delegation_id",
        "guest": "pk",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {FOCAL_POINT.code, SELF},
        "nominate": OFFICE | {FOCAL_POINT.code},
        "assign": OFFICE | OFFICERS,
        "edit": OFFICE | OFFICERS,
        "complete": OFFICE | {ACCREDITATION.code, FOCAL_POINT.code, SELF},
        "decide": OFFICERS,
        "screen": OFFICERS | {SCREENING.code},
        "unseal": frozenset({ACCREDITATION.code, SELF}),
        "link": OFFICE,
        "send": OFFICE | {ACCREDITATION.code, FOCAL_POINT.code},
        "greet": frozenset({DIRECTOR.code, PROTOCOL.code}),
        "erase": frozenset({DATA_PROTECTION.code}),
    }

    def may(self, actor: Actor, verb: str, obj: Guest | None = None) -> bool:
        if super().may(actor, verb, obj):
            if verb != "decide" or obj is None or obj.category_id is None:
                return True
            return bool(decided_by(actor, obj.edition_id, [obj.category_id]))
        return (
            obj is not None
            and verb in {"view", "complete"}
            and obj.principal_id in actor.scope_ids("guest", frozenset({SELF}))
        )

    def worked_on(self, actor: Actor) -> Q:
        return super().worked_on(actor) | Q(principal__in=actor.scope_ids("guest", frozenset({SELF})))


class DelegationPolicy(ScopedPolicy[Delegation]):
    """Delegations: the office keeps them, a focal point sees her own."""

    model = Delegation
    verbs = ("view", "edit", "nominate", "appoint")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "delegation": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {FOCAL_POINT.code},
        "edit": OFFICE,
        "nominate": OFFICE | {FOCAL_POINT.code},
        "appoint": OFFICE,
    }


class QuotaPolicy(ScopedPolicy[Quota]):
    """Quotas."""

    model = Quota
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "delegation__edition_id", "delegation": "delegation_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {FOCAL_POINT.code},
        "edit": OFFICE,
    }


class InvitationPolicy(ScopedPolicy[Invitation]):
    """Invitations: the office sends them; each guest answers her own."""

    model = Invitation
    verbs = ("view", "edit", "send", "answer")
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "guest__edition_id",
        "delegation": "guest__delegation_id",
        "guest": "guest_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {FOCAL_POINT.code, SELF},
        "edit": OFFICE,
        "send": OFFICE,
        "answer": OFFICE | {SELF},
    }


class DecisionPolicy(ScopedPolicy[Decision]):
    """The account of decisions is for the office and the officers: a guest is told by letter."""

    model = Decision
    paths: ClassVar[Mapping[str, str]] = {"edition": "guest__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | OFFICERS | {DATA_PROTECTION.code}}


class ProposalPolicy(ScopedPolicy[Proposal]):
    """What waits for a second person."""

    model = Proposal
    paths: ClassVar[Mapping[str, str]] = {"edition": "guest__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICERS}


class AnswerPolicy(ScopedPolicy[Answer]):
    """Answers are seen by whoever sees the guest; what is sealed is opened by the action that records the look."""

    model = Answer
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "guest__edition_id",
        "delegation": "guest__delegation_id",
        "guest": "guest_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICE | OFFICERS | {DATA_PROTECTION.code, FOCAL_POINT.code, SELF}
    }


class CategoryPolicy(ScopedPolicy[Category]):
    """Categories and what they are asked: for all who bring guests; the director decides."""

    model = Category
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {SCREENING.code, DESK.code, SUPERVISOR.code},
        "edit": OFFICERS,
    }


class FieldPolicy(ScopedPolicy[Field]):
    """Fields of forms."""

    model = Field
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS, "edit": OFFICERS}


class PurposePolicy(ScopedPolicy[Purpose]):
    """Purposes: data protection decides what is kept, why and how long."""

    model = Purpose
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS,
        "edit": frozenset({DIRECTOR.code, DATA_PROTECTION.code}),
    }


POLICIES = (
    GuestPolicy,
    DelegationPolicy,
    QuotaPolicy,
    InvitationPolicy,
    DecisionPolicy,
    ProposalPolicy,
    AnswerPolicy,
    CategoryPolicy,
    FieldPolicy,
    PurposePolicy,
)
