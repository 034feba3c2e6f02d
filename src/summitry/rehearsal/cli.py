"""`summitry demo`: the demo edition, and a sign-in link for each of its roles."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from summitry.editions.models import Edition
from summitry.foundation.errors import SummitryError
from summitry.foundation.models import Account
from summitry.foundation.signin import sign_in_url
from summitry.programme.models import Appearance, Session
from summitry.programme.queries.speaker_links import Holder, page_path
from summitry.rehearsal.build import DEMO, build
from summitry.rehearsal.build_speakers import shown_speaker
from summitry.rehearsal.content import build_summit
from summitry.rehearsal.removal import remove_demo

out = Console()
DEMO_DOMAIN = ".example"
"""Everybody in the demo has an address in the top-level domain that is reserved for examples (RFC 2606)."""


def build_demo(*, host: str, port: int, reset: bool) -> int:
    """Build the demo edition unless it is there (with `reset`, anew), and print where it is and how to sign in."""
    if reset:
        remove_demo(DEMO, DEMO_DOMAIN)
    if Edition.objects.filter(slug=DEMO).exists():
        out.print("The demo edition is there already.")
    else:
        _build()
    base = f"http://{host}:{port}"
    out.print(f"\n[bold]Rivertown Summit[/]  {base}/en/{DEMO}/   (also /zh-hans/ /fr/ /es/ /ru/ /ar/)\n")
    _print_links(base)
    _print_speaker(base)
    return 0


def _build() -> None:
    started = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task("Planning the summit")
        plan = build_summit()
        edition = build(plan, progress=lambda step: progress.update(task, description=step))
    sessions = Session.objects.filter(edition=edition).count()
    out.print(
        f"Built the demo edition in {time.monotonic() - started:.0f} s: {len(plan.people)} people of "
        f"{len(plan.entities)} countries, regions and bodies, {sessions} sessions in {len(plan.venue.rooms)} rooms."
    )


def _print_links(base: str) -> None:
    accounts = Account.objects.filter(email__endswith=DEMO_DOMAIN).order_by("pk")
    if not accounts:
        raise SummitryError("The demo accounts are missing. Build the demo anew with --reset.")
    out.print("Sign in as (each link holds for three days):")
    for account in accounts:
        # One unbroken line each: a terminal can open it, whatever its width.
        out.print(f"  [bold]{_role(account)}[/] {account}")
        out.print(f"    {sign_in_url(account, reusable=True, base=base)}", soft_wrap=True, highlight=False)


def _print_speaker(base: str) -> None:
    speaker = shown_speaker(Edition.objects.get(slug=DEMO).pk)
    if speaker is None:
        return
    out.print("Without an account:")
    for holder, who in ((Holder.SPEAKER, "a speaker’s page"), (Holder.ASSISTANT, "her assistant’s")):
        out.print(f"  [bold]{who}[/] {speaker}")
        out.print(f"    {base}{page_path(speaker, holder, 'en')}", soft_wrap=True, highlight=False)


def _role(account: Account) -> str:
    roles = sorted({grant.role for grant in account.grants.all()})
    if roles:
        return ", ".join(roles)
    return "speaker" if Appearance.objects.filter(person__account=account).exists() else "guest"
