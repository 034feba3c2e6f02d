"""`@tracked`: a job whose progress somebody watches, and whose end, good or bad, she is told.

    REPORT = Kind("badges.print", _("Printing badges"), (Stage("draw", _("Drawing"), 5), Stage("bind", _("Binding"))))

    @tracked(REPORT)
    def print_badges(work: TrackedWork, batch_id: int) -> None:
        work.stage("draw")
        with transaction.atomic():
            for guest in work.each(guests):
                ...
            work.finish(file=stored.pk)

    progress = start(print_badges, batch.pk, by=actor, edition_id=edition.pk)

Work is tried again when its worker dies or an error nobody foresaw stops it. A refusal (SummitryError) is an answer:
its sentence is kept in the language of whoever started the work. `finish` belongs into the transaction that does the
deed: of two workers that were given the same work only one commits.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django_tasks.base import Task

from summitry.foundation.access import Actor, system
from summitry.foundation.errors import PermissionRefused, StaleState, SummitryError
from summitry.foundation.jobs.job import job
from summitry.foundation.jobs.ticks import Tick, Ticker
from summitry.foundation.jobs.tracker import Tracker
from summitry.foundation.models import Progress, ProgressState

P = ParamSpec("P")
TICK_SECONDS = 0.25
UNFORESEEN = "unforeseen"
OPEN = (ProgressState.WAITING, ProgressState.RUNNING)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the work: its code, what it is called while it lasts, and its share of the whole."""

    code: str
    label: str | Promise
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work that is watched: its code, its title, and its stages in order."""

    code: str
    title: str | Promise
    stages: tuple[Stage, ...]


_kinds: dict[str, Kind] = {}
_tasks: dict[str, Kind] = {}


def kind_of(progress: Progress) -> Kind:
    """Return the kind of a piece of work. Raises KeyError for one that is no longer declared."""
    return _kinds[progress.kind]


def tracked(
    kind: Kind, *, retries: int = 2, first_pause: dt.timedelta = dt.timedelta(seconds=5)
) -> Callable[[Callable[Concatenate[TrackedWork, P], None]], Task[..., None]]:
    """Make a module-level function a job of `kind`; `start` it. It is tried `retries` times more, deaths included."""

    def decorate(function: Callable[Concatenate[TrackedWork, P], None]) -> Task[..., None]:
        @wraps(function)
        def run(public_id: str, /, *args: Any, **kwargs: Any) -> None:
            work = _begun(public_id, retries)
            if work is not None:
                work.run(lambda: function(work, *args, **kwargs))

        made: Task[..., None] = job(retries=retries, first_pause=first_pause)(run)
        _kinds[kind.code] = kind
        _tasks[made.module_path] = kind
        return made

    return decorate


def start(
    task: Task[..., None],
    *args: Any,
    by: Actor,
    edition_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> Progress:
    """Enqueue a tracked job in the caller's transaction and return the row that tells of it."""
    with transaction.atomic():
        progress = Progress.objects.create(
            kind=_tasks[task.module_path].code,
            owner_id=by.account_id,
            edition_id=edition_id,
            language=get_language() or "",
            details=dict(details or {}),
        )
        task.enqueue(str(progress.public_id), *args)
    return progress


class TrackedWork(Tracker):
    """The work's side of its progress: who asked for it, what to tell, and how to end it."""

    def __init__(self, progress: Progress, retries: int) -> None:
        self.progress = progress
        self._retries = retries
        self._ticker = Ticker(progress.public_id)
        self._tick = Tick()
        self._told_at = -TICK_SECONDS
        self._finished = False

    @property
    def actor(self) -> Actor:
        """Who asked for the work, with the roles held now. Raises PermissionRefused for an account put out of use."""
        owner = self.progress.owner
        if owner is None:
            return system(self.progress.kind)
        if not owner.is_active:
            raise PermissionRefused
        return owner.actor()

    def stage(self, code: str) -> None:
        self._tell(Tick(code), at_once=True)

    def step(self, done: int, total: int) -> None:
        self._tell(Tick(self._tick.stage, done, total))

    def _tell(self, tick: Tick, *, at_once: bool = False) -> None:
        self._tick = tick
        moment = time.monotonic()
        if self._finished or not (at_once or moment - self._told_at >= TICK_SECONDS):
            return
        self._told_at = moment
        self._ticker.send(tick)

    def finish(self, **result: Any) -> None:
        """Say, in the transaction that does the deed, that it is done and what came of it.

        Raises StaleState, so that the deed is undone, where another worker has taken the work over.
        """
        self._finished = True
        if not self._end(ProgressState.DONE, result=result):
            raise StaleState

    def run(self, deed: Callable[[], None]) -> None:
        """Do it, in the language of whoever asked, and see to the row whatever happens."""
        try:
            with override(self.progress.language or None):
                self._attempt(deed)
            if not self._finished:
                self.finish()
        finally:
            self._ticker.close()

    def _attempt(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except SummitryError as refusal:
            self._end(ProgressState.FAILED, code=refusal.code, failure=str(refusal))
            self._finished = True
        except Exception:
            last = self.progress.attempts > self._retries
            self._end(ProgressState.FAILED if last else ProgressState.WAITING, code=UNFORESEEN)
            raise

    def _end(self, state: ProgressState, **values: Any) -> bool:
        """Write the outcome of this attempt; not where it is no longer this attempt's work."""
        ended_at = None if state is ProgressState.WAITING else timezone.now()
        mine = Progress.objects.filter(
            pk=self.progress.pk, state=ProgressState.RUNNING, attempts=self.progress.attempts
        )
        return bool(mine.update(state=state, ended_at=ended_at, **values))


def _begun(public_id: str, retries: int) -> TrackedWork | None:
    """Take the work up; None where it has ended, or has been tried often enough."""
    progress = Progress.objects.select_related("owner").filter(public_id=public_id, state__in=OPEN).first()
    if progress is None:
        return None
    mine = Progress.objects.filter(pk=progress.pk, state__in=OPEN, attempts=progress.attempts)
    if progress.attempts > retries:
        mine.update(state=ProgressState.FAILED, code=UNFORESEEN, ended_at=timezone.now())
        return None
    tick = {"stage": "", "done": 0, "total": 0, "code": ""}
    if not mine.update(state=ProgressState.RUNNING, attempts=progress.attempts + 1, **tick):
        return None
    progress.attempts += 1
    return TrackedWork(progress, retries)
