"""The sentence for each kind of problem, in English, marked for translation.

Translating is the caller's part: ``gettext(SENTENCES[problem.code]) % problem.params``. Every sentence can also be
told without a place, since ``Problem.where`` is shown beside it.
"""

from collections.abc import Mapping
from enum import StrEnum

from summitry.foundation.tables.sentences import SENTENCES as OF_FILES
from summitry.foundation.tables.sentences import gettext_noop
from summitry.programme.interchange.problems import Problem, ProblemCode

SENTENCES: Mapping[StrEnum, str] = {
    **OF_FILES,
    ProblemCode.TOO_DEEP: gettext_noop("The file nests values more than %(limit)s levels deep."),
    ProblemCode.UNKNOWN_FORMAT: gettext_noop(
        "This is not a schedule in XML or JSON; the content looks like this format: %(seen)s."
    ),
    ProblemCode.HTML_PAGE: gettext_noop(
        "This is a web page (“%(title)s”), not a schedule file. Perhaps a sign-in or error page was saved instead."
    ),
    ProblemCode.XML_SYNTAX: gettext_noop("This is not well-formed XML (column %(column)s: %(reason)s)."),
    ProblemCode.ENTITIES_REPLACED: gettext_noop(
        "The file uses character names that XML does not know; they were replaced with the characters."
    ),
    ProblemCode.JSON_SYNTAX: gettext_noop("This is not valid JSON (column %(column)s: %(reason)s)."),
    ProblemCode.KEY_REPEATED: gettext_noop(
        "The key “%(key)s” stands twice in one object, with different values."
    ),
    ProblemCode.KEYS_MERGED: gettext_noop(
        "The key “%(key)s” stands twice in one object; both lists were joined."
    ),
    ProblemCode.WRONG_ROOT: gettext_noop(
        "This is not a schedule: “%(expected)s” was expected, “%(seen)s” was found."
    ),
    ProblemCode.NO_DAYS: gettext_noop("The file lists no conference days."),
    ProblemCode.NO_DATES: gettext_noop("Neither this day nor its events nor the conference has a date."),
    ProblemCode.ZONE_INFERRED: gettext_noop("The file names no time zone; its times are those of %(zone)s."),
    ProblemCode.ZONE_ASSUMED: gettext_noop("The file tells nothing of its time zone; %(zone)s was assumed."),
    ProblemCode.ZONE_UNKNOWN: gettext_noop("The time zone “%(zone)s” is not known."),
    ProblemCode.CONFERENCE_UNTITLED: gettext_noop("The conference has no title."),
    ProblemCode.VALUE_UNREADABLE: gettext_noop("The value “%(value)s” of “%(field)s” cannot be read."),
    ProblemCode.DAYS_RENUMBERED: gettext_noop("The days were numbered anew, from 1."),
    ProblemCode.DAY_DATE_MISSING: gettext_noop("The day has no date; %(date)s was assumed."),
    ProblemCode.DAY_ENDS_EARLY: gettext_noop("The day ends (%(end)s) before it begins (%(start)s)."),
    ProblemCode.START_MISSING: gettext_noop("The event has no start that can be read."),
    ProblemCode.START_DIFFERS: gettext_noop(
        "The clock time %(start)s differs from the date and time %(date)s, which counts."
    ),
    ProblemCode.DATE_DERIVED: gettext_noop("The event has no date of its own; that of its day was taken."),
    ProblemCode.DATE_FROM_ABOVE: gettext_noop(
        "The row has no date; that of the row above was taken (%(date)s)."
    ),
    ProblemCode.DURATION_MISSING: gettext_noop("The event has no duration that can be read."),
    ProblemCode.DURATION_DIFFERS: gettext_noop(
        "The duration (%(duration)s) differs from the time until the end (%(until_end)s), which counts."
    ),
    ProblemCode.OUTSIDE_DAY: gettext_noop(
        "The event begins (%(start)s) outside the day that lists it (%(day)s)."
    ),
    ProblemCode.ROOM_MISSING: gettext_noop("The event has no room."),
    ProblemCode.ROOM_DIFFERS: gettext_noop(
        "The event stands under room “%(room)s” but names room “%(named)s”."
    ),
    ProblemCode.TITLE_MISSING: gettext_noop("The event has no title."),
    ProblemCode.CONTROL_CHARACTERS: gettext_noop("Control characters were removed from the text."),
    ProblemCode.ID_MISSING: gettext_noop("The event has no ID."),
    ProblemCode.ID_NOT_NUMERIC: gettext_noop(
        "The ID “%(id)s” is not a positive number; the event keeps its GUID only."
    ),
    ProblemCode.ID_CLASH: gettext_noop("The ID %(id)s is also that of another event: %(other)s."),
    ProblemCode.GUID_DERIVED: gettext_noop(
        "The event has no GUID; one was derived from the conference and its ID."
    ),
    ProblemCode.GUID_CLASH: gettext_noop(
        "The GUID %(guid)s is also that of another event: %(other)s. This one would be kept as %(derived)s."
    ),
    ProblemCode.PERSON_NAMES_DIFFER: gettext_noop(
        "The person with ID %(id)s is called “%(name)s” here and “%(other_name)s” elsewhere: %(other)s."
    ),
    ProblemCode.PERSON_WITHOUT_NAME: gettext_noop("A person has no name."),
    ProblemCode.REMAINDER_STALE: gettext_noop(
        "The file was written by this software and changed since; the visible values count."
    ),
    ProblemCode.COLUMN_ABSENT: gettext_noop("The table has no column “%(column)s”."),
    ProblemCode.FIELD_UNMAPPED: gettext_noop("No column was chosen for “%(field)s”, which is needed."),
    ProblemCode.CELL_UNREADABLE: gettext_noop("“%(value)s” cannot be read as “%(field)s”."),
}


def sentence(problem: Problem) -> str:
    """The problem in English, for logs and for whoever has no catalogue at hand."""
    return SENTENCES[problem.code] % problem.params
