"""The sentence for each kind of problem with a file, in English, marked for translation.

Translating is the caller's part: ``gettext(SENTENCES[problem.code]) % problem.params``. Every sentence can also be
told without a place, since ``Problem.where`` is shown beside it.
"""

from collections.abc import Mapping
from enum import StrEnum

from summitry.foundation.tables.findings import FileCode


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the message catalogues and leaves it as it is."""
    return sentence


SENTENCES: Mapping[StrEnum, str] = {
    FileCode.EMPTY_FILE: gettext_noop("The file is empty."),
    FileCode.TOO_LARGE: gettext_noop("The file is larger than %(limit)s MB."),
    FileCode.TOO_COMPLEX: gettext_noop("The file has more parts than can be read (limit %(limit)s)."),
    FileCode.ENCODING_UNREADABLE: gettext_noop("The text is not valid %(encoding)s (byte %(offset)s)."),
    FileCode.ENCODING_GUESSED: gettext_noop(
        "The text is not valid %(declared)s (byte %(offset)s); it was read as %(used)s. Please check accented letters."
    ),
    FileCode.DTD_REFUSED: gettext_noop(
        "The file contains a document type declaration. None is needed, so it is refused for safety."
    ),
    FileCode.SPREADSHEET_UNREADABLE: gettext_noop("The spreadsheet cannot be read (%(reason)s)."),
    FileCode.SPREADSHEET_LOCKED: gettext_noop("The spreadsheet is protected with a password."),
    FileCode.TOO_MANY_ROWS: gettext_noop("The table has more than %(limit)s rows."),
    FileCode.TOO_MANY_COLUMNS: gettext_noop("The table has more than %(limit)s columns."),
    FileCode.NO_ROWS: gettext_noop("The table has no rows below its heading."),
    FileCode.COLUMN_REPEATED: gettext_noop(
        "Two columns are called “%(column)s”; the second is shown as “%(shown)s”."
    ),
    FileCode.CELLS_BEYOND_HEADER: gettext_noop(
        "The row has cells to the right of the last heading; they were left out."
    ),
    FileCode.NOT_A_TABLE: gettext_noop("This is not a table; the content looks like this format: %(seen)s."),
}
