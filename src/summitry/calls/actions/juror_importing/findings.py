"""What can be wrong with a cell of a table of jurors, and the sentence for it."""

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
    EMAIL_MISSING = "email-missing"
    EMAIL_UNREADABLE = "email-unreadable"
    ENTITY_UNKNOWN = "entity-unknown"
    LANGUAGE_UNKNOWN = "language-unknown"
    AREA_UNKNOWN = "area-unknown"
    AREAS_TOO_MANY = "areas-too-many"
    MOST_UNREADABLE = "most-unreadable"
    TOO_LONG = "too-long"
    SAME_ROW = "same-row"
    NO_COLUMN = "no-column"


SENTENCES: Mapping[str, str | Promise] = {
    CellCode.NAME_MISSING: _("The row has no name."),
    CellCode.NAME_UNREADABLE: _("“%(value)s” is no name: it has no letters."),
    CellCode.EMAIL_MISSING: _("The row has no e-mail address."),
    CellCode.EMAIL_UNREADABLE: _("“%(value)s” is no e-mail address."),
    CellCode.ENTITY_UNKNOWN: _("“%(value)s” is no country or region of the stylebook."),
    CellCode.LANGUAGE_UNKNOWN: _("“%(value)s” is no language in which entries are written here."),
    CellCode.AREA_UNKNOWN: _("The call has no area “%(value)s”."),
    CellCode.AREAS_TOO_MANY: _("At most %(limit)s different areas can be named."),
    CellCode.MOST_UNREADABLE: _("“%(value)s” is no number of reads: a whole number from 1 to %(limit)s."),
    CellCode.TOO_LONG: _("The text is too long: %(count)s characters, at most %(limit)s."),
    CellCode.SAME_ROW: _("It has the same address as row %(row)s, and is left out."),
    CellCode.NO_COLUMN: _("Choose a column for the name and one for the e-mail address."),
}


def sentence(problem: Problem) -> str:
    """Return what was found as a sentence in the active language, without the place."""
    own = SENTENCES.get(problem.code)
    words = str(own) if own is not None else gettext(OF_FILES[FileCode(problem.code)])
    return words % problem.params


def to_plain(problem: Problem) -> list[object]:
    """Return a problem as JSON."""
    return [str(problem.severity), problem.where, str(problem.code), dict(problem.params)]


def from_plain(kept: list[object]) -> Problem:
    """Return the problem that was kept."""
    severity, where, code, params = kept
    if not isinstance(params, dict):
        raise TypeError(params)
    known = CellCode(str(code)) if str(code) in set(CellCode) else FileCode(str(code))
    return Problem(Severity(str(severity)), str(where), known, params)
