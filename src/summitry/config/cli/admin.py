"""Commands for the keeper of an installation: the first administrator, roles, and the audit log's chain."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from rich.console import Console
from rich.markup import escape

from summitry.editions.models import Edition
from summitry.editions.permissions import CREW, ENTERING, STAFF
from summitry.foundation.access import ADMINISTRATOR, SITE, Actor, Scope, system
from summitry.foundation.accounts import create_account
from summitry.foundation.audit import recording, verify_chain
from summitry.foundation.errors import NotFound, SummitryError
from summitry.foundation.grants import grant_role, withdraw_role
from summitry.foundation.models import Account, AuditEntry
from summitry.foundation.signin import sign_in_url
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.models import Forum

out = Console()
err = Console(stderr=True)


def create_admin(email: str, name: str) -> int:
    """Create an administrator (or make one of an existing account) and print a link that signs in once."""
    actor = system("command line")
    with recording():
        account = _account(email, actor, name)
        grant_role(account, ADMINISTRATOR, by=actor)
    out.print(f"{escape(str(account))} is an administrator. This link signs in once, within three days:")
    out.print(sign_in_url(account), soft_wrap=True)
    return 0


def change_role(email: str, role: str, *, edition: str, forum: str, withdraw: bool) -> int:
    """Give an account a role in its scope, or take it back, and say what it holds now.

    Raises InvalidInput for an unknown role or one that cannot be held there, NotFound for an unknown edition or forum.
    """
    actor = system("command line")
    scope = _scope(edition, forum)
    with recording():
        account = _account(email, actor)
        if withdraw:
            withdraw_role(account, role, scope, by=actor)
        else:
            grant_role(account, role, scope, by=actor)
            _open_console(account, scope, actor)
    held = sorted(f"{grant.role} ({grant.scope_kind} {grant.scope_id})" for grant in account.grants.all())
    out.print(f"{account} holds: {', '.join(held) or 'no role'}", markup=False)
    return 0


def _open_console(account: Account, scope: Scope, actor: Actor) -> None:
    """Let whoever works on a forum, or holds a duty of an edition, through the door of its console."""
    if scope.kind == "forum":
        appoint_editor(Forum.objects.get(pk=scope.id), account, by=actor)
    elif scope.kind == "edition" and not account.grants.filter(
        role__in=STAFF | ENTERING, scope_kind="edition", scope_id=scope.id
    ):
        grant_role(account, CREW.code, scope, by=actor)


def _account(email: str, actor: Actor, name: str = "") -> Account:
    """Return the account of an address, made where there is none. Raises SummitryError for what is no address."""
    try:
        validate_email(email)
    except ValidationError:
        raise SummitryError(f"Not an e-mail address: {email}") from None
    return Account.objects.filter(email__iexact=email).first() or create_account(email, by=actor, name=name)


def _scope(edition: str, forum: str) -> Scope:
    if not edition:
        return SITE
    row = Edition.objects.filter(slug=edition).first()
    if row is None:
        raise NotFound
    if not forum:
        return Scope("edition", row.pk)
    gathering = Forum.objects.filter(edition=row, slug=forum).first()
    if gathering is None:
        raise NotFound
    return Scope("forum", gathering.pk)


def verify_audit() -> int:
    """Check the chain; every break is named."""
    breaks = list(verify_chain())
    for broken in breaks:
        what = (
            "does not follow the entry before it"
            if broken.reason == "link"
            else "was changed after it was written"
        )
        err.print(f"[bold red]Entry {broken.entry_id}[/] {what}.")
    if not breaks:
        out.print(f"The audit log holds: {AuditEntry.objects.count()} entries, each follows the one before.")
    return 1 if breaks else 0
