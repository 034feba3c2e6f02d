"""Choices of selections and of the record."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Dimension(TextChoices):
    """What a quota counts."""

    AREA = "area", _("Area")
    KIND = "kind", _("Kind of institution")
    ENTITY = "entity", _("Country or region")


class Verdict(TextChoices):
    """What the chair decided about an entry."""

    SELECTED = "selected", pgettext_lazy("verdict", "Selected")
    RESERVE = "reserve", pgettext_lazy("verdict", "Reserve")
    NOT_SELECTED = "not_selected", pgettext_lazy("verdict", "Not selected")


class StepKind(TextChoices):
    """The steps of a call that its record keeps."""

    RULES = "rules", _("Rules set")
    PUBLISHED = "published", _("Call published")
    ENTRY_FROZEN = "entry_frozen", _("Entry frozen")
    ENTRY_ADDED = "entry_added", _("Late entry admitted")
    ENTRY_LEFT = "entry_left", _("Entry withdrawn or disqualified")
    ELIGIBILITY = "eligibility", _("Eligibility decided")
    JUROR = "juror", _("Jury changed")
    CONFLICT = "conflict", _("Conflict decided")
    ROUND = "round", _("Round set")
    SEED = "seed", _("Seed committed")
    COMPUTED = "computed", _("Computed")
    APPROVED = "approved", _("Brought into force")
    REVIEW = "review", _("Review handed in")
    RECUSAL = "recusal", _("Juror recused")
    ADVANCED = "advanced", _("Round decided")
    BALLOT = "ballot", _("Ballot committed")
    REVEALED = "revealed", _("Ballot revealed")
    TALLY = "tally", _("Ballots counted")
    LOTTERY = "lottery", _("Lot drawn")
    DECIDED = "decided", _("Chair decided")
    ANNOUNCED = "announced", _("Announced")
