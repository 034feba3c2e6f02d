"""Who may write to many, and who lets it leave.

The secretariat (directors and editors) writes, releases and recalls. A co-organiser's person drafts to her own people
and hands the draft over; she sees her own mailings and nobody else's. What a letter says is for the secretariat alone:
it may hold the address of somebody's own page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from django.db.models import Q

from summitry.editions.permissions import DIRECTOR, EDITOR, PARTNER
from summitry.foundation.access import Actor, Scope, ScopedPolicy
from summitry.mailing.models import Letter, Mailing, NoticeWording, Suppression

SECRETARIAT = frozenset({DIRECTOR.code, EDITOR.code})
AUTHORS = SECRETARIAT | {PARTNER.code}
OWN_VERBS = frozenset({"view", "edit", "hold"})


class MailingPolicy(ScopedPolicy[Mailing]):
    """The secretariat does everything; who may enter the console drafts, and sees and edits what she drafted."""

    model = Mailing
    verbs = ("view", "create", "edit", "hold", "release", "recall", "read")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": SECRETARIAT,
        "create": AUTHORS,
        "edit": SECRETARIAT,
        "hold": SECRETARIAT,
        "release": SECRETARIAT,
        "recall": SECRETARIAT,
        "read": SECRETARIAT,
    }

    def may(self, actor: Actor, verb: str, obj: Mailing | None = None) -> bool:
        if verb in OWN_VERBS and obj is not None and self._is_own(actor, obj):
            own = Scope("edition", obj.edition_id)
            actor = replace(actor, grants=actor.grants | {(EDITOR.code, own)})
        return super().may(actor, verb, obj)

    def worked_on(self, actor: Actor) -> Q:
        editions = actor.scope_ids("edition", AUTHORS)
        own = Q(pk__in=[])
        if actor.account_id is not None and editions and self._token_allows(actor, "view"):
            own = Q(created_by_id=actor.account_id, edition_id__in=editions)
        return super().worked_on(actor) | own

    def _is_own(self, actor: Actor, obj: Mailing) -> bool:
        return (
            actor.account_id is not None
            and obj.created_by_id == actor.account_id
            and obj.edition_id in actor.scope_ids("edition", AUTHORS)
        )


class LetterPolicy(ScopedPolicy[Letter]):
    """Letters, word for word: the secretariat's."""

    model = Letter
    verbs = ("view", "resend")
    paths: ClassVar[Mapping[str, str]] = {"edition": "mailing__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": SECRETARIAT, "resend": SECRETARIAT}


class NoticeWordingPolicy(ScopedPolicy[NoticeWording]):
    """The wording of the program's own notices."""

    model = NoticeWording
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": SECRETARIAT, "edit": SECRETARIAT}


class SuppressionPolicy(ScopedPolicy[Suppression]):
    """Addresses that get no mail."""

    model = Suppression
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": SECRETARIAT, "edit": SECRETARIAT}


POLICIES = (MailingPolicy, LetterPolicy, NoticeWordingPolicy, SuppressionPolicy)
