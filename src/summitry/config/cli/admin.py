"""Commands for the keeper of an installation: the first administrator, and the audit log's chain."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from rich.console import Console
from rich.markup import escape

from summitry.foundation.access import ADMINISTRATOR, system
from summitry.foundation.accounts import create_account
from summitry.foundation.audit import verify_chain
from summitry.foundation.errors import SummitryError
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account, AuditEntry
from summitry.foundation.signin import sign_in_url

out = Console()
err = Console(stderr=True)


def create_admin(email: str, name: str) -> int:
    """Create an administrator (or make one of an existing account) and print a link that signs in once."""
    try:
        validate_email(email)
    except ValidationError:
        raise SummitryError(f"Not an e-mail address: {email}") from None
    actor = system("command line")
    with transaction.atomic():
        account = Account.objects.filter(email__iexact=email).first()
        if account is None:
            account = create_account(email, by=actor, name=name)
        grant_role(account, ADMINISTRATOR, by=actor)
    out.print(f"{escape(str(account))} is an administrator. This link signs in once, within three days:")
    out.print(sign_in_url(account), soft_wrap=True)
    return 0


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
