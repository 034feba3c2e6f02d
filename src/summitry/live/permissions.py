"""Who may do what with cue sheets, arrivals and the interpretation plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet

from summitry.editions.permissions import DIRECTOR, EDITOR, STAFF
from summitry.foundation.access import ADMINISTRATOR, Actor, ScopedPolicy
from summitry.live.models import (
    Arrival,
    Booth,
    BoothPlan,
    Cue,
    Interpreter,
    Run,
    Shift,
    Undertaking,
    UndertakingText,
)
from summitry.programme.models import Session
from summitry.programme.permissions import FORUM_EDITOR, INTERPRETER, ROOM_OPERATOR, STREAM_CREW
from summitry.programme.permissions_speaking import placed_slots

PLANNERS = frozenset({DIRECTOR.code, EDITOR.code})
RUNNERS = PLANNERS | {ROOM_OPERATOR.code}
CREW = frozenset({ROOM_OPERATOR.code, INTERPRETER.code, STREAM_CREW.code})
WATCHERS = STAFF | CREW | {FORUM_EDITOR.code}

M = TypeVar("M", bound=Model)


class RunningPolicy(ScopedPolicy[M]):
    """What belongs to the run of a session: the crew and the forum's editors see it, its stage managers act.

    A room operator's role may be for one room: then it holds for the sessions that stand there, in the draft or in the
    published schedule. `session` is the lookup that leads from a row to its session.
    """

    verbs: ClassVar[tuple[str, ...]] = ("view", "edit", "run")
    session: ClassVar[str] = "session"
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": WATCHERS, "edit": RUNNERS, "run": RUNNERS}

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        if super().may(actor, verb, obj):
            return True
        if obj is None or not self._token_allows(actor, verb):
            return False
        session_id = self._session_of(obj)
        return session_id is not None and self._in_rooms(actor, verb).filter(pk=session_id).exists()

    def worked_on(self, actor: Actor) -> Q:
        mine = super().worked_on(actor)
        if not self._token_allows(actor, "view"):
            return mine
        return mine | Q(**{f"{self.session}__in": self._in_rooms(actor, "view")})

    def _in_rooms(self, actor: Actor, verb: str) -> QuerySet[Session]:
        rooms = actor.scope_ids("room", self.allowed.get(verb, frozenset()))
        if not rooms:
            return Session.objects.none()
        return Session.objects.filter(pk__in=placed_slots().filter(room__in=rooms).values("session_id"))

    def _session_of(self, obj: M) -> int | None:
        value: object = obj
        for step in self.session.split("__"):
            value = getattr(value, step, None)
        return value.pk if isinstance(value, Session) else None


class RunPolicy(RunningPolicy[Run]):
    """Runs."""

    model = Run
    paths: ClassVar[Mapping[str, str]] = {"edition": "session__edition_id", "forum": "session__forum_id"}

    def sessions(self, actor: Actor, rows: QuerySet[Session]) -> QuerySet[Session]:
        """Return those of `rows` whose run `actor` may see, whether it has begun or not."""
        if self._sees_all(actor):
            return rows
        if not self._token_allows(actor, "view"):
            return rows.none()
        roles = WATCHERS | {ADMINISTRATOR}
        here = Q(edition__in=actor.scope_ids("edition", roles)) | Q(forum__in=actor.scope_ids("forum", roles))
        return rows.filter(here | Q(pk__in=self._in_rooms(actor, "view")))


class CuePolicy(RunningPolicy[Cue]):
    """Cues."""

    model = Cue
    paths: ClassVar[Mapping[str, str]] = {"edition": "session__edition_id", "forum": "session__forum_id"}


class ArrivalPolicy(RunningPolicy[Arrival]):
    """Arrivals; the stream crew notes whose link is connected."""

    model = Arrival
    session = "appearance__session"
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "appearance__session__edition_id",
        "forum": "appearance__session__forum_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": WATCHERS,
        "edit": RUNNERS | {STREAM_CREW.code},
    }


class OwnPolicy(ScopedPolicy[M]):
    """What is an interpreter's own: the edition's staff plan with it, and she sees it by her account."""

    owner: ClassVar[str]

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        if super().may(actor, verb, obj):
            return True
        if verb not in self.of_owner or obj is None or actor.account_id is None:
            return False
        return self._token_allows(actor, verb) and self._account_of(obj) == actor.account_id

    of_owner: ClassVar[frozenset[str]] = frozenset({"view"})

    def worked_on(self, actor: Actor) -> Q:
        mine = super().worked_on(actor)
        if actor.account_id is None or not self._token_allows(actor, "view"):
            return mine
        return mine | Q(**{self.owner: actor.account_id})

    def _account_of(self, obj: M) -> int | None:
        value: object = obj
        for step in self.owner.split("__"):
            value = getattr(value, step, None)
        return value if isinstance(value, int) else None


class InterpreterPolicy(OwnPolicy[Interpreter]):
    """Interpreters. `prepare` opens the preparation packs of her own sessions, after her undertaking."""

    model = Interpreter
    owner = "person__account_id"
    verbs = ("view", "edit", "prepare")
    of_owner = frozenset({"view", "prepare"})
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF, "edit": PLANNERS}


class BoothPolicy(ScopedPolicy[Booth]):
    """Booths."""

    model = Booth
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "room__edition_id", "room": "room_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF | CREW, "edit": PLANNERS}


class BoothPlanPolicy(RunningPolicy[BoothPlan]):
    """Who works in which booth: the crew and the forum's editors know; its planners decide."""

    model = BoothPlan
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "session__edition_id", "forum": "session__forum_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": WATCHERS, "edit": PLANNERS}


class ShiftPolicy(RunningPolicy[Shift]):
    """Turns at the microphone."""

    model = Shift
    session = "plan__session"
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "plan__session__edition_id",
        "forum": "plan__session__forum_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": WATCHERS, "edit": PLANNERS}


class UndertakingTextPolicy(ScopedPolicy[UndertakingText]):
    """The text that interpreters accept."""

    model = UndertakingText
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": STAFF | {INTERPRETER.code},
        "edit": PLANNERS,
    }


class UndertakingPolicy(OwnPolicy[Undertaking]):
    """Who accepted which text."""

    model = Undertaking
    owner = "interpreter__person__account_id"
    paths: ClassVar[Mapping[str, str]] = {"edition": "interpreter__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF}


POLICIES = (
    RunPolicy,
    CuePolicy,
    ArrivalPolicy,
    InterpreterPolicy,
    BoothPolicy,
    BoothPlanPolicy,
    ShiftPolicy,
    UndertakingTextPolicy,
    UndertakingPolicy,
)
