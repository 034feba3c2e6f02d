"""Choices of entries and of their eligibility."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class EntrantKind(TextChoices):
    """What kind of institution enters."""

    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University or institute")
    PUBLIC_BODY = "public_body", _("Public body")
    INTERNATIONAL = "international", _("International organisation")
    ASSOCIATION = "association", _("Association or foundation")
    TEAM = "team", _("Team without an institution")


class EntryState(TextChoices):
    """How far an entry has come."""

    DRAFT = "draft", pgettext_lazy("entry", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("entry", "Handed in")
    RETURNED = "returned", pgettext_lazy("entry", "Returned to be completed")
    ELIGIBLE = "eligible", pgettext_lazy("entry", "Eligible")
    INELIGIBLE = "ineligible", pgettext_lazy("entry", "Not eligible")
    JUDGED = "judged", pgettext_lazy("entry", "With the jury")
    NOT_ADVANCED = "not_advanced", pgettext_lazy("entry", "Not advanced")
    SHORTLISTED = "shortlisted", pgettext_lazy("entry", "Shortlisted")
    SELECTED = "selected", pgettext_lazy("entry", "Selected")
    RESERVE = "reserve", pgettext_lazy("entry", "Reserve")
    NOT_SELECTED = "not_selected", pgettext_lazy("entry", "Not selected")
    ANNOUNCED = "announced", pgettext_lazy("entry", "Announced")
    WITHDRAWN = "withdrawn", pgettext_lazy("entry", "Withdrawn")
    DISQUALIFIED = "disqualified", pgettext_lazy("entry", "Disqualified")


class EntrySource(TextChoices):
    """How an entry came."""

    ENTRANT = "entrant", _("By the entrant")
    NOMINATED = "nominated", _("By nomination")
    IMPORTED = "imported", _("From a table")
    OFFICE = "office", _("By the office")


class MemberState(TextChoices):
    """Whether a member of a team has confirmed that she is one."""

    ASKED = "asked", pgettext_lazy("member", "Asked to confirm")
    CONFIRMED = "confirmed", pgettext_lazy("member", "Confirmed")
    DENIED = "denied", pgettext_lazy("member", "Says she is not one")


class NominationState(TextChoices):
    """What became of a nomination."""

    SENT = "sent", pgettext_lazy("nomination", "Received")
    INVITED = "invited", pgettext_lazy("nomination", "Invited to enter")
    TAKEN_UP = "taken_up", pgettext_lazy("nomination", "Taken up")
    DISMISSED = "dismissed", pgettext_lazy("nomination", "Not taken up")


class RuleKind(TextChoices):
    """What a rule of eligibility looks at."""

    ANSWER = "answer", _("An answer is one of several")
    NUMBER = "number", _("A number lies between two")
    DATE = "date", _("A date lies between two")
    FILE = "file", _("A file is there")
    ENTITY = "entity", _("The country or region is one of several")
    KIND = "kind", _("The kind of institution is one of several")
    TEAM = "team", _("All members have confirmed")
    ENTERED_BEFORE = "entered_before", _("The organisation has not been a laureate lately")
    ONE_ENTRY = "one_entry", _("One entry of an organisation in an area")
    PERSON = "person", _("A person decides")


class Outcome(TextChoices):
    """What a check found."""

    PASSES = "passes", pgettext_lazy("check", "Passes")
    FAILS = "fails", pgettext_lazy("check", "Does not pass")
    PERSON = "person", pgettext_lazy("check", "A person has to look")


E = EntryState
LEFT = frozenset({E.WITHDRAWN, E.DISQUALIFIED})
"""Whoever is in one of these takes part no more."""
WITH_ENTRANT = frozenset({E.DRAFT, E.RETURNED})
"""The entrant can change what she hands in."""
IN_PLAY = frozenset({E.ELIGIBLE, E.JUDGED, E.SHORTLISTED, E.SELECTED, E.RESERVE})
"""The entry can still be chosen."""
ENTRY = TransitionTable(
    "calls.entry",
    "state",
    {
        E.DRAFT: frozenset({E.SUBMITTED}) | LEFT,
        E.SUBMITTED: frozenset({E.DRAFT, E.RETURNED, E.ELIGIBLE, E.INELIGIBLE}) | LEFT,
        E.RETURNED: frozenset({E.SUBMITTED, E.INELIGIBLE}) | LEFT,
        E.ELIGIBLE: frozenset({E.JUDGED, E.INELIGIBLE, E.RETURNED}) | LEFT,
        E.INELIGIBLE: frozenset({E.ELIGIBLE}) | LEFT,
        E.JUDGED: frozenset({E.NOT_ADVANCED, E.SHORTLISTED, E.INELIGIBLE}) | LEFT,
        E.NOT_ADVANCED: frozenset({E.JUDGED, E.SHORTLISTED}) | LEFT,
        E.SHORTLISTED: frozenset({E.JUDGED, E.NOT_ADVANCED, E.SELECTED, E.RESERVE, E.NOT_SELECTED}) | LEFT,
        E.SELECTED: frozenset({E.SHORTLISTED, E.RESERVE, E.NOT_SELECTED, E.ANNOUNCED}) | LEFT,
        E.RESERVE: frozenset({E.SHORTLISTED, E.SELECTED, E.NOT_SELECTED}) | LEFT,
        E.NOT_SELECTED: frozenset({E.SHORTLISTED, E.SELECTED, E.RESERVE}) | LEFT,
        E.ANNOUNCED: frozenset({E.DISQUALIFIED}),
        E.WITHDRAWN: frozenset(),
        E.DISQUALIFIED: frozenset(),
    },
)
