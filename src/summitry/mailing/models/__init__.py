"""The tables of the mailing room, one file for each aggregate."""

from summitry.mailing.models.address import Suppression
from summitry.mailing.models.letter import Letter
from summitry.mailing.models.mailing import MAX_PACE, Mailing
from summitry.mailing.models.notice import NoticeWording

__all__ = ["MAX_PACE", "Letter", "Mailing", "NoticeWording", "Suppression"]
