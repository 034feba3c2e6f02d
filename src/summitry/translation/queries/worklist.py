"""What is to be translated: the filters of the workbench, the texts they leave, and how far each language has come."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import TextState
from summitry.translation.models import Assignment
from summitry.translation.queries.reach import Reach, languages_of
from summitry.translation.queries.units import Unit, forum_names, units_of

OPEN = (TextState.MISSING, TextState.STALE, TextState.MACHINE)
MINE = "me"
NOBODY = "nobody"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks of the work list, read from an address: unknown values are dropped, never an error.

    `field` may name several fields, with commas between them.
    """

    lang: str = ""
    state: tuple[str, ...] = ()
    kind: str = ""
    field: str = ""
    forum: int = 0
    row: int = 0
    assignee: str = ""
    due: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], languages: Sequence[str]) -> Wanted:
        """Read GET parameters; `languages` are those that may be asked for, the first one being the default."""
        lang = given.get("lang", "")
        states = tuple(state for state in given.get("state", "").split(",") if state in set(TextState))
        return cls(
            lang=lang if lang in languages else next(iter(languages), ""),
            state=tuple(dict.fromkeys(states)),
            kind=given.get("kind", "")[:_LONGEST],
            field=given.get("field", "")[:_LONGEST],
            forum=_number(given.get("forum", "")),
            row=_number(given.get("row", "")),
            assignee=given.get("assignee", "")[:20],
            due=_day(given.get("due", "")),
            q=" ".join(given.get("q", "").split())[:_LONGEST],
        )

    def query(self, **changes: object) -> str:
        """Return the query string of this filter with `changes`, without what is empty; empty or with `?`."""
        values = {**asdict(self), **changes}
        states = values["state"]
        values["state"] = ",".join(states) if isinstance(states, tuple) else states
        string = urlencode({name: value for name, value in values.items() if value})
        return f"?{string}" if string else ""

    def but(self, **changes: object) -> Wanted:
        """Return this filter with `changes`."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the language is asked for."""
        return self != Wanted(lang=self.lang)


@dataclass(frozen=True, slots=True)
class Share:
    """An assignment as texts are matched with it."""

    account_id: int
    name: str
    language: str
    source: str
    forum_id: int | None
    due_at: dt.datetime | None

    def holds(self, unit: Unit) -> bool:
        """Return whether `unit` belongs to it, whatever its language."""
        return (not self.source or self.source == unit.source.key) and (
            self.forum_id is None or self.forum_id in unit.forums
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts are in each state."""

    missing: int = 0
    machine: int = 0
    stale: int = 0
    reviewed: int = 0

    @classmethod
    def of(cls, states: Iterable[TextState]) -> Progress:
        """Count states."""
        counts = Counter(str(state) for state in states)
        return cls(**{state: counts[state] for state in ("missing", "machine", "stale", "reviewed")})

    @property
    def total(self) -> int:
        """All of them."""
        return self.missing + self.machine + self.stale + self.reviewed

    @property
    def open(self) -> int:
        """Those that still want work."""
        return self.total - self.reviewed

    @property
    def percent(self) -> int:
        """The share of reviewed ones; 100 only where nothing is left."""
        return 100 if not self.open else self.reviewed * 100 // self.total


class Worklist:
    """One edition's texts as one actor sees them, with the shares that have been handed out."""

    def __init__(self, edition: Edition, actor: Actor, reach: Reach) -> None:
        self.edition, self.actor, self.reach = edition, actor, reach
        everything = units_of(edition)
        self.languages = reach.of(languages_of(edition))
        self._units = [unit for unit in everything if self._sees(unit)]
        self.forums = {
            pk: name for pk, name in forum_names(everything).items() if reach.reads_all or pk in reach.forums
        }
        self.shares = shares(edition, actor)
        self.deadline = _deadline(edition)

    def units(self, lang: str) -> list[Unit]:
        """Return the texts that are to be in `lang`, in the order of the sources."""
        return [
            unit
            for unit in self._units
            if unit.text.source != lang and self.reach.may_read(lang, unit.forums)
        ]

    def find(self, wanted: Wanted) -> list[Unit]:
        """Return the texts that a filter leaves."""
        lang, folded = wanted.lang, wanted.q.casefold()
        found = []
        for unit in self.units(lang):
            if wanted.kind and unit.source.key != wanted.kind:
                continue
            if wanted.field and unit.field.name not in wanted.field.split(","):
                continue
            if wanted.forum and wanted.forum not in unit.forums:
                continue
            if wanted.row and unit.pk != wanted.row:
                continue
            if wanted.state and unit.state(lang) not in wanted.state:
                continue
            if folded and not _says(unit, lang, folded):
                continue
            found.append(unit)
        return self._handed(found, wanted) if wanted.assignee or wanted.due else found

    def progress(self, lang: str) -> Progress:
        """Return how far a language has come."""
        return Progress.of(unit.state(lang) for unit in self.units(lang))

    def by_forum(self, lang: str) -> dict[int, Progress]:
        """Return how far each forum has come in a language; texts of no forum are under 0."""
        states: dict[int, list[TextState]] = {}
        for unit in self.units(lang):
            state = unit.state(lang)
            for forum in unit.forums & self.forums.keys() or {0}:
                states.setdefault(forum, []).append(state)
        ordered = [*(pk for pk in self.forums if pk in states), *({0} & states.keys())]
        return {pk: Progress.of(states[pk]) for pk in ordered}

    def by_kind(self, lang: str) -> dict[str, Progress]:
        """Return how far each kind of text has come in a language."""
        states: dict[str, list[TextState]] = {}
        for unit in self.units(lang):
            states.setdefault(unit.source.key, []).append(unit.state(lang))
        return {key: Progress.of(found) for key, found in states.items()}

    def shares_of(self, unit: Unit, lang: str) -> list[Share]:
        """Return the shares that a text belongs to in a language."""
        return [share for share in self.shares if share.language == lang and share.holds(unit)]

    def due(self, unit: Unit, lang: str) -> dt.datetime | None:
        """Return when a text is due: by the nearest of its shares, else by the edition's deadline."""
        dates = [share.due_at for share in self.shares_of(unit, lang) if share.due_at]
        return min(dates) if dates else self.deadline

    def _handed(self, units: list[Unit], wanted: Wanted) -> list[Unit]:
        if wanted.due:
            last = dt.datetime.combine(dt.date.fromisoformat(wanted.due), dt.time.max, self.edition.zone)
            units = [unit for unit in units if (due := self.due(unit, wanted.lang)) and due <= last]
        if wanted.assignee == NOBODY:
            return [unit for unit in units if not self.shares_of(unit, wanted.lang)]
        if not wanted.assignee:
            return units
        account = self.actor.account_id if wanted.assignee == MINE else _number(wanted.assignee)
        own = [one for one in self.shares if one.account_id == account and one.language == wanted.lang]
        return [unit for unit in units if any(share.holds(unit) for share in own)]

    def _sees(self, unit: Unit) -> bool:
        return self.reach.reads_all or bool(self.reach.forums & unit.forums)


def shares(edition: Edition, actor: Actor) -> list[Share]:
    """Return the shares of an edition that `actor` may see."""
    rows = visible(actor, Assignment.objects.filter(edition=edition)).select_related("account")
    return [
        Share(row.account_id, str(row.account), row.language, row.source, row.forum_id, row.due_at)
        for row in rows
    ]


def _deadline(edition: Edition) -> dt.datetime | None:
    deadline = edition.deadlines.filter(kind=DeadlineKind.TRANSLATIONS).first()
    return deadline.due_at if deadline else None


def _says(unit: Unit, lang: str, folded: str) -> bool:
    return any(
        folded in words.casefold()
        for words in (unit.original, unit.text.get(lang), *_texts(unit.name), *_texts(unit.within))
    )


def _texts(name: object) -> Iterable[str]:
    texts = getattr(name, "texts", None)
    return texts.values() if texts is not None else (str(name),)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def _day(given: str) -> str:
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError:
        return ""
