"""What can be wrong with a schedule file, named so that it can be shown in the reader's own language."""

from enum import StrEnum

from summitry.foundation.tables.findings import Param, Problem, Problems, Severity

__all__ = ["Param", "Problem", "ProblemCode", "Problems", "Severity"]


class ProblemCode(StrEnum):
    """Every kind of problem; the sentence for people is in ``sentences.py``."""

    TOO_DEEP = "too-deep"
    UNKNOWN_FORMAT = "unknown-format"
    HTML_PAGE = "html-page"
    XML_SYNTAX = "xml-syntax"
    ENTITIES_REPLACED = "entities-replaced"
    JSON_SYNTAX = "json-syntax"
    KEY_REPEATED = "key-repeated"
    KEYS_MERGED = "keys-merged"
    WRONG_ROOT = "wrong-root"
    NO_DAYS = "no-days"
    NO_DATES = "no-dates"

    ZONE_INFERRED = "zone-inferred"
    ZONE_ASSUMED = "zone-assumed"
    ZONE_UNKNOWN = "zone-unknown"
    CONFERENCE_UNTITLED = "conference-untitled"
    VALUE_UNREADABLE = "value-unreadable"
    DAYS_RENUMBERED = "days-renumbered"
    DAY_DATE_MISSING = "day-date-missing"
    DAY_ENDS_EARLY = "day-ends-early"

    START_MISSING = "start-missing"
    START_DIFFERS = "start-differs"
    DATE_DERIVED = "date-derived"
    DATE_FROM_ABOVE = "date-from-above"
    DURATION_MISSING = "duration-missing"
    DURATION_DIFFERS = "duration-differs"
    OUTSIDE_DAY = "outside-day"
    ROOM_MISSING = "room-missing"
    ROOM_DIFFERS = "room-differs"
    TITLE_MISSING = "title-missing"
    CONTROL_CHARACTERS = "control-characters"

    ID_MISSING = "id-missing"
    ID_NOT_NUMERIC = "id-not-numeric"
    ID_CLASH = "id-clash"
    GUID_DERIVED = "guid-derived"
    GUID_CLASH = "guid-clash"
    PERSON_NAMES_DIFFER = "person-names-differ"
    PERSON_WITHOUT_NAME = "person-without-name"
    REMAINDER_STALE = "remainder-stale"

    COLUMN_ABSENT = "column-absent"
    FIELD_UNMAPPED = "field-unmapped"
    CELL_UNREADABLE = "cell-unreadable"
