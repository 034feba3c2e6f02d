"""Choices and transition tables of the outbox."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from summitry.foundation.states import TransitionTable


class MailingKind(TextChoices):
    """Whether a recipient may decline: what she needs in order to take part comes in any case, news does not."""

    OPERATIONAL = "operational", _("Needed in order to take part")
    NEWS = "news", _("News; can be unsubscribed from")


class MailingState(TextChoices):
    """Where a mailing stands on its way out."""

    DRAFT = "draft", _("Draft")
    HELD = "held", _("Held in the outbox")
    SCHEDULED = "scheduled", _("Scheduled")
    RELEASED = "released", _("Released, leaves shortly")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    RECALLED = "recalled", _("Recalled")


class LetterState(TextChoices):
    """What became of one recipient's letter. `CLAIMED` is in a worker's hands at this moment."""

    QUEUED = "queued", _("Waiting")
    CLAIMED = "claimed", _("Being handed over")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    SUPPRESSED = "suppressed", _("Left out")
    RECALLED = "recalled", _("Recalled")


class SuppressionReason(TextChoices):
    """Why an address gets no mail: none at all after it came back, no news after unsubscribing."""

    BOUNCED = "bounced", _("A letter came back")
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed from news")


class NoticeMode(TextChoices):
    """What happens to a notice that the program writes by itself."""

    SENT = "sent", _("Sent at once")
    HELD = "held", _("Held in the outbox until somebody releases it")
    OFF = "off", _("Not written")


class NoticeKey(TextChoices):
    """The notices that the program writes by itself; each has templates `mail/<key>.<language>.txt`."""

    SPEAKER_PAGE = "speaker_page", _("A speaker’s own page")
    FORUM_SUBMITTED = "forum_submitted", _("A forum was submitted")
    FORUM_RETURNED = "forum_returned", _("A forum was returned")
    FORUM_SIGNED = "forum_signed", _("A forum was signed off")
    DEADLINE_REMINDER = "deadline_reminder", _("Reminder of a deadline")
    SPEAKER_REMINDER = "speaker_reminder", _("Reminder of what a speaker owes")
    SCHEDULE_CHANGED = "schedule_changed", _("The schedule changed")
    FOCAL_POINT_WELCOME = "focal_point_welcome", _("Somebody became focal point of a delegation")
    GUEST_APPROVED = "guest_approved", _("An application was approved")
    GUEST_REFUSED = "guest_refused", _("An application was refused")
    GUEST_ASKED = "guest_asked", _("An application is to be completed")
    GUEST_REVOKED = "guest_revoked", _("An accreditation was revoked")
    VISA_LETTER = "visa_letter", _("A visa letter is ready")
    MEETING_REQUEST = "meeting_request", _("A guest is asked for a meeting")
    MEETING_ANSWER = "meeting_answer", _("A request for a meeting was answered")
    SIGN_IN = "sign_in", _("A link to sign in")
    GUEST_INVITATION = "guest_invitation", _("An invitation")
    GUEST_REMINDER = "guest_reminder", _("Reminder of an invitation")
    GUEST_UNINVITED = "guest_uninvited", _("An invitation was withdrawn")
    GUEST_PAGE = "guest_page", _("A guest’s own page")
    REGISTRATION_CONFIRM = "registration_confirm", _("A registration to be confirmed")
    REGISTRATION_KNOWN = "registration_known", _("A registration of somebody known already")
    REGISTRATION_PLACE = "registration_place", _("A place for somebody on the waiting list")
    CALL_ANSWER = "call_answer", _("The answer to a question about a call")
    CALL_CANCELLED = "call_cancelled", _("A call was cancelled")
    ENTRY_PAGE = "entry_page", _("The pages of an entry")
    ENTRY_RECEIPT = "entry_receipt", _("An entry was handed in")
    ENTRY_REMINDER = "entry_reminder", _("Reminder of an entry that is not handed in")
    ENTRY_LATE = "entry_late", _("A late entry is admitted")
    ENTRY_MEMBER = "entry_member", _("Somebody is named as member of an entry’s team")
    ENTRY_NOMINATED = "entry_nominated", _("Somebody is nominated to enter a call")
    ENTRY_RETURNED = "entry_returned", _("An entry is returned to be completed")
    ENTRY_INELIGIBLE = "entry_ineligible", _("An entry is not eligible")
    JURY_INVITATION = "jury_invitation", _("Somebody is invited to a jury")
    JURY_READS = "jury_reads", _("Entries for a juror to read")
    JURY_REMINDER = "jury_reminder", _("Reminder of entries to read")
    ENTRY_LAUREATE = "entry_laureate", _("An entry holds an award")
    ENTRY_RESULT = "entry_result", _("What became of an entry")


ENDED = frozenset({MailingState.SENT, MailingState.RECALLED})
EDITABLE = frozenset({MailingState.DRAFT, MailingState.HELD})

MAILING = TransitionTable(
    "mailing.mailing",
    "state",
    {
        MailingState.DRAFT: frozenset({MailingState.HELD, MailingState.SCHEDULED, MailingState.RELEASED}),
        MailingState.HELD: frozenset({MailingState.DRAFT, MailingState.SCHEDULED, MailingState.RELEASED}),
        MailingState.SCHEDULED: frozenset({MailingState.HELD, MailingState.SENDING}),
        MailingState.RELEASED: frozenset({MailingState.RECALLED, MailingState.SENDING}),
        MailingState.SENDING: frozenset({MailingState.SENT, MailingState.RECALLED}),
        MailingState.SENT: frozenset({MailingState.SENDING}),
        MailingState.RECALLED: frozenset(),
    },
)
LETTER = TransitionTable(
    "mailing.letter",
    "state",
    {
        LetterState.QUEUED: frozenset({LetterState.CLAIMED, LetterState.RECALLED}),
        LetterState.CLAIMED: frozenset(
            {LetterState.SENT, LetterState.QUEUED, LetterState.FAILED, LetterState.BOUNCED}
        ),
        LetterState.SENT: frozenset({LetterState.BOUNCED, LetterState.QUEUED}),
        LetterState.FAILED: frozenset({LetterState.QUEUED}),
        LetterState.BOUNCED: frozenset({LetterState.QUEUED}),
        LetterState.SUPPRESSED: frozenset({LetterState.QUEUED}),
        LetterState.RECALLED: frozenset(),
    },
)
