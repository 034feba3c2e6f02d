"""Conflicts of interest for those who decide about them: what they rest on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from summitry.calls.models import Call, Conflict, Entry, OrganisationGroup
from summitry.directory.models import Organisation
from summitry.directory.queries.names import names_of
from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.i18n import Shown

RELATED = ("juror__person", "juror__organisation", "entry", "decided_by")


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A conflict, between whom, and what it rests on; `may_decide` where it is neither the reader's own nor barred to her."""

    conflict: Conflict
    juror: Shown
    title: Shown
    evidence: tuple[str, ...]
    may_decide: bool


def conflicts_at_work(call: Call, actor: Actor) -> QuerySet[Conflict]:
    """Return the conflicts of a call that `actor` may know of: none about an entry from which one bars herself."""
    rows = within(actor, Conflict.objects.filter(juror__call=call)).select_related(*RELATED)
    return rows.order_by("entry__number", "juror_id", "pk")


def narrowed(rows: QuerySet[Conflict], given: Mapping[str, str]) -> QuerySet[Conflict]:
    """Return the conflicts of a state, kind, source, juror (key) or entry (number); what cannot be read does not narrow."""
    for name in ("state", "kind", "source"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    juror, entry = given.get("juror", ""), given.get("entry", "")
    if juror.isascii() and juror.isdecimal() and len(juror) < 10:
        rows = rows.filter(juror=int(juror))
    if entry.isascii() and entry.isdecimal() and len(entry) < 10:
        rows = rows.filter(entry__number=int(entry))
    return rows


def own_conflicts(juror_id: int) -> QuerySet[Conflict]:
    """Return what a juror declared herself, and not what others say of her."""
    rows = Conflict.objects.filter(juror=juror_id, source="juror").select_related("entry")
    return rows.order_by("entry__number", "pk")


def conflict_lines(call: Call, conflicts: Sequence[Conflict], actor: Actor, lang: str) -> list[ConflictLine]:
    """Return conflicts as lines (at most five queries)."""
    chain = call.edition.fallback
    names = names_of({row.juror.person_id for row in conflicts})
    words = _Words(call, conflicts, lang, chain)
    decides = policy_for(Call).may(actor, "edit", call) or policy_for(Call).may(actor, "decide", call)
    found = []
    for row in conflicts:
        mine = actor.account_id is not None and row.juror.account_id == actor.account_id
        found.append(
            ConflictLine(
                row,
                names.shown(row.juror.person_id, lang, chain),
                row.entry.title.shown(lang, chain),
                tuple(words.of(row)),
                decides and not mine,
            )
        )
    return found


class _Words:
    """Facts in words; what they name is read once for all."""

    def __init__(self, call: Call, conflicts: Iterable[Conflict], lang: str, chain: Sequence[str]) -> None:
        facts = [(what, value) for row in conflicts for what, value in row.evidence.get("facts", [])]
        ids: dict[str, set[int]] = {"organisation": set(), "entry": set(), "group": set()}
        for what, value in facts:
            if what in ids:
                ids[what].add(int(value))
        houses = Organisation.objects.filter(pk__in=ids["organisation"]) if ids["organisation"] else ()
        self.houses = {row.pk: row.name.shown(lang, chain).text for row in houses}
        entries = Entry.objects.filter(pk__in=ids["entry"]) if ids["entry"] else Entry.objects.none()
        self.entries = {
            row.pk: f"{row.call.name.shown(lang, chain).text} {row.number}"
            if row.call.edition_id == call.edition_id
            else f"{row.call.edition.name.shown(lang, chain).text}: {row.call.name.shown(lang, chain).text} {row.number}"
            for row in entries.select_related("call__edition")
        }
        groups = OrganisationGroup.objects.filter(pk__in=ids["group"]) if ids["group"] else ()
        self.groups = {row.pk: row.name for row in groups}

    def of(self, conflict: Conflict) -> Iterable[str]:
        """Yield what a conflict rests on, a sentence for each fact."""
        for what, value in conflict.evidence.get("facts", []):
            if sentence := self._sentence(what, value):
                yield sentence
        if conflict.evidence.get("round"):
            yield _("Declared while reading, in round %(round)s.") % {"round": conflict.evidence["round"]}

    def _sentence(self, what: str, value: Any) -> str:
        named = {
            "organisation": (_("The same organisation: %(what)s."), self.houses.get(value, "")),
            "organisation_name": (_("The organisation is written alike: %(what)s."), value),
            "group": (_("The same group: %(what)s."), self.groups.get(value, "")),
            "website": (_("The same web address: %(what)s."), value),
            "domain": (_("The same e-mail domain: %(what)s."), value),
            "entry": (_("Together on %(what)s."), self.entries.get(value, "")),
        }
        plain = {
            "person": _("The same person of the directory."),
            "mailbox": _("The same e-mail address."),
            "name": _("The same name."),
            "entity": _("The same country or region."),
            "nominator": _("The juror nominated the entry."),
            "named": _("The entrant named the juror."),
        }
        if what in named:
            sentence, found = named[what]
            return sentence % {"what": found}
        return plain.get(what, "")


def counted(rows: QuerySet[Conflict]) -> dict[str, int]:
    """Return how many conflicts there are in each state, of those that were narrowed to what the reader may know."""
    return {state: rows.filter(Q(state=state)).count() for state in ("open", "upheld", "dismissed")}
