"""Choices and transition tables of the programme."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class ForumKind(TextChoices):
    """What sort of gathering a forum is."""

    CEREMONY = "ceremony", _("Ceremony")
    MAIN = "main", _("Main forum")
    SUB = "sub", _("Sub-forum")
    CAFE = "cafe", _("Café")
    PRESS = "press", _("Press conference")
    TRACK = "track", _("Track")


class ContributionKind(TextChoices):
    """What is given within a session."""

    KEYNOTE = "keynote", _("Keynote")
    SPEECH = "speech", _("Speech")
    PANEL = "panel", _("Panel")
    DIALOGUE = "dialogue", _("Dialogue")
    DEMONSTRATION = "demonstration", _("Demonstration")
    ANNOUNCEMENT = "announcement", _("Announcement")


class SpeakerRole(TextChoices):
    """What a person does in a session or contribution."""

    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator")
    SPEAKER = "speaker", _("Speaker")
    PANELLIST = "panellist", _("Panellist")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    INTERPRETER = "interpreter", _("Interpreter")


PUBLIC_ROLES = (
    SpeakerRole.CHAIR,
    SpeakerRole.MODERATOR,
    SpeakerRole.SPEAKER,
    SpeakerRole.PANELLIST,
    SpeakerRole.RAPPORTEUR,
)


class Delivery(TextChoices):
    """How a person takes part."""

    IN_PERSON = "in_person", _("In person")
    LIVE_LINK = "live_link", _("By live link")
    RECORDED = "recorded", _("Recorded")


class ChangeKind(TextChoices):
    """What happened to a session between two schedule versions."""

    ADDED = "added", _("New")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    RENAMED = "renamed", _("Renamed")


class ForumState(TextChoices):
    """How far a forum's institution and the secretariat agree on it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned with remarks")
    SIGNED = "signed", _("Signed off")
    PUBLISHED = "published", _("Published")


FORUM_STEPS = TransitionTable(
    "programme.forum",
    "state",
    {
        ForumState.DRAFT: frozenset({ForumState.SUBMITTED}),
        ForumState.SUBMITTED: frozenset({ForumState.DRAFT, ForumState.RETURNED, ForumState.SIGNED}),
        ForumState.RETURNED: frozenset({ForumState.SUBMITTED}),
        ForumState.SIGNED: frozenset({ForumState.RETURNED, ForumState.PUBLISHED}),
        ForumState.PUBLISHED: frozenset({ForumState.RETURNED}),
    },
)
# The institution works on its forum in these states; in the others the secretariat does.
WITH_INSTITUTION = frozenset({ForumState.DRAFT, ForumState.RETURNED})


class AppearanceState(TextChoices):
    """What a speaker has said about one of her appearances."""

    EXPECTED = "expected", _("Not answered yet")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


APPEARANCE_STEPS = TransitionTable(
    "programme.appearance",
    "state",
    {
        AppearanceState.EXPECTED: frozenset({AppearanceState.CONFIRMED, AppearanceState.DECLINED}),
        AppearanceState.CONFIRMED: frozenset({AppearanceState.DECLINED}),
        AppearanceState.DECLINED: frozenset({AppearanceState.CONFIRMED}),
    },
)


class SubstitutionState(TextChoices):
    """What became of somebody whom a speaker named in her place."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SUBSTITUTION_STEPS = TransitionTable(
    "programme.substitution",
    "state",
    {
        SubstitutionState.PROPOSED: frozenset(
            {SubstitutionState.ACCEPTED, SubstitutionState.REFUSED, SubstitutionState.WITHDRAWN}
        ),
    },
)


class BiographyState(TextChoices):
    """How far a speaker has approved her biography, in the language in which it was written."""

    MISSING = "missing", _("No biography yet")
    OPEN = "open", _("Not approved yet")
    SIGNED = "signed", pgettext_lazy("biography", "Approved")


class MaterialKind(TextChoices):
    """What a speaker hands in."""

    SLIDES = "slides", _("Slides")
    VIDEO = "video", _("Recording")
    PAPER = "paper", _("Paper")
    SPEECH = "speech", _("Text of the speech")


class LinkTest(TextChoices):
    """How far a remote speaker's link has been tried."""

    OPEN = "open", _("Not tested yet")
    PASSED = "passed", _("Test passed")
    FAILED = "failed", _("Test failed")


class CapacityKind(TextChoices):
    """What an edition has a limited number of, for all rooms together."""

    INTERPRETATION = "interpretation", _("Interpretation teams")
    BROADCAST = "broadcast", _("Broadcast crews")
    LIVE_LINK = "live_link", _("Live links")
