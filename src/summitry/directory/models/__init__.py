"""The tables of the directory, one file for each aggregate."""

from summitry.directory.models.entity import Entity, EntityName, FlagAsset, NamingProfile
from summitry.directory.models.merge import Merge
from summitry.directory.models.organisation import Affiliation, Organisation
from summitry.directory.models.person import Person, PersonName
from summitry.directory.models.term import Term
from summitry.directory.models.topic import Topic

__all__ = [
    "Affiliation",
    "Entity",
    "EntityName",
    "FlagAsset",
    "Merge",
    "NamingProfile",
    "Organisation",
    "Person",
    "PersonName",
    "Term",
    "Topic",
]
