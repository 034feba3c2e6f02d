"""What a rehearsed summit consists of: frozen values, linked by slugs and codes instead of references.

Slugs and codes are unique within their kind. Texts are keyed by the interface languages in `LANGUAGES`; a missing key is
a missing translation. Language tags of names and of spoken languages are BCP 47 and not limited to these six.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

LANGUAGES: Final = ("en", "zh-hans", "fr", "es", "ru", "ar")

Texts = dict[str, str]
TranslationState = Literal["reviewed", "machine", "missing"]
EntityKind = Literal["country", "union", "organisation"]
OrganisationRole = Literal["host", "organiser", "co-organiser", "supporter"]
NameUse = Literal["display", "native", "latin", "badge"]
Capacity = Literal["speaker", "delegate", "interpreter", "rapporteur", "journalist", "staff", "observer"]
Attendance = Literal["on_site", "online"]
ForumKind = Literal["ceremony", "main", "sub", "cafe", "press"]
SessionKind = Literal["ceremony", "plenary", "panel", "dialogue", "workshop", "cafe", "press"]
ContributionKind = Literal["keynote", "speech", "panel", "dialogue", "demonstration", "announcement"]
SessionRole = Literal["chair", "moderator", "speaker", "panellist", "interpreter", "rapporteur"]
Delivery = Literal["in_person", "live_link", "recorded"]
Fallback = Literal["recorded", "read_out", "audio_only"]
Qualifier = Literal["about", "more than", "nearly", "exact"]
AmendmentKind = Literal["move", "cancel", "swap_rooms", "rename"]


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in the language it was written in, with the translations that exist so far."""

    source: str
    texts: Texts
    machine: frozenset[str] = frozenset()

    def state(self, language: str) -> TranslationState:
        """Say how far the text has come in a language; the source itself counts as reviewed."""
        if language not in self.texts:
            return "missing"
        return "machine" if language in self.machine else "reviewed"


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A dated stage of the edition; `closes` is the first moment after it."""

    kind: Literal["preparation", "open", "closed", "archived"]
    names: Texts
    opens: datetime
    closes: datetime | None


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """The summit (series) and its one edition; texts are complete in all languages."""

    summit_slug: str
    summit_name: Texts
    slug: str
    name: Texts
    formal_title: Texts
    motto: Texts
    host_city: Texts
    lead: Texts
    practical: Texts
    zone: str
    first_day: date
    last_day: date
    languages: tuple[str, ...]
    fallback: tuple[str, ...]
    phases: tuple[PhasePlan, ...]


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room; `number` is the order on plans and timetables, 1 is the largest."""

    slug: str
    number: int
    building: str
    names: Texts
    capacity: int
    equipment: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """A building of the venue."""

    slug: str
    names: Texts
    note: Texts


class WalkPlan(NamedTuple):
    """Minutes on foot between two different buildings; listed once per pair, valid both ways."""

    start: str
    end: str
    minutes: int


@dataclass(frozen=True, slots=True)
class VenuePlan:
    """The one venue with its buildings, rooms and walking times."""

    slug: str
    names: Texts
    address: Texts
    buildings: tuple[BuildingPlan, ...]
    rooms: tuple[RoomPlan, ...]
    walks: tuple[WalkPlan, ...]


@dataclass(frozen=True, slots=True)
class EntityPlan:
    """What people represent; names are empty for ISO 3166 codes, which the directory names by its profile."""

    code: str
    kind: EntityKind
    names: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """A node of the topic tree; areas have no parent."""

    slug: str
    parent: str | None
    names: Texts


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    """An invented organisation; `role` is its part in the edition, None for the employers of guests."""

    slug: str
    kind: str
    entity: str
    names: Texts
    role: OrganisationRole | None = None


@dataclass(frozen=True, slots=True)
class NamePlan:
    """One written form of a name, exactly as its bearer gave it; never to be split or derived."""

    use: NameUse
    lang: str
    text: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class AffiliationPlan:
    """A post held at an organisation; `until` is None while it is held."""

    organisation: str
    titles: Texts
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A human and her part in the edition; the first affiliation is the current one."""

    slug: str
    names: tuple[NamePlan, ...]
    honorific: str
    entity: str
    affiliations: tuple[AffiliationPlan, ...]
    email: str
    languages: tuple[str, ...]
    capacity: Capacity
    attendance: Attendance
    biography: Translation | None = None

    @property
    def display_name(self) -> str:
        """The one name of use `display`."""
        return next(name.text for name in self.names if name.use == "display")


@dataclass(frozen=True, slots=True)
class ForumPlan:
    """A named gathering with its own co-organisers, topic and chair."""

    slug: str
    kind: ForumKind
    number: int
    title: Translation
    abstract: Translation
    topic: str
    organisations: tuple[str, ...]
    chair: str


@dataclass(frozen=True, slots=True)
class ContributionPlan:
    """One item of a session; the minutes of a session's contributions never exceed the session."""

    code: str
    kind: ContributionKind
    title: Translation
    minutes: int


@dataclass(frozen=True, slots=True)
class RolePlan:
    """A person's part in a session, or in one contribution of it when that is named."""

    person: str
    role: SessionRole
    contribution: str | None = None
    delivery: Delivery = "in_person"
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One continuous sitting of a forum, placed as in version 1 of the schedule."""

    code: str
    slug: str
    forum: str
    kind: SessionKind
    title: Translation
    abstract: Translation
    room: str
    start: datetime
    minutes: int
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    broadcast: bool
    contributions: tuple[ContributionPlan, ...]
    roles: tuple[RolePlan, ...]

    @property
    def end(self) -> datetime:
        """The first moment after the session."""
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """A sample account; `scope` is the organisation or person whose rows it may touch, None for the whole edition."""

    role: str
    name: str
    email: str
    scope: str | None = None


class MeasurePlan(NamedTuple):
    """A headline figure as it would be printed on `as_of`."""

    measure: str
    value: int
    qualifier: Qualifier
    kind: Literal["expected", "actual"]
    as_of: date


@dataclass(frozen=True, slots=True)
class AmendmentPlan:
    """One change of version 2 against version 1; only the fields of its kind are set.

    `move`: new `start` and `room`. `swap_rooms`: `session` and `other` exchange rooms. `rename`: new `title`.
    `cancel`: nothing else. `note` is the sentence readers see.
    """

    kind: AmendmentKind
    session: str
    note: Texts
    other: str | None = None
    room: str | None = None
    start: datetime | None = None
    title: Translation | None = None


@dataclass(frozen=True, slots=True)
class SummitPlan:
    """A whole edition: everything needed to fill an empty installation."""

    seed: int
    scale: float
    edition: EditionPlan
    venue: VenuePlan
    entities: tuple[EntityPlan, ...]
    topics: tuple[TopicPlan, ...]
    organisations: tuple[OrganisationPlan, ...]
    people: tuple[PersonPlan, ...]
    forums: tuple[ForumPlan, ...]
    sessions: tuple[SessionPlan, ...]
    staff: tuple[StaffPlan, ...]
    measures: tuple[MeasurePlan, ...]
    amendments: tuple[AmendmentPlan, ...]
