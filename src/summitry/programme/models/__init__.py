"""The tables of the programme, one file for each aggregate."""

from summitry.programme.models.agenda import Agenda, Star
from summitry.programme.models.forum import Forum, ForumOrganiser
from summitry.programme.models.schedule import Slot, Version
from summitry.programme.models.session import Appearance, Contribution, Session
from summitry.programme.models.source import ImportedRow, ScheduleSource

__all__ = [
    "Agenda",
    "Appearance",
    "Contribution",
    "Forum",
    "ForumOrganiser",
    "ImportedRow",
    "ScheduleSource",
    "Session",
    "Slot",
    "Star",
    "Version",
]
