"""Who works on a forum for its institution: the secretariat lets people in, and out again."""

from __future__ import annotations

from summitry.editions.actions.partners import admit_partner, release_partner
from summitry.foundation.access import Actor, Scope, require
from summitry.foundation.audit import recording
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.models import Account, Grant
from summitry.programme.models import Forum
from summitry.programme.permissions import FORUM_EDITOR


def appoint_editor(forum: Forum, account: Account, *, by: Actor) -> None:
    """Let `account` edit the forum, and enter the edition's console for it; twice changes nothing."""
    require(by, "sign", forum)
    with recording():
        put_grant(account, FORUM_EDITOR.code, Scope("forum", forum.pk), by=by)
        admit_partner(account, forum.edition_id, by=by)


def dismiss_editor(forum: Forum, account: Account, *, by: Actor) -> None:
    """End the account's work on the forum; with her last duty in the edition its console closes, too."""
    require(by, "sign", forum)
    with recording():
        take_grant(account, FORUM_EDITOR.code, Scope("forum", forum.pk), by=by)
        release_partner(account, forum.edition_id, by=by)


def editors_of(forum: Forum) -> list[Account]:
    """Return the active accounts that edit the forum for its institution, by name."""
    ids = Grant.objects.filter(role=FORUM_EDITOR.code, scope_kind="forum", scope_id=forum.pk).values(
        "account"
    )
    return list(Account.objects.filter(pk__in=ids, is_active=True).order_by("name", "email"))
