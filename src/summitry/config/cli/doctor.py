"""`summitry doctor`: looks at everything an installation needs, names what is missing and the remedy."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from summitry import __version__
from summitry.foundation import clock, typeset
from summitry.foundation.errors import SummitryError
from summitry.foundation.jobs import job_health
from summitry.foundation.live.socket_carrier import can_listen_in
from summitry.gates.queries.badge_wallets import apple_setup, google_setup

out = Console()
MIN_FREE = 500_000_000
BROWSER_FILES = (
    "summitry/css/summitry.css",
    "summitry/css/console.css",
    "vendor/htmx/htmx.js",
    "vendor/flags/fr.svg",
)
"""One of each kind that `make assets` builds or fetches."""


class Verdict(StrEnum):
    """How a check ended. Only MISSING makes the command fail."""

    GOOD = "good"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and what to do about it."""

    subject: str
    verdict: Verdict
    detail: str
    remedy: str = ""


def examine() -> int:
    """Run all checks, print them as a table, and return 1 where something is missing."""
    findings = [check() for check in CHECKS]
    table = Table(title=f"Summitry {__version__}", show_lines=False)
    for heading in ("What", "Verdict", "Found", "Remedy"):
        table.add_column(heading, overflow="fold")
    colours = {Verdict.GOOD: "green", Verdict.NOTE: "yellow", Verdict.MISSING: "bold red"}
    for finding in findings:
        verdict = f"[{colours[finding.verdict]}]{finding.verdict}[/]"
        table.add_row(finding.subject, verdict, escape(finding.detail), escape(finding.remedy))
    out.print(table)
    return 1 if any(finding.verdict is Verdict.MISSING for finding in findings) else 0


def _python() -> Finding:
    return Finding("Python", Verdict.GOOD, sys.version.split()[0])


def _data_folder() -> Finding:
    folder: Path = settings.DATA
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        remedy = "Make the folder writable, or name another one with SUMMITRY_DATA."
        return Finding("Data folder", Verdict.MISSING, f"{folder}: {error.strerror}", remedy)
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE:
        return Finding(
            "Data folder",
            Verdict.NOTE,
            f"{folder}: {free // 1_000_000} MB free",
            "Make room before the summit.",
        )
    return Finding("Data folder", Verdict.GOOD, str(folder))


def _database() -> Finding:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Exception as error:  # noqa: BLE001 - whatever the driver raises, the remedy is the same
        return Finding(
            "Database", Verdict.MISSING, str(error).strip(), "Start the database, or correct DATABASE_URL."
        )
    if pending:
        remedy = "`summitry serve` brings it up to date by itself."
        return Finding("Database", Verdict.NOTE, f"{connection.vendor}, {pending} migrations pending", remedy)
    return Finding("Database", Verdict.GOOD, f"{connection.vendor}, up to date")


def _full_text() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("Full-text search", Verdict.GOOD, connection.vendor)
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        remedy = "Use a Python whose SQLite has FTS5 (Debian's has), or PostgreSQL through DATABASE_URL."
        return Finding(
            "Full-text search", Verdict.MISSING, f"SQLite {sqlite3.sqlite_version} without FTS5", remedy
        )
    return Finding("Full-text search", Verdict.GOOD, f"SQLite {sqlite3.sqlite_version} with FTS5")


def _assets() -> Finding:
    if all(finders.find(name) for name in BROWSER_FILES):
        return Finding("Browser files", Verdict.GOOD, "present")
    remedy = "In a checkout: `make assets`. A wheel from the package index carries them."
    return Finding("Browser files", Verdict.MISSING, "style sheet or scripts are not built", remedy)


def _catalogues() -> Finding:
    package = Path(settings.LOCALE_PATHS[0])
    languages = [code for code, _name in settings.LANGUAGES if code != "en"]
    folders = {"zh-hans": "zh_Hans"}
    absent = [
        code
        for code in languages
        if not (package / folders.get(code, code) / "LC_MESSAGES" / "django.mo").exists()
    ]
    if absent:
        return Finding(
            "Interface languages", Verdict.MISSING, f"not compiled: {', '.join(absent)}", "`make assets`"
        )
    return Finding("Interface languages", Verdict.GOOD, ", ".join(code for code, _name in settings.LANGUAGES))


def _jobs() -> Finding:
    try:
        health = job_health()
    except Exception:  # noqa: BLE001 - without a database there is nothing to say; the database check says why
        return Finding("Background jobs", Verdict.NOTE, "unknown", "See the database.")
    if health.state == "stopped":
        return Finding(
            "Background jobs", Verdict.NOTE, "no worker is alive", "`summitry serve` runs one by itself."
        )
    detail = f"workers: {health.workers}; {health.waiting} waiting, {health.failed_last_day} failed in a day"
    return Finding("Background jobs", Verdict.GOOD if health.state == "ok" else Verdict.NOTE, detail)


def _mail() -> Finding:
    if "smtp" not in settings.EMAIL_BACKEND:
        return Finding("Mail", Verdict.NOTE, "mail is printed, not sent", "Set SUMMITRY_MAIL_URL=smtp://…")
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=5).close()
    except OSError as error:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return Finding(
            "Mail", Verdict.MISSING, f"{where}: {error}", "Correct SUMMITRY_MAIL_URL, or start the server."
        )
    answers = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers"
    if settings.MAIL_DOMAIN == "localhost":
        remedy = "Set SUMMITRY_MAIL_FROM to an address of your domain; see docs/operate/mail.md."
        return Finding("Mail", Verdict.NOTE, f"{answers}; the sender is on localhost", remedy)
    if not settings.MAIL_BOUNCES:
        remedy = "Set SUMMITRY_MAIL_BOUNCES, so that letters that come back are noticed."
        return Finding("Mail", Verdict.NOTE, f"{answers}; no mailbox for bounces", remedy)
    return Finding("Mail", Verdict.GOOD, answers)


def _live_updates() -> Finding:
    address = urlsplit(settings.BUS_URL)
    if address.scheme == "local":
        if can_listen_in(settings.DATA / "live"):
            return Finding("Live updates", Verdict.GOOD, "cross the processes of this machine")
        remedy = "Put SUMMITRY_DATA on a local disk, or set BUS_URL=nats://…"
        return Finding("Live updates", Verdict.NOTE, "stay within one process: no sockets there", remedy)
    where = f"{address.hostname}:{address.port or 4222}"
    try:
        socket.create_connection((address.hostname or "", address.port or 4222), timeout=5).close()
    except OSError as error:
        remedy = "Start the NATS server, or correct BUS_URL."
        return Finding("Live updates", Verdict.MISSING, f"{where}: {error}", remedy)
    return Finding("Live updates", Verdict.GOOD, f"NATS at {where} answers")


def _configuration() -> Finding:
    messages = [message for message in run_checks() if message.level >= WARNING]
    if messages:
        return Finding("Configuration", Verdict.NOTE, str(messages[0].msg), str(messages[0].hint or ""))
    return Finding("Configuration", Verdict.GOOD, settings.BASE_URL)


def _clock() -> Finding:
    if clock.is_rehearsal():
        detail = f"rehearsal: {clock.now():%Y-%m-%d %H:%M} UTC"
        return Finding("Clock", Verdict.NOTE, detail, "Unset SUMMITRY_CLOCK for a real summit.")
    return Finding("Clock", Verdict.GOOD, "real time")


def _typesetting() -> Finding:
    if not typeset.fonts_present():
        remedy = "In a checkout: `make assets`. A wheel from the package index carries them."
        return Finding("Badges and letters", Verdict.NOTE, "no fonts: nothing can be printed", remedy)
    try:
        typeset.pdf("foundation/specimen.typ", {"lines": [{"lang": "zh", "text": "会议"}]})
    except SummitryError as error:
        return Finding(
            "Badges and letters", Verdict.MISSING, str(error), "Run it again with SUMMITRY_LOG=DEBUG."
        )
    return Finding("Badges and letters", Verdict.GOOD, "can be printed")


def _wallets() -> Finding:
    offered = []
    for name, setup in (("Apple", apple_setup()), ("Google", google_setup())):
        if setup.is_complete:
            offered.append(name)
        elif setup.is_begun:
            wrong = [f"{each} is not set" for each in setup.missing] + [
                f"{each} names no file" for each in setup.unreadable
            ]
            remedy = "Complete these settings, or unset the others: no pass is made before."
            return Finding("Wallets", Verdict.MISSING, f"{name}: {', '.join(wrong)}", remedy)
    if not offered:
        return Finding("Wallets", Verdict.GOOD, "not offered; badges open in the browser")
    return Finding("Wallets", Verdict.GOOD, ", ".join(offered))


CHECKS: tuple[Callable[[], Finding], ...] = (
    _python,
    _data_folder,
    _database,
    _full_text,
    _assets,
    _typesetting,
    _wallets,
    _catalogues,
    _jobs,
    _mail,
    _live_updates,
    _configuration,
    _clock,
)
