"""A small final: a live round with pitches, jurors who have accounts, a stage manager and a chair."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from summitry.algorithms.ranking import commitment
from summitry.calls.actions.ballot import commit_ballot, reveal_ballot
from summitry.calls.actions.final import plan_final
from summitry.calls.actions.final_stage import start_final
from summitry.calls.enums import RoundKind
from summitry.calls.models import Ballot, Call, Conflict, Entry, Final, Juror
from summitry.calls.permissions import CHAIR, MANAGER
from summitry.calls.queries.finals import final_of
from summitry.calls.record.ballots import Opened, content_of_pairs, content_of_scores, opening_text
from summitry.calls.record.canonical import canonical
from summitry.editions.actions.partners import admit_partner
from summitry.foundation.access import Actor, Scope
from summitry.foundation.grants import put_grant
from summitry.foundation.models import Account
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account
from tests.editions.make import make_edition

BACKEND = "django.contrib.auth.backends.ModelBackend"
SALT = bytes(range(32))


@dataclass
class Hall:
    """The rows, and who may sign in."""

    call: Call
    final: Final
    entries: list[Entry] = field(default_factory=list)
    jurors: dict[str, Juror] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def url(self, path: str = "final/", lang: str = "en") -> str:
        """Return the address of a console page of the call."""
        return f"/{lang}/console/{self.call.edition.slug}/calls/{self.call.slug}/{path}"

    @property
    def vote_url(self) -> str:
        """The address at which the public votes."""
        return f"/en/{self.call.edition.slug}/calls/{self.call.slug}/vote/"

    def actor(self, who: str) -> Actor:
        """Return somebody with the grants she holds now."""
        return Account.objects.get(pk=self.accounts[who].pk).actor()

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend=BACKEND)
        return client

    def fresh(self) -> Final:
        """Return the final as it stands."""
        found = final_of(Call.objects.select_related("edition").get(pk=self.call.pk))
        assert found is not None
        return found

    def marks(self, *marks: int) -> dict[int, dict[str, int]]:
        """Return these marks for the entries in their order, the same for each criterion; 0 leaves an entry out."""
        slugs = [one.slug for one in self.final.round.criteria.all()]
        return {
            entry.pk: dict.fromkeys(slugs, mark)
            for entry, mark in zip(self.entries, marks, strict=False)
            if mark
        }

    def sealed(self, who: str, *marks: int, salt: bytes = SALT) -> tuple[str, str]:
        """Return commitment and opening of a ballot with these marks."""
        return seal(content_of_scores(self.final.pk, self.jurors[who].pk, self.marks(*marks)), salt)

    def compared(self, who: str, *pairs: tuple[int, int]) -> tuple[str, str]:
        """Return commitment and opening of a ballot on which the first of each two (indexes) is preferred."""
        found = [(self.entries[better].pk, self.entries[worse].pk, False) for better, worse in pairs]
        return seal(content_of_pairs(self.final.pk, self.jurors[who].pk, found), SALT)

    def commit(self, who: str, *marks: int) -> Ballot:
        """Let a juror commit a ballot with these marks."""
        return commit_ballot(self.fresh(), self.sealed(who, *marks)[0], by=self.actor(who))

    def reveal(self, who: str, *marks: int) -> Ballot:
        """Let a juror reveal the ballot with these marks."""
        return reveal_ballot(self.fresh(), self.sealed(who, *marks)[1], by=self.actor(who))

    def bar(self, who: str, entry: int) -> None:
        """Let a conflict bar a juror from an entry (index)."""
        facts = {"kind": "declared", "source": "office", "state": "upheld"}
        Conflict.objects.create(juror=self.jurors[who], entry=self.entries[entry], **facts)


def seal(content: dict[str, Any], salt: bytes) -> tuple[str, str]:
    """Return commitment and opening of a ballot, as a device makes them."""
    data = canonical(content)
    return commitment(data, salt), opening_text(*Opened(data.decode(), salt.hex()))


def make_hall(
    *,
    entries: int = 3,
    jurors: tuple[str, ...] = ("ada", "bo"),
    criteria: int = 2,
    starts: bool = True,
    **facts: Any,
) -> Hall:
    """A final that runs (or, without `starts`, is planned), with nobody on the stage."""
    call = make_call(make_edition(), places=2)
    round_ = make_round(call, criteria=criteria, kind=RoundKind.LIVE)
    rows = [make_entry(call, f"Pitch {n + 1}", organisation_name=f"House {n + 1}") for n in range(entries)]
    final = plan_final(round_, by=SYSTEM, **facts)
    hall = Hall(call, final, rows)
    for who in jurors:
        hall.accounts[who] = make_account(f"{who}@jury.example")
        hall.jurors[who] = make_juror(call, who.title(), hall.accounts[who])
    for who, role in (("manager", MANAGER.code), ("chair", CHAIR.code)):
        hall.accounts[who] = make_account(f"{who}@final.example")
        put_grant(hall.accounts[who], role, Scope("call", call.pk), by=SYSTEM)
        admit_partner(hall.accounts[who], call.edition_id, by=SYSTEM)
    if starts:
        start_final(final, by=SYSTEM)
    return hall
