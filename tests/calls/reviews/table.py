"""A small jury at work: a call whose round reads, entries with frozen versions, jurors who have accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from summitry.calls.actions.review import Change, Saved, save_review, submit_review
from summitry.calls.enums import AssignmentState, RoundState
from summitry.calls.models import Assignment, Call, Entry, EntryVersion, Juror, Review, Round, Standing
from summitry.calls.permissions import CHAIR
from summitry.calls.queries.entry_content import content_of
from summitry.calls.queries.review_content import stamp, value_of
from summitry.calls.record.canonical import digest
from summitry.editions.actions.partners import admit_partner
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, Scope
from summitry.foundation.grants import put_grant
from summitry.foundation.models import Account
from tests.calls.make import SYSTEM, make_area, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account
from tests.editions.make import make_edition

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Table:
    """The rows, and who may sign in."""

    call: Call
    round: Round
    entries: list[Entry] = field(default_factory=list)
    jurors: dict[str, Juror] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        """The edition of the call."""
        return self.call.edition

    def url(self, path: str = "panel/", lang: str = "en") -> str:
        """Return the address of a console page of the call."""
        return f"/{lang}/console/{self.edition.slug}/calls/{self.call.slug}/{path}"

    def entry_url(self, number: int = 1, path: str = "", lang: str = "en") -> str:
        """Return the address of a page about an entry on a table."""
        return self.url(f"panel/{self.round.number}/{number}/{path}", lang)

    def actor(self, who: str) -> Actor:
        """Return somebody with the grants she holds now."""
        account = Account.objects.get(pk=self.accounts[who].pk)
        return account.actor()

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend=BACKEND)
        return client

    def assignment(self, who: str, number: int = 1) -> Assignment:
        """Return the assignment of a juror and an entry as it stands."""
        rows = Assignment.objects.select_related("round__call__edition", "juror__person", "entry__call")
        return rows.get(juror=self.jurors[who], entry__number=number)

    def save(self, who: str, number: int = 1, *, key: str = "", **values: Any) -> Saved:
        """Save fields of a review as a page would that shows what stands there now."""
        return save_review(*self._save(who, number, values), by=self.actor(who), key=key)

    def submit(self, who: str, number: int = 1, *, key: str = "", **values: Any) -> Saved:
        """Hand in a review, each criterion marked 7 unless `values` say otherwise."""
        marks = {f"mark_{criterion.slug}": 7 for criterion in self.round.criteria.all()}
        return submit_review(*self._save(who, number, {**marks, **values}), by=self.actor(who), key=key)

    def _save(self, who: str, number: int, values: dict[str, Any]) -> tuple[Assignment, dict[str, Change]]:
        assignment = self.assignment(who, number)
        review = Review.objects.filter(assignment=assignment).first()
        named = {name.replace("criterion_", "criterion-"): value for name, value in values.items()}
        return assignment, {
            name: Change(stamp(value_of(review, name)), value) for name, value in named.items()
        }


def make_table(
    *, entries: int = 1, jurors: tuple[str, ...] = ("ada",), criteria: int = 2, **facts: Any
) -> Table:
    """Every juror has every entry in a round that reads; "chair" is the chair of the jury and no juror."""
    call = make_call(make_edition(is_public=False))
    round_ = make_round(call, criteria=criteria, **{"state": RoundState.READING, **facts})
    table = Table(call, round_)
    area = make_area(call, "energy")
    for _n in range(entries):
        entry = make_frozen(call, area=area)
        table.entries.append(entry)
        Standing.objects.create(round=round_, entry=entry, reads=max(1, len(jurors)))
    for who in jurors:
        table.accounts[who] = make_account(f"{who}@jury.example")
        table.jurors[who] = make_juror(call, who.title(), table.accounts[who])
        give(table, who)
    table.accounts["chair"] = make_account("chair@jury.example")
    put_grant(table.accounts["chair"], CHAIR.code, Scope("call", call.pk), by=SYSTEM)
    admit_partner(table.accounts["chair"], call.edition_id, by=SYSTEM)
    return table


def make_frozen(call: Call, title: str = "", **facts: Any) -> Entry:
    """Make an entry with one frozen version."""
    entry = make_entry(call, title, **{"state": "judged", **facts})
    content = content_of(entry)
    EntryVersion.objects.create(
        entry=entry, number=1, content=content, digest=digest(content), why="deadline"
    )
    return entry


def give(table: Table, who: str, state: str = AssignmentState.GIVEN) -> None:
    """Put every entry on a juror's table."""
    for entry in table.entries:
        Assignment.objects.create(round=table.round, entry=entry, juror=table.jurors[who], state=state)
