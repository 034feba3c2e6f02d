"""Imports in the console: a file is given, a table explained, the report read, and then, and only then, something is written.

Whatever may take long is work in the background; these pages ask for it, lead to the page on which it is watched, and show
what came of it. What is imported, and how its report reads, each room says in a Wizard of its own.
"""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.queries.column_choices import ColumnChoice
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.import_work import COLUMNS, FILE, REPORT, RESULT, ImportWork, Upload
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.files.waiting import WaitingFile
from summitry.foundation.jobs import Kind
from summitry.foundation.jobs.pages import ProgressPage, address_of, register_page
from summitry.foundation.lists.files import table_file
from summitry.foundation.models import Progress, ProgressState

U = TypeVar("U", bound=Upload)
View = Callable[..., HttpResponse]


class Wizard(ImportWork[U], ABC, Generic[U]):
    """The pages of one person's import into one edition.

    `addresses` is the namespace of its pages and `names` what their names begin with, `templates` the folder of theirs, of
    which `wizard.html` is the frame.
    """

    addresses: ClassVar[str]
    names: ClassVar[str] = "import"
    templates: ClassVar[str]

    @abstractmethod
    def receive(self, upload: UploadedFile[bytes]) -> WaitingFile:
        """Keep an uploaded file for the next steps. Raises InvalidInput."""

    @abstractmethod
    def limits(self) -> dict[str, object]:
        """Return what the first page says about files."""

    @abstractmethod
    def explain(self, columns: list[ColumnChoice], given: QueryDict) -> U:
        """Return the upload with what a person chose for its columns."""

    @abstractmethod
    def explaining(self, table: Mapping[str, Any]) -> dict[str, object]:
        """Return what the page of columns shows besides them, from what the table's reading found."""

    @abstractmethod
    def fingerprint(self, report: Mapping[str, Any]) -> str:
        """Return by which a report is known again; nothing where there is nothing to import."""

    @abstractmethod
    def decide(self, report: Mapping[str, Any], given: QueryDict) -> Progress | None:
        """Begin the import as a person decided at its report; None where that is refused."""

    @abstractmethod
    def reported(self, report: Mapping[str, Any]) -> dict[str, object]:
        """Return what the page of the report shows."""

    @abstractmethod
    def told(self, result: Mapping[str, Any]) -> dict[str, object]:
        """Return what the page of the result shows."""

    def begin(self, _waiting: WaitingFile) -> Progress:
        """Begin with a file that was received: its columns are looked at."""
        return self.begin_table()

    def without_columns(self, _table: Mapping[str, Any]) -> HttpResponse:
        """Answer for a table in which there are no columns: the report says why."""
        return redirect(address_of(self.begin_report()))

    def file_page(self) -> HttpResponse:
        """Take a file."""
        error = ""
        if self.request.method == "POST":
            try:
                waiting = self._received()
            except InvalidInput as refusal:
                error = str(refusal)
            else:
                self.remember(self.upload_type(waiting.token, waiting.name))
                return redirect(address_of(self.begin(waiting)))
        return self.shown("upload", FILE, {"error": error, **self.limits()}, 422 if error else 200)

    def columns_page(self) -> HttpResponse:
        """Ask what each column of a table holds; the guess stands there already."""
        if not self.has_file:
            return self._anew()
        table = self.work(self.upload.table)
        if table is None or table.state != ProgressState.DONE:
            return redirect(address_of(_open_or(table, self.begin_table)))
        columns = [ColumnChoice(**facts) for facts in table.result["columns"]]
        if not columns:
            return self.without_columns(table.result)
        if self.request.method == "POST":
            self.remember(self.explain(columns, self.request.POST))
            return redirect(address_of(self.begin_report()))
        if self.upload.columns:
            pairs = zip(columns, self.upload.columns, strict=True)
            columns = [column.holding(target) for column, target in pairs]
        context = {"columns": columns, "rows": table.result["rows"], **self.explaining(table.result)}
        return self.shown("columns", COLUMNS, context)

    def report_page(self) -> HttpResponse:
        """Show what the import would do; on POST let exactly that be done."""
        importing = self.work(self.upload.importing)
        if importing is not None and importing.state != ProgressState.FAILED:
            return redirect(address_of(importing))
        if not self.has_file:
            return self._anew()
        report = self.work(self.upload.report)
        if report is None or report.state != ProgressState.DONE:
            return redirect(address_of(_open_or(report, self.begin_report)))
        if self.request.method == "POST":
            return self._decided(report.result)
        return self.shown("report", REPORT, self.reported(report.result))

    def result_page(self, public_id: uuid.UUID) -> HttpResponse:
        """Show what an import did."""
        done = self.work(str(public_id))
        if done is None or done.edition_id != self.edition.pk or done.state != ProgressState.DONE:
            raise NotFound
        if done.kind != self.importing.kind.code:
            raise NotFound
        if self.upload.importing == str(public_id):
            self.forget()
        return self.shown("result", RESULT, {"name": done.details["name"], **self.told(done.result)})

    def shown(
        self, page: str, current: int, context: Mapping[str, object], status: int = 200
    ) -> HttpResponse:
        """Return one of the wizard's pages."""
        facts = {"name": self.upload.name, "current": current, "frame": f"{self.templates}/wizard.html"}
        return render(self.request, f"{self.templates}/{page}.html", {**facts, **context}, status=status)

    def _decided(self, report: Mapping[str, Any]) -> HttpResponse:
        plan = self.fingerprint(report)
        if not plan or self.request.POST.get("plan") != plan:
            return redirect(address_of(self.begin_report()))
        begun = self.decide(report, self.request.POST)
        if begun is None:
            return self.shown("report", REPORT, self.reported(report), 409)
        return redirect(address_of(begun))

    def _received(self) -> WaitingFile:
        upload = self.request.FILES.get("file")
        if upload is None or isinstance(upload, list):
            raise InvalidInput(_("Please choose a file."))
        return self.receive(upload)

    def _anew(self) -> HttpResponse:
        return redirect(f"{self.addresses}:{self.names}", self.edition.slug)


def row_decisions(given: QueryDict) -> dict[str, str]:
    """Return what was decided about single rows of a table, by their numbers, out of the fields "row-1", "row-2" ..."""
    return {
        key.removeprefix("row-"): given.get(key, "")[:20]
        for key in given
        if key.startswith("row-") and key[4:].isascii() and key[4:].isdecimal() and len(key) < 12
    }


def place_words(where: str) -> str:
    """Return where in a table something is, for a reader: a whole row in words, a cell as spreadsheets name it."""
    kind, _space, number = where.partition(" ")
    return _("row %(number)s") % {"number": number} if kind == "row" and number.isdecimal() else where


def problems_file(
    wizard: Wizard[Any], told: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
) -> HttpResponseBase:
    """Return every problem of the report, with its cell, as a table to be put right in the file. Raises NotFound."""
    report = wizard.work(wizard.upload.report)
    if report is None or report.state != ProgressState.DONE:
        raise NotFound
    rows = [(_("Cell"), _("What is wrong")), *told(report.result)]
    return table_file(rows, title="problems", name="problems.csv", kind="csv")


def import_urls(wizard: type[Wizard[Any]], at: str = "import/") -> list[URLPattern]:
    """Return the addresses of an import, under `at`, and say how the work of its steps is watched."""
    _watch(wizard)
    return [
        path(at, _door(wizard, "file_page"), name=wizard.names),
        path(f"{at}columns/", _door(wizard, "columns_page"), name=f"{wizard.names}_columns"),
        path(f"{at}report/", _door(wizard, "report_page"), name=f"{wizard.names}_report"),
        path(
            f"{at}result/<uuid:public_id>/",
            _door(wizard, "result_page", ["GET", "HEAD"]),
            name=f"{wizard.names}_result",
        ),
    ]


def _door(
    wizard: type[Wizard[Any]], page: str, methods: tuple[str, ...] | list[str] = ("GET", "HEAD", "POST")
) -> View:
    @never_cache
    @login_required
    @require_http_methods([*methods])
    def view(request: HttpRequest, edition: str, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = getattr(wizard(request, edition), page)(**kwargs)
        return answer

    return view


def _watch(wizard: type[Wizard[Any]]) -> None:
    def frame(request: HttpRequest, progress: Progress) -> None:
        edition_of(request, progress.details["slug"], nav=wizard.nav)

    def to(name: str) -> Callable[[Progress], str]:
        return lambda progress: reverse(
            f"{wizard.addresses}:{wizard.names}_{name}", args=[progress.details["slug"]]
        )

    def result(progress: Progress) -> str:
        args = [progress.details["slug"], progress.public_id]
        return reverse(f"{wizard.addresses}:{wizard.names}_result", args=args)

    ways: list[tuple[Kind, Callable[[Progress], str], Callable[[Progress], str]]] = [
        (wizard.looking.kind, to("columns"), to("columns")),
        (wizard.reporting.kind, to("report"), to("report")),
        (wizard.importing.kind, result, to("report")),
    ]
    for kind, after, back in ways:
        template = f"{wizard.templates}/progress.html"
        register_page(kind, ProgressPage(after=after, back=back, frame=frame, template=template))


def _open_or(progress: Progress | None, begin: Callable[[], Progress]) -> Progress:
    """The work that is still under way, or new work."""
    return progress if progress is not None and not progress.has_ended else begin()
