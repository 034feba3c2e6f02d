"""Who may do what with calls, entries and juries; `permissions_judging` has what concerns the judging of single entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from summitry.calls.enums import CallState
from summitry.calls.models import (
    AccessCode,
    Area,
    Award,
    Call,
    Computation,
    Criterion,
    EligibilityCheck,
    EligibilityRule,
    Final,
    Inquiry,
    Juror,
    Member,
    Nomination,
    OrganisationGroup,
    Panel,
    Question,
    Quota,
    Round,
    Step,
)
from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Actor, Role, ScopedPolicy

M = TypeVar("M", bound=Model)

MANAGER = Role(
    "call_manager",
    ("edition", "call"),
    _("Call manager"),
    _("Prepares calls, keeps entries and juries, runs assignments; decides neither eligibility nor awards."),
)
ELIGIBILITY = Role(
    "eligibility_officer",
    ("edition", "call"),
    _("Eligibility officer"),
    _("Checks whether entries may take part; a rejection takes two of them."),
)
CHAIR = Role(
    "jury_chair",
    ("call",),
    _("Chair of the jury"),
    _("Approves assignments, decides who goes on and who is chosen, with reasons."),
)
JUROR = Role(
    "juror",
    ("call",),
    _("Juror"),
    _("Reads and marks the entries that are given to her, and sees no others."),
)
ROLES = (MANAGER, ELIGIBILITY, CHAIR, JUROR)
ENTRANT = "entrant"
"""What the link of an entry's pages gives: exactly this entry (scope "entry")."""
MEMBER = "entry_member"
"""What the link of a member of a team gives: to confirm, or not, that she is one (scope "member")."""

OFFICE = frozenset({DIRECTOR.code, MANAGER.code})
CHECKING = frozenset({DIRECTOR.code, ELIGIBILITY.code})
DECIDING = frozenset({DIRECTOR.code, CHAIR.code})
READERS = OFFICE | CHECKING | DECIDING


class CallPolicy(ScopedPolicy[Call]):
    """Published calls are everybody's to see; the office prepares them, the chair decides, jurors enter.

    `edit` prepares, `check` deals with eligibility, `judge` is a juror's, `approve` brings assignments and calibrations into
    force, `decide` chooses, `announce` throws the switch, `audit` reads the record.
    """

    model = Call
    verbs = ("view", "enter", "edit", "check", "judge", "approve", "decide", "announce", "audit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "call": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {JUROR.code},
        "enter": READERS | {JUROR.code},
        "edit": OFFICE,
        "check": CHECKING,
        "judge": frozenset({JUROR.code}),
        "approve": OFFICE | DECIDING,
        "decide": DECIDING,
        "announce": frozenset({DIRECTOR.code}),
        "audit": READERS,
    }
    public: ClassVar[Mapping[str, Any] | None] = {
        "edition__is_public": True,
        "state__in": frozenset({CallState.PUBLISHED, CallState.FROZEN, CallState.ANNOUNCED}),
    }


class PartPolicy(ScopedPolicy[M]):
    """What belongs to a call: seen by those who work on it, kept by its office."""

    verbs: ClassVar[tuple[str, ...]] = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "call__edition_id", "call": "call_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS, "edit": OFFICE}


class AreaPolicy(PartPolicy[Area]):
    """Areas."""

    model = Area


class QuestionPolicy(PartPolicy[Question]):
    """Questions of the entry form."""

    model = Question


class AccessCodePolicy(PartPolicy[AccessCode]):
    """Access codes."""

    model = AccessCode
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE, "edit": OFFICE}


class InquiryPolicy(PartPolicy[Inquiry]):
    """What somebody asked about a call."""

    model = Inquiry
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | CHECKING, "edit": OFFICE}


class NominationPolicy(PartPolicy[Nomination]):
    """Nominations."""

    model = Nomination
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | CHECKING, "edit": OFFICE}


class RulePolicy(PartPolicy[EligibilityRule]):
    """Rules of eligibility."""

    model = EligibilityRule


class PanelPolicy(PartPolicy[Panel]):
    """Panels of the jury."""

    model = Panel


class JurorPolicy(PartPolicy[Juror]):
    """Jurors: the office appoints them, each keeps what concerns herself."""

    model = Juror
    verbs = ("view", "edit", "own")

    def may(self, actor: Actor, verb: str, obj: Juror | None = None) -> bool:
        mine = obj is not None and actor.account_id is not None and obj.account_id == actor.account_id
        if verb in {"view", "own"} and mine:
            return self._token_allows(actor, verb)
        return super().may(actor, verb, obj)

    def worked_on(self, actor: Actor) -> Q:
        condition = super().worked_on(actor)
        return condition | Q(account=actor.account_id) if actor.account_id is not None else condition


class MemberPolicy(ScopedPolicy[Member]):
    """Members of a team."""

    model = Member
    verbs = ("view", "edit", "confirm")
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "entry__call__edition_id",
        "call": "entry__call_id",
        "entry": "entry_id",
        "member": "pk",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {ENTRANT, MEMBER},
        "edit": OFFICE | {ENTRANT},
        "confirm": frozenset({MEMBER}),
    }


class CheckPolicy(ScopedPolicy[EligibilityCheck]):
    """What rules and officers found about an entry."""

    model = EligibilityCheck
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "entry__call__edition_id", "call": "entry__call_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | CHECKING, "edit": CHECKING}


class OrganisationGroupPolicy(PartPolicy[OrganisationGroup]):
    """Institutions that count as one house."""

    model = OrganisationGroup
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING, "edit": OFFICE}


ROUND_PATHS: Mapping[str, str] = {"edition": "round__call__edition_id", "call": "round__call_id"}


class RoundPolicy(PartPolicy[Round]):
    """Rounds: jurors see those of their call."""

    model = Round
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS | {JUROR.code}, "edit": OFFICE}


class CriterionPolicy(ScopedPolicy[Criterion]):
    """What a round asks of jurors."""

    model = Criterion
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = ROUND_PATHS
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS | {JUROR.code}, "edit": OFFICE}


class ComputationPolicy(PartPolicy[Computation]):
    """What was computed; whoever shows an answer leaves out the entries from which its reader is barred."""

    model = Computation
    verbs = ("view", "edit", "approve")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICE | DECIDING,
        "edit": OFFICE | DECIDING,
        "approve": OFFICE | DECIDING,
    }


class FinalPolicy(ScopedPolicy[Final]):
    """Live finals: `edit` runs the stage, `vote` is a juror's."""

    model = Final
    verbs = ("view", "edit", "vote")
    paths: ClassVar[Mapping[str, str]] = ROUND_PATHS
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICE | DECIDING | {JUROR.code},
        "edit": OFFICE | DECIDING,
        "vote": frozenset({JUROR.code}),
    }


class QuotaPolicy(PartPolicy[Quota]):
    """Quotas."""

    model = Quota


class AwardPolicy(PartPolicy[Award]):
    """Awards: what can be won is public."""

    model = Award


class StepPolicy(PartPolicy[Step]):
    """The record of a call."""

    model = Step


POLICIES = (
    CallPolicy,
    AreaPolicy,
    QuestionPolicy,
    AccessCodePolicy,
    InquiryPolicy,
    NominationPolicy,
    RulePolicy,
    PanelPolicy,
    JurorPolicy,
    MemberPolicy,
    CheckPolicy,
    OrganisationGroupPolicy,
    RoundPolicy,
    CriterionPolicy,
    ComputationPolicy,
    FinalPolicy,
    QuotaPolicy,
    AwardPolicy,
    StepPolicy,
)
