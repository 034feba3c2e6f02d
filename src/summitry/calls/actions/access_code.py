"""Access codes: made once, shown once, kept as digests, and used as often as each may be."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets

from django.db.models import F, Q
from django.utils.translation import gettext as _

from summitry.calls.models import AccessCode, Call
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""None that is taken for another; twelve of them are 59 bits."""
MOST_AT_ONCE, MOST_USES = 1000, 100_000
_SIGNS = re.compile(r"[\s\-‐-―]+")


def create_codes(
    call: Call,
    count: int,
    *,
    by: Actor,
    note: str = "",
    most_uses: int = 1,
    expires_at: dt.datetime | None = None,
) -> list[str]:
    """Make access codes and return them: nobody can read them a second time. Raises InvalidInput."""
    require(by, "edit", AccessCode(call=call))
    errors: dict[str, list[str]] = {}
    if not 1 <= count <= MOST_AT_ONCE:
        errors["count"] = [_("From 1 to %(most)d codes at once.") % {"most": MOST_AT_ONCE}]
    if not 1 <= most_uses <= MOST_USES:
        errors["most_uses"] = [_("From 1 to %(most)d uses.") % {"most": MOST_USES}]
    if expires_at is not None and expires_at <= clock.now():
        errors["expires_at"] = [_("This lies in the past.")]
    if len(note) > 200:
        errors["note"] = [_("At most %(limit)d characters are possible.") % {"limit": 200}]
    if errors:
        raise InvalidInput(fields=errors)
    codes = [_fresh() for _n in range(count)]
    facts = {"note": note, "most_uses": most_uses, "expires_at": expires_at}
    rows = [AccessCode(call=call, digest=digest_of(code), hint=code[:4], **facts) for code in codes]
    with recording():
        AccessCode.objects.bulk_create(rows, batch_size=500)
        record("calls.access_codes.created", by=by, obj=call, count=count)
    return codes


def use_code(call: Call, typed: str) -> AccessCode:
    """Count one use of an access code, in the caller's transaction; of two who use the last one, one is refused.

    Raises InvalidInput (`access_code`), in the same words for a code that does not exist, has expired or is used up.
    """
    now = clock.now()
    rows = AccessCode.objects.filter(call=call, digest=digest_of(typed), used__lt=F("most_uses"))
    rows = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))
    if not rows.update(used=F("used") + 1):
        raise InvalidInput(fields={"access_code": [_("This code does not open this call.")]})
    return AccessCode.objects.get(call=call, digest=digest_of(typed))


def close_code(code: AccessCode, *, by: Actor) -> AccessCode:
    """Let nobody use a code from now on."""
    require(by, "edit", code)
    with recording():
        now = clock.now()
        if AccessCode.objects.filter(pk=code.pk).exclude(expires_at__lte=now).update(expires_at=now):
            code.expires_at = now
            record("calls.access_code.closed", by=by, obj=code)
    return code


def digest_of(code: str) -> str:
    """Return what is kept of a code, however it was typed: in small letters, with spaces or with other dashes."""
    return hashlib.sha256(_SIGNS.sub("", code).upper().encode()).hexdigest()


def _fresh() -> str:
    letters = "".join(secrets.choice(LETTERS) for _n in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
