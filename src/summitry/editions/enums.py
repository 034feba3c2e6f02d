"""Choices of the editions room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PhaseKind(TextChoices):
    """A dated stage of an edition. Phases may overlap; each opens and closes things."""

    PREPARATION = "preparation", _("Preparation")
    PROGRAMME_PUBLIC = "programme_public", _("Programme public")
    REGISTRATION = "registration", _("Registration")
    SUMMIT = "summit", _("Summit")
    AFTERWARDS = "afterwards", _("Afterwards")
    ARCHIVED = "archived", _("Archived")


class Moment(TextChoices):
    """Where the present stands towards an edition's days."""

    BEFORE = "before", _("Before the summit")
    DURING = "during", _("During the summit")
    AFTER = "after", _("After the summit")


class OrganiserRole(TextChoices):
    """What an institution is in an edition."""

    HOST = "host", _("Host")
    ORGANISER = "organiser", _("Organiser")
    CO_ORGANISER = "co_organiser", _("Co-organiser")
    SUPPORTER = "supporter", _("Supporter")


class EditionOrigin(TextChoices):
    """Whether an edition is run here, or only recorded from published sources."""

    RUN = "run", _("Run here")
    RECORD = "record", _("Record of a past edition")


class Equipment(TextChoices):
    """What a room offers."""

    STAGE = "stage", _("Stage")
    SCREEN = "screen", _("Screen")
    INTERPRETATION = "interpretation_booths", _("Interpretation booths")
    LIVESTREAM = "livestream", _("Live broadcast")
    LIVE_LINK = "live_link", _("Live link")
    RECORDING = "recording", _("Recording")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    STEP_FREE = "step_free", _("Step-free access")


class DeadlineKind(TextChoices):
    """What is due from co-organisers, speakers and translators."""

    FORUMS = "forums", _("Forums handed in")
    BIOGRAPHIES = "biographies", _("Biographies and portraits")
    SLIDES = "slides", _("Slides")
    VIDEOS = "videos", _("Recordings")
    LINK_TESTS = "link_tests", _("Tests of live links")
    TRANSLATIONS = "translations", _("Translations")
    INTERPRETATION = "interpretation", _("Interpretation plan")
