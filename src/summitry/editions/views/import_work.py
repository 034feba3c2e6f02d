"""What a session knows of an import under way: the upload that waits, what was chosen for it, and the work on it."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Generic, TypeVar

from django.http import HttpRequest
from django_tasks.base import Task

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, visible
from summitry.foundation.files.waiting import forget_upload, is_waiting
from summitry.foundation.jobs import Kind, start
from summitry.foundation.models import Progress
from summitry.foundation.web.actor import actor_of

FILE, COLUMNS, REPORT, RESULT = 1, 2, 3, 4
"""The steps of an import."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The file's secret and name, what was chosen for its columns, and the work on it, each by its public id."""

    token: str = ""
    name: str = ""
    columns: tuple[str, ...] = ()
    table: str = ""
    report: str = ""
    importing: str = ""


@dataclass(frozen=True, slots=True)
class StepWork:
    """The work of a step in the background: what does it, and of which kind it is."""

    task: Task[..., None]
    kind: Kind


U = TypeVar("U", bound=Upload)


class ImportWork(ABC, Generic[U]):
    """One person's import into one edition, step by step.

    `key` is what the session keeps it under, `nav` where the console's navigation shows it. The work of each step is given
    the upload's token and name; report and import also what was chosen, the import what was decided besides.
    """

    nav: ClassVar[str]
    key: ClassVar[str]
    looking: ClassVar[StepWork]
    reporting: ClassVar[StepWork]
    importing: ClassVar[StepWork]
    upload_type: type[U]

    def __init__(self, request: HttpRequest, slug: str) -> None:
        """Raises NotFound for an edition that may not be seen, PermissionRefused for whoever may not import."""
        self.request = request
        self.actor: Actor = actor_of(request)
        self.edition: Edition = edition_of(request, slug, nav=self.nav)
        self.check()
        self._kept_at = f"{self.key}-{self.edition.pk}"
        self.upload: U = self._kept()

    @abstractmethod
    def check(self) -> None:
        """Raise PermissionRefused unless the actor may import here."""

    def chosen(self) -> tuple[object, ...]:
        """Return what was chosen for the upload, as the tasks of report and import are given it."""
        return (self.upload.columns,)

    @property
    def has_file(self) -> bool:
        """Whether the upload still waits."""
        return is_waiting(self.upload.token)

    def remember(self, upload: U) -> None:
        """Keep what is known now; another upload than before replaces that."""
        if self.upload.token != upload.token:
            forget_upload(self.upload.token)
        self.upload = upload
        self.request.session[self._kept_at] = asdict(upload)

    def forget(self) -> None:
        """Begin anew."""
        self.request.session.pop(self._kept_at, None)
        self.upload = self.upload_type()

    def work(self, public_id: str) -> Progress | None:
        """Return work that is remembered."""
        try:
            found = Progress.objects.filter(public_id=uuid.UUID(public_id))
        except ValueError:
            return None
        return visible(self.actor, found).first()

    def begin_table(self) -> Progress:
        """Let the table be read."""
        progress = self._start(self.looking, COLUMNS)
        self.remember(replace(self.upload, table=str(progress.public_id)))
        return progress

    def begin_report(self) -> Progress:
        """Let the report be prepared."""
        progress = self._start(self.reporting, REPORT, *self.chosen())
        self.remember(replace(self.upload, report=str(progress.public_id), importing=""))
        return progress

    def begin_import(self, *decided: object) -> Progress:
        """Let the import be carried out as was decided; its report is spent."""
        progress = self._start(self.importing, RESULT, *self.chosen(), *decided)
        self.remember(replace(self.upload, report="", importing=str(progress.public_id)))
        return progress

    def _kept(self) -> U:
        """What the session holds; nothing where it was written by an earlier version."""
        kept = self.request.session.get(self._kept_at)
        names = {field.name for field in fields(self.upload_type)}
        if not isinstance(kept, dict) or kept.keys() != names:
            return self.upload_type()
        return self.upload_type(**{**kept, "columns": tuple(kept["columns"])})

    def _start(self, step: StepWork, current: int, *args: object) -> Progress:
        details = {"slug": self.edition.slug, "name": self.upload.name, "current": current}
        return start(
            step.task,
            self.upload.token,
            self.upload.name,
            *args,
            by=self.actor,
            edition_id=self.edition.pk,
            details=details,
        )
