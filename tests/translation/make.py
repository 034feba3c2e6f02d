"""Builders for the translation workbench: a small edition with texts in every state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from summitry.directory.actions.term import NewTerm, approve_term, propose_term
from summitry.directory.models import Person, Term
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.foundation.i18n import Text, TextState
from summitry.foundation.models import Account, Grant
from summitry.programme.actions.forum import create_forum
from summitry.programme.actions.session import add_contribution, update_session
from summitry.programme.models import Contribution, Forum, Session
from summitry.translation.actions.assignment import assign
from summitry.translation.models import Assignment
from tests.directory.make import SYSTEM, make_account, make_person
from tests.editions.make import make_edition, make_room
from tests.programme.make import appear, make_session

ZH, FR, AR = "zh-hans", "fr", "ar"


@dataclass
class Desk:
    """The rows, by name."""

    edition: Edition
    forums: dict[str, Forum] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    room: Room | None = None

    def url(self, path: str = "", lang: str = "en") -> str:
        """Return the address of one of the workbench's pages."""
        return f"/{lang}/console/{self.edition.slug}/translation/{path}"

    def text(self, row: Any, name: str = "title") -> str:
        """Return the id of a text of `row`."""
        return f"{row._meta.label_lower}:{row.pk}:{name}"


def make_desk(**facts: Any) -> Desk:
    """Two forums with a session each; one title in each state of Chinese: missing, machine, stale, reviewed."""
    facts = {"languages": ["en", ZH, AR], "name": Text.of({"en": "Rivertown", ZH: "河镇"}), **facts}
    desk = Desk(make_edition("rivertown", **facts))
    memory = Text.of({"en": "Digital memory", ZH: "数字记忆"})
    trust = Text.of("Trust and safety").with_text(ZH, "信任与安全", TextState.MACHINE)
    desk.forums = {
        "memory": create_forum(desk.edition, by=SYSTEM, slug="memory", title=memory),
        "trust": create_forum(desk.edition, by=SYSTEM, slug="trust", title=trust),
    }
    archives = Text.of({"en": "Archives in 12 towns", ZH: "十二个城镇的档案"})
    desk.sessions = {
        "archives": make_session(desk.forums["memory"], archives, code="archives"),
        "doors": make_session(desk.forums["trust"], "Open doors", code="doors"),
    }
    update_session(
        desk.sessions["archives"], by=SYSTEM, title=archives.with_text("en", "Archives in 14 towns")
    )
    desk.contributions = {
        "keynote": add_contribution(desk.sessions["archives"], by=SYSTEM, title=Text.of("Keeping disks")),
        "panel": add_contribution(desk.sessions["doors"], by=SYSTEM, title=Text.of("Who holds the key?")),
    }
    desk.people = {"chen": make_person(biography=Text.of("Keeps **archives**.")), "ada": make_person()}
    appear(desk.sessions["archives"], desk.people["chen"])
    desk.room = make_room(desk.edition, "Moon Bridge", code="moon")
    desk.edition.refresh_from_db()
    return desk


def actor(account: Account, *roles: tuple[str, str, int]) -> Actor:
    """Return the account as an actor with these roles alone: (role, kind of scope, id)."""
    grants = frozenset((role, Scope(kind, number)) for role, kind, number in roles)
    return Actor(ActorKind.PERSON, str(account), account_id=account.pk, grants=grants)


def make_holder(role: str, kind: str, number: int, *, partner_of: Edition | None = None) -> Account:
    """Return an account that holds a role, and the key to an edition's console beside it."""
    account = make_account()
    Grant.objects.create(account=account, role=role, scope_kind=kind, scope_id=number)
    if partner_of is not None:
        Grant.objects.create(account=account, role="partner", scope_kind="edition", scope_id=partner_of.pk)
    return account


def make_term(words: dict[str, str], *, approved: bool = True, **facts: Any) -> Term:
    term = propose_term(NewTerm(words=Text.of(words, "en"), **facts), by=SYSTEM)
    return approve_term(term, by=SYSTEM) if approved else term


def make_assignment(desk: Desk, account: Account, lang: str = ZH, **facts: Any) -> Assignment:
    return assign(desk.edition, account, lang, by=SYSTEM, **facts)
