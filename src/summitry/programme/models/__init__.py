"""The tables of the programme, one file for each aggregate."""

from summitry.programme.models.agenda import Agenda, Star
from summitry.programme.models.capacity import Capacity
from summitry.programme.models.correction import Correction
from summitry.programme.models.forum import Forum, ForumOrganiser
from summitry.programme.models.schedule import Slot, Version
from summitry.programme.models.session import Appearance, Contribution, Session
from summitry.programme.models.source import ImportedRow, ScheduleSource
from summitry.programme.models.speaker import Availability, Material, Speaker
from summitry.programme.models.substitution import Substitution

__all__ = [
    "Agenda",
    "Appearance",
    "Availability",
    "Capacity",
    "Contribution",
    "Correction",
    "Forum",
    "ForumOrganiser",
    "ImportedRow",
    "Material",
    "ScheduleSource",
    "Session",
    "Slot",
    "Speaker",
    "Star",
    "Substitution",
    "Version",
]
