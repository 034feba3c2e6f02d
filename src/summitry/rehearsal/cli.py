"""`summitry demo`: the demo edition, and a sign-in link for each of its roles."""

from __future__ import annotations

import datetime as dt
import gc
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.urls import reverse
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from summitry.calls.permissions import JUROR
from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.errors import SummitryError
from summitry.foundation.models import Account
from summitry.foundation.signin import sign_in_url
from summitry.gates.actions.devices import invite_again
from summitry.gates.models import Device
from summitry.guests.actions.invitation import INVITATION_PAGE
from summitry.guests.enums import GuestState
from summitry.guests.permissions import FOCAL_POINT
from summitry.guests.queries.guest_links import PAGE as GUEST_PAGE
from summitry.guests.queries.guest_links import page_path as guest_path
from summitry.programme.models import Appearance, Session
from summitry.programme.queries.speaker_links import Holder, page_path
from summitry.rehearsal.build import DEMO, build
from summitry.rehearsal.build_attendance import TO_TRY
from summitry.rehearsal.build_guests import shown_guest
from summitry.rehearsal.build_speakers import shown_speaker
from summitry.rehearsal.content import build_summit
from summitry.rehearsal.removal import remove_demo

out = Console()
ROOM_KIB = 128_000
LINKS_LAST = dt.timedelta(days=3)
DEMO_DOMAIN = ".example"
"""Everybody in the demo has an address in the top-level domain that is reserved for examples (RFC 2606)."""


def build_demo(*, host: str, port: int, reset: bool) -> int:
    """Build the demo edition unless it is there (with `reset`, anew), and print where it is and how to sign in."""
    if reset:
        with _roomy():
            remove_demo(DEMO, DEMO_DOMAIN)
    if Edition.objects.filter(slug=DEMO).exists():
        out.print("The demo edition is there already.")
    else:
        _build()
    base = f"http://{host}:{port}"
    out.print(f"\n[bold]Rivertown Summit[/]  {base}/en/{DEMO}/   (also /zh-hans/ /fr/ /es/ /ru/ /ar/)\n")
    _print_links(base)
    _print_speaker(base)
    _print_guests(base)
    _print_desk(base)
    return 0


def _build() -> None:
    started = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task("Planning the summit")
        plan = build_summit()
        with _roomy(), _unswept():
            edition = build(plan, progress=lambda step: progress.update(task, description=step))
    sessions = Session.objects.filter(edition=edition).count()
    out.print(
        f"Built the demo edition in {time.monotonic() - started:.0f} s: {len(plan.people)} people of "
        f"{len(plan.entities)} countries, regions and bodies, {sessions} sessions in {len(plan.venue.rooms)} rooms."
    )


@contextmanager
def _roomy() -> Iterator[None]:
    """Let SQLite hold the whole edition in memory while it is built: what spills to disk meanwhile costs a fifth more."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = {-ROOM_KIB}")
        yield
        cursor.execute(f"PRAGMA cache_size = {int(usual)}")


@contextmanager
def _unswept() -> Iterator[None]:
    """Let the collector of cyclic garbage rest: of all the rows made here hardly any is garbage, and looking costs a sixth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print_links(base: str) -> None:
    accounts = Account.objects.filter(email__endswith=DEMO_DOMAIN).prefetch_related("grants").order_by("pk")
    if not accounts:
        raise SummitryError("The demo accounts are missing. Build the demo anew with --reset.")
    out.print("Sign in as (each link holds for three days):")
    for account in _shown(accounts):
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


def _print_guests(base: str) -> None:
    edition_id = Edition.objects.get(slug=DEMO).pk
    pages = (
        (GuestState.CONFIRMED, GUEST_PAGE, "a guest’s page"),
        (GuestState.APPROVED, GUEST_PAGE, "one who has to confirm"),
        (GuestState.INVITED, INVITATION_PAGE, "an invitation"),
    )
    for state, page, what in pages:
        guest = shown_guest(edition_id, state)
        if guest is not None:
            out.print(f"  [bold]{what}[/] {guest}")
            out.print(f"    {base}{guest_path(guest, 'en', page)}", soft_wrap=True, highlight=False)


def _print_desk(base: str) -> None:
    """Print a code that makes the browser which opens it a desk; like the links, it holds for longer than in earnest."""
    device = Device.objects.filter(edition__slug=DEMO, name=TO_TRY).first()
    if device is None:
        return
    code = invite_again(device, by=system("demo"))
    Device.objects.filter(pk=device.pk).update(code_until=clock.now() + LINKS_LAST)
    out.print("A desk to try, in one browser (it becomes a device of the registration desk):")
    out.print(f"    {base}{reverse('desk:page')}#{code}", soft_wrap=True, highlight=False)


def _shown(accounts: Iterable[Account]) -> Iterator[Account]:
    """Yield those accounts that are worth a link: of the focal points and of a call's jurors, who differ in nothing, the first."""
    seen: set[tuple[str, int]] = set()
    for account in accounts:
        grants = list(account.grants.all())
        alike = {(grant.role, grant.scope_id) for grant in grants if grant.role == JUROR.code}
        alike |= {(grant.role, 0) for grant in grants if grant.role == FOCAL_POINT.code}
        if not alike or alike - seen:
            yield account
        seen |= alike


def _role(account: Account) -> str:
    roles = sorted({grant.role for grant in account.grants.all()} - {PARTNER.code})
    if roles:
        return ", ".join(roles)
    return "speaker" if Appearance.objects.filter(person__account=account).exists() else "guest"
