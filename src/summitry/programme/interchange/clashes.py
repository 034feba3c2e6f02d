"""Giving every event an identity of its own, and telling where the file's own identities contradict each other."""

from summitry.programme.interchange.document import EventPerson
from summitry.programme.interchange.identity import derived_guid, is_guid
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import RawEvent
from summitry.programme.interchange.texts import line
from summitry.programme.interchange.values import integer_of, text_of


class Identities:
    """The identities met so far in one file. ``source`` tells its events from those of other conferences."""

    def __init__(self, source: str, problems: Problems) -> None:
        self._source = source
        self._problems = problems
        self._guids: dict[str, str] = {}
        self._ids: dict[int, str] = {}
        self._occurrences: dict[str, int] = {}
        self._names: dict[int, tuple[str, str]] = {}

    def identify(self, event: RawEvent) -> tuple[int | None, str]:
        """ID and GUID for an event. The GUID is the file's own unless it has none or another event has it."""
        number = self._id(event)
        given = text_of(event.fields.get("guid")).strip()
        if given and not is_guid(given):
            event.extra.setdefault("guid", given)
        if given and is_guid(given):
            guid = given
        else:
            guid = derived_guid(self._source, "event", given or self._seed(event, number))
            self._problems.note(ProblemCode.GUID_DERIVED, event.where, guid=guid)
        return number, self._unique(guid, event, number, own=guid == given)

    def _id(self, event: RawEvent) -> int | None:
        value = event.fields.get("id")
        number = integer_of(value)
        if number is None or number < 1:
            if text := text_of(value).strip():
                event.extra.setdefault("id", text)
                self._problems.note(ProblemCode.ID_NOT_NUMERIC, event.where, id=text[:80])
            else:
                self._problems.note(ProblemCode.ID_MISSING, event.where)
            return None
        if other := self._ids.get(number):
            self._problems.warning(ProblemCode.ID_CLASH, event.where, id=number, other=other)
        self._ids.setdefault(number, event.where)
        return number

    @staticmethod
    def _seed(event: RawEvent, number: int | None) -> str:
        """What of an event without a GUID is least likely to change."""
        if number is not None:
            return str(number)
        for name in ("id", "code", "slug"):
            if text := text_of(event.fields.get(name)).strip():
                return f"{name} {text}"
        return "title " + line(text_of(event.fields.get("title"))).strip()

    def _unique(self, guid: str, event: RawEvent, number: int | None, *, own: bool) -> str:
        first = guid.lower()
        occurrence = self._occurrences[first] = self._occurrences.get(first, 0) + 1
        if first not in self._guids:
            self._guids[first] = event.where
            return guid
        derived = derived_guid(self._source, "again", first, str(number or ""), str(occurrence))
        while derived in self._guids:
            derived = derived_guid("again", derived)
        self._guids[derived] = event.where
        if own:
            other = self._guids[first]
            self._problems.error(ProblemCode.GUID_CLASH, event.where, guid=guid, other=other, derived=derived)
        return derived

    def check_person(self, person: EventPerson, where: str) -> None:
        """Warn once for each further name under which a person's ID appears."""
        if not person.name.strip():
            self._problems.warning(ProblemCode.PERSON_WITHOUT_NAME, where, id=person.id or 0)
        if person.id is None:
            return
        name, first = self._names.setdefault(person.id, (person.name, where))
        if name.split() != person.name.split():
            self._problems.warning(
                ProblemCode.PERSON_NAMES_DIFFER,
                where,
                id=person.id,
                name=person.name[:80],
                other_name=name[:80],
                other=first,
            )
