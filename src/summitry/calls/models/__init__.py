"""What this room keeps."""

from summitry.calls.models.call import AccessCode, Area, Call, Inquiry, Question, RulesText
from summitry.calls.models.eligibility import EligibilityCheck, EligibilityRule, Rejection
from summitry.calls.models.entry import (
    Attachment,
    Entry,
    EntryVersion,
    Member,
    Nomination,
    Relation,
)
from summitry.calls.models.final import Ballot, Final, Pitch, PublicVote
from summitry.calls.models.judging import (
    Assignment,
    Computation,
    Criterion,
    Remark,
    Review,
    Round,
    Standing,
)
from summitry.calls.models.jury import Bid, Conflict, Juror, OrganisationGroup, Panel
from summitry.calls.models.record import Step, StepWords
from summitry.calls.models.selection import Award, Decision, Laureate, Quota

__all__ = [
    "AccessCode",
    "Area",
    "Assignment",
    "Attachment",
    "Award",
    "Ballot",
    "Bid",
    "Call",
    "Computation",
    "Conflict",
    "Criterion",
    "Decision",
    "EligibilityCheck",
    "EligibilityRule",
    "Entry",
    "EntryVersion",
    "Final",
    "Inquiry",
    "Juror",
    "Laureate",
    "Member",
    "Nomination",
    "OrganisationGroup",
    "Panel",
    "Pitch",
    "PublicVote",
    "Question",
    "Quota",
    "Rejection",
    "Relation",
    "Remark",
    "Review",
    "Round",
    "RulesText",
    "Standing",
    "Step",
    "StepWords",
]
