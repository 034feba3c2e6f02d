"""Who may write to many, and who lets it leave.

The secretariat (directors and editors) writes, releases and recalls. A co-organiser's person drafts to her own people
and hands the draft over; she sees her own mailings and nobody else's. What a letter says is for the secretariat alone:
it may hold the address of somebody's own page.

Some notices say what not even the whole secretariat need know, such as that a guest was refused. A room above guards
them (`guard_notices`): they are the directors' and its own offices'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar, TypeVar

from django.db.models import Model, Q

from summitry.editions.permissions import DIRECTOR, EDITOR, PARTNER
from summitry.foundation.access import Actor, Scope, ScopedPolicy
from summitry.mailing.models import Letter, Mailing, NoticeWording, Suppression

SECRETARIAT = frozenset({DIRECTOR.code, EDITOR.code})
AUTHORS = SECRETARIAT | {PARTNER.code}
OWN_VERBS = frozenset({"view", "edit", "hold"})

M = TypeVar("M", bound=Model)
_guarded: dict[str, frozenset[str]] = {}


def guard_notices(keys: Iterable[str], offices: frozenset[str]) -> None:
    """Keep these notices for directors and for the roles of `offices`, who read, release and recall them."""
    _guarded.update(dict.fromkeys(keys, offices))


class GuardedPolicy(ScopedPolicy[M]):
    """Rows that belong to a notice; `notice` is the lookup that leads to its key."""

    notice: ClassVar[str]

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        offices = _guarded.get(self.notice_of(obj)) if obj is not None else None
        return super().may(actor if offices is None else _as_office(actor, offices), verb, obj)

    def worked_on(self, actor: Actor) -> Q:
        condition = super().worked_on(actor) & ~Q(**{f"{self.notice}__in": list(_guarded)})
        for offices in set(_guarded.values()):
            keys = [key for key, guards in _guarded.items() if guards == offices]
            condition |= super().worked_on(_as_office(actor, offices)) & Q(**{f"{self.notice}__in": keys})
        return condition

    def notice_of(self, obj: M) -> str:
        """Return the key of the notice that a row belongs to, or an empty text."""
        raise NotImplementedError


def _as_office(actor: Actor, offices: frozenset[str]) -> Actor:
    """Return the actor as a guarded notice knows her: an editor only where she holds one of the offices."""
    held = {(EDITOR.code, scope) for role, scope in actor.grants if role in offices}
    return replace(actor, grants=frozenset(grant for grant in actor.grants if grant[0] != EDITOR.code) | held)


class MailingPolicy(GuardedPolicy[Mailing]):
    """The secretariat does everything; who may enter the console drafts, and sees and edits what she drafted."""

    model = Mailing
    notice = "notice"
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

    def notice_of(self, obj: Mailing) -> str:
        return obj.notice

    def _is_own(self, actor: Actor, obj: Mailing) -> bool:
        return (
            actor.account_id is not None
            and obj.created_by_id == actor.account_id
            and obj.edition_id in actor.scope_ids("edition", AUTHORS)
        )


class LetterPolicy(GuardedPolicy[Letter]):
    """Letters, word for word: the secretariat's."""

    model = Letter
    notice = "mailing__notice"
    verbs = ("view", "resend")
    paths: ClassVar[Mapping[str, str]] = {"edition": "mailing__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": SECRETARIAT, "resend": SECRETARIAT}

    def notice_of(self, obj: Letter) -> str:
        return obj.mailing.notice


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
