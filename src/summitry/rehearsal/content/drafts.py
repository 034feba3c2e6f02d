"""Sessions on their way into the programme: read from the data files, then given a place, then people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from summitry.rehearsal.content.plan import (
    LANGUAGES,
    ContributionKind,
    ContributionPlan,
    ForumKind,
    RolePlan,
    SessionKind,
    Translation,
)
from summitry.rehearsal.content.reading import listing, read
from summitry.rehearsal.content.spelling import Distinct, slugify
from summitry.rehearsal.content.texts import translation

PREFIX: dict[ForumKind, str] = {"ceremony": "CER", "main": "MF", "sub": "SF", "cafe": "CAF", "press": "PC"}
# What a session consists of besides the items written down for it: the kind of its closing item.
DISCUSSION: dict[SessionKind, ContributionKind | None] = {
    "ceremony": None, "plenary": "panel", "panel": "panel", "dialogue": "dialogue", "workshop": None, "cafe": None, "press": None,
}  # fmt: skip
MINUTES: dict[SessionKind, tuple[int, ...]] = {
    "panel": (75, 90), "dialogue": (60, 75), "workshop": (75, 90), "plenary": (90,),
}  # fmt: skip
LEAST_ITEM = 10
NOWHEN = datetime(1, 1, 1, tzinfo=UTC)


class Item(NamedTuple):
    """An item of a session: its share of the time, and who is to hold it if the data file says so."""

    kind: ContributionKind
    title: Translation
    weight: int
    person: str | None


@dataclass(slots=True)
class SessionDraft:
    """A session without its place and people yet."""

    code: str
    slug: str
    kind: SessionKind
    title: Translation
    abstract: Translation
    lengths: tuple[int, ...]
    items: list[Item]
    leader: str | None = None
    room: str = ""
    start: datetime = NOWHEN
    minutes: int = 0
    spoken: tuple[str, ...] = ("en",)
    interpreted: tuple[str, ...] = ()
    broadcast: bool = False
    contributions: tuple[ContributionPlan, ...] = ()
    roles: list[RolePlan] = field(default_factory=list)

    @property
    def end(self) -> datetime:
        """The first moment after the session."""
        return self.start + timedelta(minutes=self.minutes)

    def place(self, room: str, start: datetime, minutes: int) -> None:
        """Give the session its room and time, and its items their codes and minutes."""
        self.room, self.start, self.minutes = room, start, minutes
        shares = [item.weight for item in self.items]
        spare = minutes - LEAST_ITEM * len(shares)
        lengths = [LEAST_ITEM + spare * share // sum(shares) // 5 * 5 for share in shares]
        self.contributions = tuple(
            ContributionPlan(f"{self.code}-{number}", item.kind, item.title, length)
            for number, (item, length) in enumerate(zip(self.items, lengths, strict=True), start=1)
        )


@dataclass(slots=True)
class ForumDraft:
    """A forum with its sessions; `organisations` and `chair` are found with the people."""

    slug: str
    kind: ForumKind
    number: int
    title: Translation
    abstract: Translation
    topic: str
    sessions: list[SessionDraft]
    organisations: tuple[str, ...] = ()
    chair: str = ""


def forums(rng: Random, scale: float) -> list[ForumDraft]:
    """Return all forums; below full size each keeps its first sessions."""
    distinct = Distinct()
    numbers = dict.fromkeys(PREFIX, 0)
    drafts = []
    for table in (table for name in listing("forums") for table in read(name)["forums"]):
        kind: ForumKind = table["kind"]
        numbers[kind] += 1
        kept = table["sessions"][: max(1, round(len(table["sessions"]) * min(scale, 1.0)))]
        prefix = f"{PREFIX[kind]}{numbers[kind]:02d}"
        drafts.append(
            ForumDraft(
                slug=slugify(table["title"]["en"]),
                kind=kind,
                number=numbers[kind],
                title=translation(table["title"], rng, proofread=True),
                abstract=translation(table["abstract"], rng),
                topic=table["topic"],
                sessions=[
                    session(item, f"{prefix}-{n:02d}", rng, distinct) for n, item in enumerate(kept, start=1)
                ],
            )
        )
    return drafts


def session(item: dict[str, Any], code: str, rng: Random, distinct: Distinct) -> SessionDraft:
    """Read one session; where the file fixes its place, it is placed at once."""
    kind: SessionKind = item["kind"]
    source = item.get("source", "en")
    title = translation(item["title"], rng, source)
    draft = SessionDraft(
        code=code,
        slug=distinct.take(slugify(title.texts.get("en", title.texts[source])) or code.lower()),
        kind=kind,
        title=title,
        abstract=translation(item["abstract"], rng, source),
        lengths=MINUTES.get(kind, (60,)),
        items=list(items(item, kind, rng, source)),
        broadcast=item.get("broadcast", False),
        leader=item.get("leader"),
    )
    if "room" in item:
        draft.place(item["room"], moment(item["day"], item["start"]), item["minutes"])
    return draft


def items(item: dict[str, Any], kind: SessionKind, rng: Random, source: str) -> Iterator[Item]:
    """Yield the items of a session; the discussion at the end takes its title from the common stock."""
    for talk in item.get("talks", ()):
        words = {key: text for key, text in talk.items() if key in LANGUAGES}
        title = translation(words, rng, source if source in words else "en")
        yield Item(talk["kind"], title, talk.get("weight", 2), talk.get("person"))
    discussion = DISCUSSION[kind]
    if discussion:
        stock = read("discussions")[discussion]
        yield Item(discussion, translation(rng.choice(stock), rng, proofread=True), 4, None)


def moment(day: int, clock: str) -> datetime:
    """Return a time of the day, the first being 1, in the zone of the host."""
    data = read("edition")
    first: date = data["first_day"]
    return datetime.combine(
        first + timedelta(days=day - 1), time.fromisoformat(clock), ZoneInfo(data["zone"])
    )
