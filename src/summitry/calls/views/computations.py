"""The page of a computation under way: where it leads once it has ended, for each task."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

from summitry.calls.actions.computing import COMPUTING
from summitry.calls.enums import Task
from summitry.calls.models import Computation
from summitry.calls.views.door import NAV
from summitry.foundation.jobs.pages import ProgressPage, register_page
from summitry.foundation.models import Progress

_pages: dict[str, Callable[[Computation], str]] = {}


def register_computation_page(task: Task, link: Callable[[Computation], str]) -> None:
    """Say where a computation of `task` is shown; views do so when they are loaded."""
    _pages[str(task)] = link


def _after(progress: Progress) -> str:
    computation = _computation(progress)
    link = _pages.get(computation.task)
    if link is not None:
        return link(computation)
    return reverse("calls:call", args=[computation.call.edition.slug, computation.call.slug])


def _frame(request: HttpRequest, progress: Progress) -> None:
    request.edition = _computation(progress).call.edition  # type: ignore[attr-defined]  # read by the frame
    request.nav_current = NAV  # type: ignore[attr-defined]  # read by the frame


def _computation(progress: Progress) -> Computation:
    rows = Computation.objects.select_related("call__edition", "round")
    return rows.get(pk=progress.details["computation"])


register_page(COMPUTING, ProgressPage(after=_after, back=_after, frame=_frame))
