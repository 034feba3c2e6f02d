"""The people of one edition, what is asked of them, and what was decided about them."""

from summitry.guests.models.category import Category
from summitry.guests.models.decision import Appeal, Decision, Proposal
from summitry.guests.models.delegation import Delegation, Quota
from summitry.guests.models.form import Answer, Field, Purpose
from summitry.guests.models.guest import Guest
from summitry.guests.models.imported import ImportedRow
from summitry.guests.models.invitation import Invitation
from summitry.guests.models.meeting import DiaryEntry, Meeting, MeetingDesk
from summitry.guests.models.privacy import Consent, ErasureRequest, RetentionRun
from summitry.guests.models.registration import Registration
from summitry.guests.models.screening import ScreeningEntry, ScreeningList
from summitry.guests.models.visa import VisaLetter

__all__ = [
    "Answer",
    "Appeal",
    "Category",
    "Consent",
    "Decision",
    "Delegation",
    "DiaryEntry",
    "ErasureRequest",
    "Field",
    "Guest",
    "ImportedRow",
    "Invitation",
    "Meeting",
    "MeetingDesk",
    "Proposal",
    "Purpose",
    "Quota",
    "Registration",
    "RetentionRun",
    "ScreeningEntry",
    "ScreeningList",
    "VisaLetter",
]
