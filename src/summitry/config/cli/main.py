"""Parses the command line and calls the command; commands import Django only when they run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from summitry import __version__
from summitry.config.cli import commands

DONE, REFUSED, USAGE = 0, 1, 2
FORMATS = ("frab-xml", "frab-json", "ics", "csv", "xlsx")


class Commands(Protocol):
    """What `add_subparsers` returns, as far as it is used here."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse's word
        """Add a command."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands (the reference page is generated from it)."""
    root = argparse.ArgumentParser(prog="summitry", description="Runs an international hybrid summit.")
    root.add_argument("--version", action="version", version=f"summitry {__version__}")
    sub = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = sub.add_parser("serve", help="prepare the database and static files, then serve")
    _address(serve)
    serve.add_argument("--workers", type=_positive, default=1, help="server processes (default 1)")
    serve.set_defaults(run=commands.serve)

    demo = sub.add_parser("demo", help="build the demo edition where it is absent, and print sign-in links")
    _address(demo)
    demo.add_argument("--serve", action="store_true", help="serve it afterwards")
    demo.add_argument("--workers", type=_positive, default=1, help="server processes (default 1)")
    demo.add_argument("--reset", action="store_true", help="remove the demo edition first and build it anew")
    demo.add_argument(
        "--clock",
        default="summit",
        help="`summit` (default): the second morning is now; `real`: the real time; or an ISO 8601 instant with offset",
    )
    demo.set_defaults(run=commands.demo)

    doctor = sub.add_parser("doctor", help="check this installation; names what is missing and the remedy")
    doctor.set_defaults(run=commands.doctor)

    work = sub.add_parser("work", help="run background jobs in a process of their own")
    work.set_defaults(run=commands.work)

    _relay_command(sub)
    _exchange_commands(sub)
    _record_commands(sub)
    _keeper_commands(sub)
    return root


def _relay_command(sub: Commands) -> None:
    relay = sub.add_parser("relay", help="serve the gates of a hall from a laptop in it, line outside or not")
    relay.add_argument("--upstream", required=True, metavar="URL", help="address of the summit's server")
    relay.add_argument("--code", default="", help="code of a new device; needed at the first start only")
    relay.add_argument("--name", default="Relay", help="as the page of devices shows it")
    relay.add_argument(
        "--certificate", type=Path, help="certificate (PEM) of this address; devices need https"
    )
    relay.add_argument("--key", type=Path, help="private key (PEM) of the certificate")
    _address(relay)
    relay.set_defaults(run=commands.relay)


def _exchange_commands(sub: Commands) -> None:
    importing = sub.add_parser("import-schedule", help="take in a schedule (frab XML or JSON, CSV, XLSX)")
    importing.add_argument("file", type=Path, help="the schedule to read")
    importing.add_argument(
        "--edition", required=True, metavar="SLUG", help="made from the file where it is new"
    )
    importing.add_argument("--dry-run", action="store_true", help="report what would change, write nothing")
    importing.add_argument(
        "--draft", action="store_true", help="leave the result in the draft, publish nothing"
    )
    importing.add_argument(
        "--accept-errors",
        action="store_true",
        help="import in spite of contradictions in the file, as reported",
    )
    importing.set_defaults(run=commands.import_schedule)

    guests = sub.add_parser("import-guests", help="take in a list of guests (CSV, XLSX, ODS)")
    guests.add_argument("file", type=Path, help="the table to read; its first row names the columns")
    guests.add_argument("--edition", required=True, metavar="SLUG", help="the edition's address")
    guests.add_argument("--category", metavar="SLUG", default="", help="category of rows that name none")
    guests.add_argument(
        "--alike",
        choices=("leave", "new", "same"),
        default="leave",
        help="people who may be known already: leave them out (default), take them as new, or as the likeliest",
    )
    guests.add_argument("--dry-run", action="store_true", help="report what would change, write nothing")
    guests.set_defaults(run=commands.import_guests)

    exporting = sub.add_parser("export-schedule", help="write an edition's published schedule to a file")
    exporting.add_argument("--edition", required=True, metavar="SLUG", help="the edition's address")
    exporting.add_argument("--format", required=True, choices=FORMATS, help="what to write")
    exporting.add_argument(
        "-o", "--output", required=True, type=Path, help="the file, or - for standard output"
    )
    exporting.set_defaults(run=commands.export_schedule)


def _record_commands(sub: Commands) -> None:
    verifying = sub.add_parser(
        "verify", help="check the exported record of a call, and compute its results again"
    )
    verifying.add_argument("record", type=Path, help="the file that export-record or the console wrote")
    verifying.add_argument(
        "--head", metavar="HASH", default="", help="the hash of the last step, as published"
    )
    verifying.add_argument(
        "--no-replay", action="store_true", help="check digests only, compute nothing again"
    )
    verifying.set_defaults(run=commands.verify)

    recording = sub.add_parser("export-record", help="write the record of a call to a file")
    recording.add_argument("--edition", required=True, metavar="SLUG", help="the edition's address")
    recording.add_argument("--call", required=True, metavar="SLUG", help="the call's address")
    recording.add_argument(
        "--public", action="store_true", help="without people, and without who was not chosen"
    )
    recording.add_argument("-o", "--output", required=True, type=Path, help="the file")
    recording.set_defaults(run=commands.export_record)


def _keeper_commands(sub: Commands) -> None:
    admin = sub.add_parser("createadmin", help="create an administrator and print a sign-in link")
    admin.add_argument("email", help="the address of the account, new or known")
    admin.add_argument("--name", default="", help="how a new account is addressed")
    admin.set_defaults(run=commands.createadmin)

    grant = sub.add_parser("grant", help="give an account a role, or take it back")
    grant.add_argument("email", help="address of the account; it is made where there is none")
    grant.add_argument("role", help="code of the role, as docs/reference/permissions.md lists them")
    grant.add_argument(
        "--edition", metavar="SLUG", default="", help="the edition it holds in; without one, everywhere"
    )
    grant.add_argument("--forum", metavar="SLUG", default="", help="the forum of that edition it holds in")
    grant.add_argument("--withdraw", action="store_true", help="take the role back")
    grant.set_defaults(run=commands.grant)

    backup = sub.add_parser("backup", help="write database and files into one verified archive")
    backup.add_argument("file", type=Path, help="the archive to write (a gzipped tar)")
    backup.set_defaults(run=commands.backup)

    restore = sub.add_parser("restore", help="read a backup into an empty installation, on either database")
    restore.add_argument("file", type=Path, help="the archive to read")
    restore.add_argument("--check", action="store_true", help="verify the archive only, write nothing")
    restore.set_defaults(run=commands.restore)

    bounce = sub.add_parser(
        "bounce", help="take a mail server's report of undeliverable mail (standard input)"
    )
    bounce.set_defaults(run=commands.bounce)

    audit = sub.add_parser("verify-audit", help="check the hash chain of the audit log")
    audit.set_defaults(run=commands.verify_audit)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return REFUSED
    return code


def _address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="port to listen on (default 8000)")


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("must be from 1 to 65535")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
