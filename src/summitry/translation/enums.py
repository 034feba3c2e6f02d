"""Choices of the translation room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What an import does with one text."""

    NEW = "new", _("New translation")
    CHANGED = "changed", _("Other words")
    STATE = "state", _("Other state")
    STALE = "stale", _("Taken as stale: the source has changed")
    SAME = "same", _("Nothing to do")
    REFUSED = "refused", _("Refused")


class Problem(TextChoices):
    """Why a text of a file, or a whole file, is not taken."""

    UNKNOWN = "unknown", _("No text with this id, or you may not translate it.")
    TWICE = "twice", _("The file holds this text twice, with different words.")
    LANGUAGE = "language", _("The text is for another language.")
    SOURCE_CHANGED = "source-changed", _("The source has changed since the file was written.")
    TOO_LONG = "too-long", _("The translation is too long for its field.")
    LINES = "lines", _("The field holds one line only.")
    CHARACTERS = "characters", _("The translation holds characters that cannot be stored.")
    EMPTY = "empty", _("The file brings no translation of this text.")
