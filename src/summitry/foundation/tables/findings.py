"""What can be wrong with a file, named so that it can be shown in the reader's own language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Param = str | int


class Severity(StrEnum):
    """How much a problem matters.

    ``error``: the file contradicts itself or cannot be read; a person should decide before anything is written.
    ``warning``: something was repaired in a way that may not be what the sender meant.
    ``note``: something was filled in, in a way that is certain or harmless.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FileCode(StrEnum):
    """What can be wrong with any file or table; the sentence for people is in ``sentences.py``."""

    EMPTY_FILE = "empty-file"
    TOO_LARGE = "too-large"
    TOO_COMPLEX = "too-complex"
    ENCODING_UNREADABLE = "encoding-unreadable"
    ENCODING_GUESSED = "encoding-guessed"
    DTD_REFUSED = "dtd-refused"
    SPREADSHEET_UNREADABLE = "spreadsheet-unreadable"
    SPREADSHEET_LOCKED = "spreadsheet-locked"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    NO_ROWS = "no-rows"
    COLUMN_REPEATED = "column-repeated"
    CELLS_BEYOND_HEADER = "cells-beyond-header"
    NOT_A_TABLE = "not-a-table"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``where`` is an element path, an event or a cell; ``count`` for how many such it stands."""

    severity: Severity
    where: str
    code: StrEnum
    params: Mapping[str, Param] = field(default_factory=dict)
    count: int = 1


# How often one kind of problem is told before the rest is only counted.
_TOLD = {Severity.ERROR: 100, Severity.WARNING: 100, Severity.NOTE: 1}


class Problems:
    """Collects findings while a file is read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def error(self, code: StrEnum, where: str, **params: Param) -> None:
        self._found.append(Problem(Severity.ERROR, where, code, params))

    def warning(self, code: StrEnum, where: str, **params: Param) -> None:
        self._found.append(Problem(Severity.WARNING, where, code, params))

    def note(self, code: StrEnum, where: str, **params: Param) -> None:
        self._found.append(Problem(Severity.NOTE, where, code, params))

    def condensed(self) -> tuple[Problem, ...]:
        """All findings in order. Notes of one kind are told once, errors and warnings a hundred times.

        The last one told stands for the others too; its ``count`` says for how many.
        """
        left: dict[tuple[Severity, StrEnum], int] = {}
        for problem in self._found:
            kind = (problem.severity, problem.code)
            left[kind] = left.get(kind, 0) + 1
        told: list[Problem] = []
        times: dict[tuple[Severity, StrEnum], int] = {}
        for problem in self._found:
            kind = (problem.severity, problem.code)
            times[kind] = times.get(kind, 0) + 1
            most = _TOLD[problem.severity]
            if times[kind] < most:
                told.append(problem)
            elif times[kind] == most:
                told.append(replace(problem, count=left[kind] - most + 1))
        return tuple(told)
