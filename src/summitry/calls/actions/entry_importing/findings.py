"""What can be wrong with a cell of a table of entries, and the sentence for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from summitry.foundation.tables import FileCode, Problem, Severity
from summitry.foundation.tables.sentences import SENTENCES as OF_FILES


class CellCode(StrEnum):
    """What can be wrong. REFUSED carries the sentence that a page would say."""

    REFUSED = "refused"
    AREA_UNKNOWN = "area-unknown"
    ENTITY_UNKNOWN = "entity-unknown"
    KIND_UNKNOWN = "kind-unknown"
    LANGUAGE_UNKNOWN = "language-unknown"
    TITLE_MISSING = "title-missing"
    EMAIL_MISSING = "email-missing"
    SAME_ROW = "same-row"
    NO_COLUMN = "no-column"


SENTENCES: Mapping[str, str | Promise] = {
    CellCode.REFUSED: _("“%(value)s”: %(why)s"),
    CellCode.AREA_UNKNOWN: _("The call has no area “%(value)s”."),
    CellCode.ENTITY_UNKNOWN: _("“%(value)s” is no country or region of the stylebook."),
    CellCode.KIND_UNKNOWN: _("“%(value)s” is no kind of institution."),
    CellCode.LANGUAGE_UNKNOWN: _("“%(value)s” is no language of letters."),
    CellCode.TITLE_MISSING: _("The row has no title."),
    CellCode.EMAIL_MISSING: _("The row has no e-mail address."),
    CellCode.SAME_ROW: _("It says the same as row %(row)s, and counts once."),
    CellCode.NO_COLUMN: _("Choose a column for the title and one for the e-mail address."),
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
