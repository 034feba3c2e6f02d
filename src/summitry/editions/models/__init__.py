"""The tables of the editions room, one file for each aggregate."""

from summitry.editions.models.deadline import Deadline, Reminder
from summitry.editions.models.edition import Edition, EditionTopic, Phase, Summit
from summitry.editions.models.organiser import EditionOrganiser
from summitry.editions.models.venue import Building, Room, Venue, Walk

__all__ = [
    "Building",
    "Deadline",
    "Edition",
    "EditionOrganiser",
    "EditionTopic",
    "Phase",
    "Reminder",
    "Room",
    "Summit",
    "Venue",
    "Walk",
]
