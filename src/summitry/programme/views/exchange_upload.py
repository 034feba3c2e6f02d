"""What a session knows of an import under way: the upload that waits, what was chosen for it, and the work on it."""

from __future__ import annotations

import uuid
from dataclasses import astuple, dataclass, fields, replace

from django.http import HttpRequest
from django_tasks.base import Task

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.jobs import start
from summitry.foundation.models import Progress
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.exchange.waiting import forget_upload, is_waiting
from summitry.programme.actions.exchange.working import carry_out, look_at_table, prepare_report

NAV = "import"
FILE, COLUMNS, REPORT, RESULT = 1, 2, 3, 4
"""The steps of the wizard."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The file's secret and name, what was chosen for its columns, and the work on it, each by its public id."""

    token: str = ""
    name: str = ""
    columns: tuple[str, ...] = ()
    table: str = ""
    report: str = ""
    importing: str = ""


class Wizard:
    """One person's import into one edition."""

    def __init__(self, request: HttpRequest, slug: str) -> None:
        """Raises NotFound for an edition that may not be seen, PermissionRefused for whoever may not edit it."""
        self.actor: Actor = actor_of(request)
        self.edition: Edition = edition_of(request, slug, nav=NAV)
        require(self.actor, "edit", self.edition)
        self._session = request.session
        self._key = f"import-{self.edition.pk}"
        self.upload = _upload(self._session.get(self._key, ()))

    @property
    def has_file(self) -> bool:
        """Whether the upload still waits."""
        return is_waiting(self.upload.token)

    def remember(self, upload: Upload) -> None:
        """Keep what is known now; another upload than before replaces that."""
        if self.upload.token != upload.token:
            forget_upload(self.upload.token)
        self.upload = upload
        self._session[self._key] = list(astuple(upload))

    def forget(self) -> None:
        """Begin anew."""
        self._session.pop(self._key, None)
        self.upload = Upload()

    def work(self, public_id: str) -> Progress | None:
        """Return work that is remembered."""
        try:
            found = Progress.objects.filter(public_id=uuid.UUID(public_id))
        except ValueError:
            return None
        return visible(self.actor, found).first()

    def begin_table(self) -> Progress:
        """Let the table be read."""
        progress = self._start(look_at_table, COLUMNS)
        self.remember(replace(self.upload, table=str(progress.public_id)))
        return progress

    def begin_report(self) -> Progress:
        """Let the report be prepared."""
        progress = self._start(prepare_report, REPORT, self.upload.columns)
        self.remember(replace(self.upload, report=str(progress.public_id), importing=""))
        return progress

    def begin_import(self, fingerprint: str, *, publish: bool, accept: bool) -> Progress:
        """Let the import be carried out; its report is spent."""
        progress = self._start(carry_out, RESULT, self.upload.columns, fingerprint, publish, accept)
        self.remember(replace(self.upload, report="", importing=str(progress.public_id)))
        return progress

    def _start(self, task: Task[..., None], step: int, *args: object) -> Progress:
        details = {"slug": self.edition.slug, "name": self.upload.name, "current": step}
        return start(
            task,
            self.upload.token,
            self.upload.name,
            *args,
            by=self.actor,
            edition_id=self.edition.pk,
            details=details,
        )


def _upload(kept: object) -> Upload:
    """What the session holds; nothing where it was written by an earlier version."""
    if not isinstance(kept, list) or len(kept) != len(fields(Upload)):
        return Upload()
    upload = Upload(*kept)
    return replace(upload, columns=tuple(upload.columns))
