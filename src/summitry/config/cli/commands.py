"""The commands. Each gets the parsed options, says what it did, and returns an exit code.

Django is set up inside them, so that `--help` and usage errors cost nothing and need no database.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from summitry.config.env import SettingRefused

out = Console()
err = Console(stderr=True)


def _django() -> None:
    import django  # noqa: PLC0415 - only commands that need it pay for it

    django.setup()


def _refused(reason: str) -> int:
    """Print why nothing was done, as it is: what looks like markup in it is none."""
    err.print(Text.assemble(("Refused:", "bold red"), f" {reason}"), soft_wrap=True, highlight=False)
    return 1


def _call(module: str, function: str, *arguments: Any, **options: Any) -> int:
    """Set Django up and call a room's command; a refusal becomes exit code 1 with its sentence."""
    try:
        _django()
    except SettingRefused as error:
        return _refused(str(error))
    from summitry.foundation.errors import SummitryError  # noqa: PLC0415 - needs settings

    try:
        code: int = getattr(importlib.import_module(module), function)(*arguments, **options)
    except SummitryError as error:
        return _refused(str(error))
    return code


def _know_own_address(options: argparse.Namespace) -> None:
    """Without a public address, links in feeds lead to where this server listens."""
    os.environ.setdefault("SUMMITRY_URL", f"http://{options.host}:{options.port}")


def serve(options: argparse.Namespace) -> int:
    """Prepare everything and serve until interrupted."""
    _know_own_address(options)
    return _call("summitry.config.cli.server", "serve", options.host, options.port, options.workers)


def demo(options: argparse.Namespace) -> int:
    """Build the demo edition; with --serve, serve it with its own clock."""
    from summitry.rehearsal.clock import clock_setting  # noqa: PLC0415 - pure, but only for this command

    try:
        setting = clock_setting(options.clock)
    except ValueError:
        _refused(f"not an instant with an offset: {options.clock}")
        return 2
    if setting:
        os.environ["SUMMITRY_CLOCK"] = setting
    _know_own_address(options)
    code = 0
    if options.serve:
        code = _call("summitry.config.cli.server", "check_address", options.host, options.port)
    if code == 0:
        code = _call("summitry.config.cli.server", "prepare")
    if code == 0:
        code = _call(
            "summitry.rehearsal.cli", "build_demo", host=options.host, port=options.port, reset=options.reset
        )
    if code == 0 and options.serve:
        code = _call("summitry.config.cli.server", "serve", options.host, options.port, options.workers)
    return code


def doctor(options: argparse.Namespace) -> int:
    """Check the installation."""
    return _call("summitry.config.cli.doctor", "examine")


def work(options: argparse.Namespace) -> int:
    """Run jobs until interrupted."""
    return _call("summitry.config.cli.server", "work")


def import_schedule(options: argparse.Namespace) -> int:
    """Import a schedule file."""
    code = _call("summitry.config.cli.server", "prepare", quiet=True)
    return code or _call(
        "summitry.programme.cli",
        "import_schedule",
        options.file,
        options.edition,
        dry_run=options.dry_run,
        draft=options.draft,
        accept=options.accept_errors,
    )


def import_guests(options: argparse.Namespace) -> int:
    """Import a list of guests."""
    code = _call("summitry.config.cli.server", "prepare", quiet=True)
    return code or _call(
        "summitry.guests.cli",
        "import_guests",
        options.file,
        options.edition,
        dry_run=options.dry_run,
        category=options.category,
        alike=options.alike,
    )


def export_schedule(options: argparse.Namespace) -> int:
    """Export an edition's schedule."""
    code = _call("summitry.config.cli.server", "require_prepared")
    return code or _call(
        "summitry.programme.cli", "export_schedule", options.edition, options.format, options.output
    )


def verify(options: argparse.Namespace) -> int:
    """Check the exported record of a call; it needs no installation."""
    from summitry.calls.cli import verify_record  # noqa: PLC0415 - only this command needs it, and no settings

    return verify_record(options.record, head=options.head, replay=not options.no_replay)


def export_record(options: argparse.Namespace) -> int:
    """Export the record of a call."""
    code = _call("summitry.config.cli.server", "require_prepared")
    return code or _call(
        "summitry.calls.cli_export",
        "export_record",
        options.edition,
        options.call,
        options.output,
        grade="public" if options.public else "auditor",
    )


def createadmin(options: argparse.Namespace) -> int:
    """Create an administrator."""
    code = _call("summitry.config.cli.server", "prepare", quiet=True)
    return code or _call("summitry.config.cli.admin", "create_admin", options.email, options.name)


def grant(options: argparse.Namespace) -> int:
    """Give or withdraw a role."""
    code = _call("summitry.config.cli.server", "prepare", quiet=True)
    return code or _call(
        "summitry.config.cli.admin",
        "change_role",
        options.email,
        options.role,
        edition=options.edition,
        forum=options.forum,
        withdraw=options.withdraw,
    )


def backup(options: argparse.Namespace) -> int:
    """Write a backup."""
    code = _call("summitry.config.cli.server", "require_prepared")
    return code or _call("summitry.config.cli.archive", "backup", options.file)


def restore(options: argparse.Namespace) -> int:
    """Restore a backup."""
    return _call("summitry.config.cli.archive", "restore", options.file, check_only=options.check)


def bounce(options: argparse.Namespace) -> int:
    """Take a report from the mail server's pipe."""
    return _call("summitry.mailing.cli", "bounce", sys.stdin.buffer)


def verify_audit(options: argparse.Namespace) -> int:
    """Check the audit log."""
    code = _call("summitry.config.cli.server", "require_prepared")
    return code or _call("summitry.config.cli.admin", "verify_audit")


def relay(options: argparse.Namespace) -> int:
    """Serve the gates of a hall from a laptop in it."""
    _know_own_address(options)
    given = (options.upstream, options.code, options.name, options.host, options.port)
    return _call("summitry.config.cli.relay", "relay", *given, options.certificate, options.key)
