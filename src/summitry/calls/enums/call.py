"""Choices of calls, their forms and what people ask about them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class Preset(TextChoices):
    """What a call is for; its preset fills in the rounds, the quotas and the words."""

    ACHIEVEMENTS = "achievements", _("Achievements")
    CASES = "cases", _("Cases")
    COMPETITION = "competition", _("Competition")


class CallState(TextChoices):
    """How far a call is. Whether entries are taken follows from its dates."""

    DRAFT = "draft", pgettext_lazy("call", "Draft")
    PUBLISHED = "published", pgettext_lazy("call", "Published")
    FROZEN = "frozen", _("Entries frozen")
    ANNOUNCED = "announced", pgettext_lazy("call", "Announced")
    CANCELLED = "cancelled", pgettext_lazy("call", "Cancelled")


class Admission(TextChoices):
    """Who may enter a call."""

    OPEN = "open", _("Anybody")
    CODE = "code", _("Whoever has an access code")
    NOMINATION = "nomination", _("Whoever was nominated")


class QuestionKind(TextChoices):
    """What a question of an entry form takes; the names are those of a guest's form, where they take the same."""

    LINE = "line", _("One line")
    TEXT = "text", _("Several lines")
    CHOICE = "choice", _("One of several")
    CHOICES = "choices", _("Any of several")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")
    NUMBER = "number", _("Number")
    ENTITY = "entity", _("Country or region")
    PHONE = "phone", _("Telephone")
    LINK = "link", _("Web address")
    FILE = "file", _("File")


class InquiryState(TextChoices):
    """What became of somebody's question about a call."""

    ASKED = "asked", pgettext_lazy("inquiry", "Asked")
    ANSWERED = "answered", pgettext_lazy("inquiry", "Answered")
    DISMISSED = "dismissed", pgettext_lazy("inquiry", "Not answered")


C = CallState
CALL = TransitionTable(
    "calls.call",
    "state",
    {
        C.DRAFT: frozenset({C.PUBLISHED, C.CANCELLED}),
        C.PUBLISHED: frozenset({C.FROZEN, C.CANCELLED}),
        C.FROZEN: frozenset({C.ANNOUNCED, C.CANCELLED}),
        C.ANNOUNCED: frozenset(),
        C.CANCELLED: frozenset({C.DRAFT}),
    },
)
