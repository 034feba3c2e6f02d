"""How progress is shown: as plain lines for the shared page, for its script, and for pages that include the component."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.foundation.i18n import formats
from summitry.foundation.jobs.health import job_health
from summitry.foundation.jobs.ticks import Tick, latest
from summitry.foundation.jobs.tracked import Kind, kind_of
from summitry.foundation.models import ENDED, Progress, ProgressState

LOOK_SECONDS = 0.04


def _nothing(request: HttpRequest, progress: Progress) -> None:
    """Leave the page frame as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """What a room says about the page of one kind: where it leads when done, and where back to when not.

    `frame` lets the page frame know the edition; a `template` of its own extends the room's frame, includes
    `components/job_progress.html`, and finds the work's details in its context.
    """

    after: Callable[[Progress], str]
    back: Callable[[Progress], str]
    frame: Callable[[HttpRequest, Progress], None] = _nothing
    template: str = "progress.html"


_pages: dict[str, ProgressPage] = {}


def register_page(kind: Kind, page: ProgressPage) -> None:
    """Say how the page of `kind` behaves; a room's views do so when they are loaded."""
    _pages[kind.code] = page


def page_of(progress: Progress) -> ProgressPage:
    """Return the page of a piece of work. Raises KeyError for a kind whose room has none."""
    return _pages[progress.kind]


def address_of(progress: Progress) -> str:
    """Return where a piece of work is watched, in the active language."""
    return reverse("progress:page", args=[progress.public_id])


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """Progress in words of the active language.

    `percent` is None as long as nothing can be said of it, `share` is the same in words;
    `failure_language` is set where the failure was worded earlier.
    """

    title: str
    state: str
    percent: int | None
    share: str
    stage: str
    note: str
    failure: str
    failure_language: str
    url: str
    state_url: str
    back: str


def shown(progress: Progress) -> ShownProgress:
    """Return a piece of work as it is shown."""
    kind = kind_of(progress)
    tick = latest(progress) if progress.state == ProgressState.RUNNING else Tick()
    stage = next((stage for stage in kind.stages if stage.code == tick.stage), None)
    percent = _percent(kind, tick) if stage else None
    return ShownProgress(
        title=str(kind.title),
        state=progress.state,
        percent=percent,
        share="" if percent is None else formats.percent(percent / 100, get_language() or "en"),
        stage=str(stage.label) if stage else _("Waiting for its turn"),
        note=_note(progress),
        failure=progress.failure or _unforeseen(progress),
        failure_language=progress.language if progress.failure else "",
        url=address_of(progress),
        state_url=reverse("progress:state", args=[progress.public_id]),
        back=page_of(progress).back(progress),
    )


def _percent(kind: Kind, tick: Tick) -> int:
    """How much of the whole is done, by the stages' weights; never all of it, for then it would have ended."""
    before = 0
    for stage in kind.stages:
        if stage.code == tick.stage:
            part = min(tick.done / tick.total, 1) if tick.total else 0
            whole = sum(each.weight for each in kind.stages)
            return min(99, round(100 * (before + stage.weight * part) / whole))
        before += stage.weight
    return 0


def _note(progress: Progress) -> str:
    if progress.state == ProgressState.WAITING and job_health().state == "stopped":
        return _(
            "The part of the system that does such work is not running. It begins as soon as that is back."
        )
    if progress.state == ProgressState.WAITING and progress.attempts:
        return _("It was interrupted. Nothing is lost: it will be tried again in a moment.")
    if progress.state == ProgressState.RUNNING and progress.attempts > 1:
        return _("It was interrupted, and is being done again from the beginning.")
    return ""


def _unforeseen(progress: Progress) -> str:
    if progress.state != ProgressState.FAILED:
        return ""
    return _(
        "Something went wrong that nobody foresaw, also when it was tried again. Nothing was changed. "
        "An administrator finds the cause on the board of jobs."
    )


def wait_briefly(progress: Progress, seconds: float) -> Progress:
    """Give work that was asked for a moment ago the time to end; return its row as it is then."""
    deadline = time.monotonic() + seconds - max(0.0, (timezone.now() - progress.created_at).total_seconds())
    while not progress.has_ended and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
        state = Progress.objects.filter(pk=progress.pk).values_list("state", flat=True).first()
        if state in ENDED:
            progress.refresh_from_db()
    return progress
