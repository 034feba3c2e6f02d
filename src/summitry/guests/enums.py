"""Choices of this room, and which state of a guest follows which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class Capacity(TextChoices):
    """As what somebody comes. One of a guest's capacities counts; a category says which it is."""

    HEAD_OF_STATE = "head_of_state", _("Head of state")
    HEAD_OF_GOVERNMENT = "head_of_government", _("Head of government")
    MINISTER = "minister", _("Minister")
    HEAD_OF_DELEGATION = "head_of_delegation", _("Head of delegation")
    DELEGATE = "delegate", _("Delegate")
    GUEST = "guest", _("Invited guest")
    SPEAKER = "speaker", _("Speaker")
    OBSERVER = "observer", _("Observer")
    MEDIA = "media", _("Media")
    EXHIBITOR = "exhibitor", _("Exhibitor")
    INTERPRETER = "interpreter", _("Interpreter")
    COMPANION = "companion", _("Companion")
    SECURITY = "security", _("Security")
    STAFF = "staff", _("Staff")
    VOLUNTEER = "volunteer", _("Volunteer")
    CONTRACTOR = "contractor", _("Contractor")
    VISITOR = "visitor", _("Visitor")


class Attendance(TextChoices):
    """How a guest takes part."""

    ON_SITE = "on_site", _("On site")
    LIVE_LINK = "live_link", _("By live link")
    RECORDED = "recorded", _("Recorded")
    ONLINE = "online", _("Online")


class Rule(TextChoices):
    """Whether something is asked of the guests of a category: a photo, an identity document, visa support."""

    NEVER = "never", _("Not asked")
    ASKED = "asked", _("Asked, not required")
    REQUIRED = "required", _("Required")


class Step(TextChoices):
    """The steps of an accreditation that a category may have, in their order. A field is asked in one of them."""

    APPLICATION = "application", _("Application")
    COMPLETENESS = "completeness", _("Check of completeness")
    SCREENING = "screening", _("Screening")
    DECISION = "decision", _("Decision")
    CONFIRMATION = "confirmation", _("Confirmation")


class GuestState(TextChoices):
    """How far a guest has come."""

    INVITED = "invited", pgettext_lazy("guest", "Invited")
    NOMINATED = "nominated", _("Nominated")
    APPLYING = "applying", _("Filling in")
    WAITING = "waiting", _("On the waiting list")
    SUBMITTED = "submitted", _("To be checked")
    INCOMPLETE = "incomplete", _("Asked to complete")
    SCREENING = "screening", _("In screening")
    DECIDING = "deciding", _("To be decided")
    ON_HOLD = "on_hold", _("On hold")
    APPROVED = "approved", _("Approved, to confirm")
    CONFIRMED = "confirmed", pgettext_lazy("guest", "Accredited")
    REFUSED = "refused", pgettext_lazy("guest", "Refused")
    APPEALED = "appealed", _("Refused, appealed")
    DECLINED = "declined", pgettext_lazy("guest", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("guest", "Withdrawn")
    REPLACED = "replaced", pgettext_lazy("guest", "Replaced")
    REVOKED = "revoked", pgettext_lazy("guest", "Revoked")


class Source(TextChoices):
    """How a guest came into the edition's list."""

    INVITED = "invited", pgettext_lazy("source", "Invited")
    NOMINATED = "nominated", pgettext_lazy("source", "Nominated")
    REGISTERED = "registered", _("Registered herself")
    IMPORTED = "imported", _("Imported")
    DESK = "desk", _("At the desk")


class InvitationState(TextChoices):
    """How far an invitation has come."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    DELEGATED = "delegated", _("Passed on")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")


class DecisionKind(TextChoices):
    """What can be done about an application. Each is written into its record, with who, when and why."""

    COMPLETE = "complete", _("Take as complete")
    ASK = "ask", _("Ask to complete")
    CLEAR = "clear", _("Screening passed")
    OBJECT = "object", _("Screening objects")
    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
    HOLD = "hold", _("Put on hold")
    RESET = "reset", _("Reset")
    REVOKE = "revoke", _("Revoke")
    ADMIT = "admit", _("Take from the waiting list")


class ScreeningResult(TextChoices):
    """What came back about one name. Reasons do not come back, and are kept nowhere."""

    OPEN = "open", _("No answer yet")
    PASSED = "passed", pgettext_lazy("screening", "Passed")
    OBJECTS = "objects", pgettext_lazy("screening", "Objects")


class ErasureState(TextChoices):
    """What became of a guest's wish to be erased."""

    ASKED = "asked", pgettext_lazy("erasure", "Asked for")
    DONE = "done", pgettext_lazy("erasure", "Erased")
    REFUSED = "refused", pgettext_lazy("erasure", "Refused, with reasons")


class FieldKind(TextChoices):
    """What a field of a form takes."""

    LINE = "line", _("One line")
    TEXT = "text", _("Several lines")
    CHOICE = "choice", _("One of several")
    CHOICES = "choices", _("Any of several")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")
    MOMENT = "moment", _("Date and time")
    NUMBER = "number", _("Number")
    ENTITY = "entity", _("Country or region")
    PHONE = "phone", _("Telephone")
    FILE = "file", _("File")
    PHOTO = "photo", _("Photo")
    IDENTITY = "identity", _("Passport or identity document")


class MeetingState(TextChoices):
    """How far a request for a meeting has come."""

    PROPOSED = "proposed", pgettext_lazy("meeting", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("meeting", "Agreed")
    DECLINED = "declined", pgettext_lazy("meeting", "Declined")
    EXPIRED = "expired", pgettext_lazy("meeting", "Not answered in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("meeting", "Taken back")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


G = GuestState
GONE = frozenset({G.DECLINED, G.WITHDRAWN, G.REPLACED, G.REFUSED, G.REVOKED, G.APPEALED})
"""Whoever is in one of these does not come; a refused and appealed guest does not until somebody decides otherwise."""
UNDECIDED = frozenset({G.SUBMITTED, G.INCOMPLETE, G.SCREENING, G.DECIDING, G.ON_HOLD})
EXAMINED = frozenset({G.SUBMITTED, G.SCREENING, G.DECIDING, G.ON_HOLD})
"""The application is handed in and looked at; in which step it is, is not for the outside."""
WITH_GUEST = frozenset({G.INVITED, G.NOMINATED, G.APPLYING, G.INCOMPLETE})
"""The guest, or whoever acts for her, can change what she applied with."""
HOLDS_SEAT = frozenset(G) - GONE - {G.WAITING}
"""Whoever is in one of these takes a place of her delegation's quota."""
LEAVING = frozenset({G.WITHDRAWN, G.REPLACED})

GUEST = TransitionTable(
    "guests.guest",
    "state",
    {
        G.INVITED: frozenset({G.APPLYING, G.SUBMITTED, G.DECLINED, G.CONFIRMED}) | LEAVING,
        G.NOMINATED: frozenset({G.APPLYING, G.SUBMITTED, G.DECLINED, G.WAITING}) | LEAVING,
        G.APPLYING: frozenset({G.SUBMITTED, G.WAITING, G.DECLINED}) | LEAVING,
        G.WAITING: frozenset({G.APPLYING, G.SUBMITTED, G.REFUSED}) | LEAVING,
        G.SUBMITTED: frozenset({G.INCOMPLETE, G.SCREENING, G.DECIDING, G.APPROVED, G.CONFIRMED, G.REFUSED}) | LEAVING,
        G.INCOMPLETE: frozenset({G.SUBMITTED, G.REFUSED}) | LEAVING,
        G.SCREENING: frozenset({G.DECIDING, G.ON_HOLD, G.REFUSED, G.INCOMPLETE}) | LEAVING,
        G.DECIDING: frozenset({G.APPROVED, G.CONFIRMED, G.REFUSED, G.ON_HOLD, G.INCOMPLETE, G.SCREENING}) | LEAVING,
        G.ON_HOLD: frozenset({G.DECIDING, G.APPROVED, G.CONFIRMED, G.REFUSED, G.INCOMPLETE}) | LEAVING,
        G.APPROVED: frozenset({G.CONFIRMED, G.REVOKED, G.DECIDING}) | LEAVING,
        G.CONFIRMED: frozenset({G.REVOKED, G.DECIDING}) | LEAVING,
        G.REFUSED: frozenset({G.APPEALED, G.DECIDING}),
        G.APPEALED: frozenset({G.REFUSED, G.DECIDING}),
        G.REVOKED: frozenset({G.DECIDING}),
        G.DECLINED: frozenset({G.APPLYING, G.INVITED}),
        G.WITHDRAWN: frozenset({G.APPLYING, G.NOMINATED, G.INVITED}),
        G.REPLACED: frozenset(),
    },
)  # fmt: skip

I = InvitationState  # noqa: E741 - as G above, in one table
INVITATION = TransitionTable(
    "guests.invitation",
    "state",
    {
        I.DRAFT: frozenset({I.SENT, I.WITHDRAWN}),
        I.SENT: frozenset({I.ACCEPTED, I.DECLINED, I.DELEGATED, I.EXPIRED, I.WITHDRAWN}),
        I.ACCEPTED: frozenset({I.DECLINED, I.WITHDRAWN}),
        I.DECLINED: frozenset({I.ACCEPTED, I.SENT}),
        I.EXPIRED: frozenset({I.SENT, I.ACCEPTED, I.WITHDRAWN}),
        I.DELEGATED: frozenset({I.SENT}),
        I.WITHDRAWN: frozenset({I.SENT}),
    },
)

M = MeetingState
MEETING = TransitionTable(
    "guests.meeting",
    "state",
    {
        M.PROPOSED: frozenset({M.ACCEPTED, M.DECLINED, M.EXPIRED, M.WITHDRAWN}),
        M.ACCEPTED: frozenset({M.CANCELLED}),
        M.DECLINED: frozenset(),
        M.EXPIRED: frozenset(),
        M.WITHDRAWN: frozenset(),
        M.CANCELLED: frozenset(),
    },
)
