"""Preparing an installation and serving it: one process by default, jobs included."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from pathlib import Path

import uvicorn
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from rich.console import Console
from uvicorn.supervisors import Multiprocess

from summitry import __version__
from summitry.foundation import clock
from summitry.foundation.errors import SummitryError
from summitry.foundation.jobs import EmbeddedWorker

out = Console()


def prepare(*, quiet: bool = False) -> int:
    """Bring the database to the present schema and collect static files; nothing to do the second time.

    Raises SummitryError with the remedy where the database cannot be reached or the data folder not be written.
    """
    folder: Path = settings.DATA
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SummitryError(
            f"The data folder {folder} cannot be made ({error.strerror}). Set SUMMITRY_DATA."
        ) from error
    if pending_migrations():
        if not quiet:
            out.print("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    _collect_static(quiet=quiet)
    return 0


def pending_migrations() -> int:
    """Return how many migrations the database still needs. Raises SummitryError where it does not answer."""
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise SummitryError(f"The database cannot be used. Check DATABASE_URL. ({error})") from error


def require_prepared() -> int:
    """Raise SummitryError where the database is empty or older than this program; nothing is changed."""
    if pending_migrations():
        raise SummitryError(
            "The database is not prepared for this version yet. `summitry serve` prepares it."
        )
    return 0


def _collect_static(*, quiet: bool) -> None:
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    state = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list(["*.stamp.json"]):
            details = Path(storage.path(name)).stat()
            state.update(f"{name}:{details.st_size}:{details.st_mtime_ns}".encode())
    digest = state.hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    if not quiet:
        out.print("Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)


def check_address(host: str, port: int) -> int:
    """Raise SummitryError with the remedy where nobody can listen on `host` and `port`, before any work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise SummitryError(
            f"Summitry cannot listen on {host}:{port} ({error.strerror}). Choose another with --port or --host."
        ) from error
    return 0


def serve(host: str, port: int, workers: int) -> int:
    """Prepare, then serve until interrupted, with the job worker beside the server unless that is switched off."""
    check_address(host, port)
    prepare()
    # Server processes start later than this one: they get the distance to real time, not the instant.
    offset = clock.now_offset()
    if offset:
        os.environ["SUMMITRY_CLOCK"] = str(offset.total_seconds())
    jobs = EmbeddedWorker() if settings.EMBEDDED_JOBS else None
    if jobs:
        jobs.start()
    out.print(f"Summitry {__version__} listens on http://{host}:{port}/  (Ctrl+C ends it)")
    connections.close_all()
    config = uvicorn.Config(
        "summitry.config.asgi:application",
        host=host,
        port=port,
        workers=workers,
        log_level=settings.LOG_LEVEL.lower(),
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        # Django and allauth read the proxies' headers themselves and count SUMMITRY_TRUSTED_PROXIES from the end;
        # the server would believe the first address in the list, which anybody can write.
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )
    try:
        if workers > 1:
            shared = config.bind_socket()
            # The event loop does so only for sockets that it made itself. Connections inherit it; without it, an answer
            # on a kept connection waits for the client's delayed acknowledgement, 40 ms.
            shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Multiprocess(config, sockets=[shared]).run()
        else:
            uvicorn.Server(config).run()
    finally:
        if jobs:
            jobs.stop()
    return 0


def work() -> int:
    """Run background jobs until interrupted."""
    worker = EmbeddedWorker()
    worker.start()
    out.print(f"Working on jobs as {worker.worker_id}  (Ctrl+C ends it)")
    try:
        threading.Event().wait()
    finally:
        worker.stop()
    return 0
