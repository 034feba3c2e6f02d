"""What can be wrong with a cell of a table of guests, and the sentence for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from summitry.foundation.tables import FileCode, Problem, Severity
from summitry.foundation.tables.sentences import SENTENCES as OF_FILES


class CellCode(StrEnum):
    """What can be wrong."""

    NAME_MISSING = "name-missing"
    NAME_UNREADABLE = "name-unreadable"
    NOT_WORDS = "not-words"
    TOO_LONG = "too-long"
    EMAIL_UNREADABLE = "email-unreadable"
    CATEGORY_MISSING = "category-missing"
    CATEGORY_UNKNOWN = "category-unknown"
    DELEGATION_UNKNOWN = "delegation-unknown"
    ENTITY_UNKNOWN = "entity-unknown"
    ATTENDANCE_UNKNOWN = "attendance-unknown"
    LANGUAGE_UNKNOWN = "language-unknown"
    SAME_ROW = "same-row"
    QUOTA_FULL = "quota-full"
    NO_NAME_COLUMN = "no-name-column"


SENTENCES: Mapping[str, str | Promise] = {
    CellCode.NAME_MISSING: _("The row has no name."),
    CellCode.NAME_UNREADABLE: _("“%(value)s” is no name."),
    CellCode.NOT_WORDS: _("“%(value)s” is a number or a date. Perhaps the spreadsheet has changed it."),
    CellCode.TOO_LONG: _("At most %(limit)s characters are possible; these are %(count)s."),
    CellCode.EMAIL_UNREADABLE: _("“%(value)s” is no e-mail address."),
    CellCode.CATEGORY_MISSING: _("The row says no category, and none was chosen for such rows."),
    CellCode.CATEGORY_UNKNOWN: _("The edition has no category “%(value)s”."),
    CellCode.DELEGATION_UNKNOWN: _("The edition has no delegation “%(value)s”."),
    CellCode.ENTITY_UNKNOWN: _("“%(value)s” is no country or region of the stylebook."),
    CellCode.ATTENDANCE_UNKNOWN: _("“%(value)s” is no way of taking part."),
    CellCode.LANGUAGE_UNKNOWN: _("“%(value)s” is no language of letters."),
    CellCode.SAME_ROW: _("It says the same as row %(row)s, and counts once."),
    CellCode.QUOTA_FULL: _("The delegation has no place left in this category."),
    CellCode.NO_NAME_COLUMN: _("No column was chosen for the name."),
}


def sentence(problem: Problem) -> str:
    """Return what was found as a sentence in the active language, without the place."""
    own = SENTENCES.get(problem.code)
    words = str(own) if own is not None else gettext(OF_FILES[FileCode(problem.code)])
    return words % problem.params


def code_of(value: str) -> StrEnum:
    """Return the code of this value."""
    return CellCode(value) if value in set(CellCode) else FileCode(value)


def to_plain(problem: Problem) -> list[object]:
    """Return a problem as JSON."""
    return [str(problem.severity), problem.where, str(problem.code), dict(problem.params)]


def from_plain(kept: list[object]) -> Problem:
    """Return the problem that was kept."""
    severity, where, code, params = kept
    if not isinstance(params, dict):
        raise TypeError(params)
    return Problem(Severity(str(severity)), str(where), code_of(str(code)), params)
