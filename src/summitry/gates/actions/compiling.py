"""Keeping the roster true: each guest's line is compiled anew when something behind it changes.

Everything happens in the transaction that changed it, under the lock of the edition's roster: whoever asks for what has
changed since a revision never misses a line. The gates hear of a new revision at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from summitry.editions.models import Edition
from summitry.foundation.live import hint
from summitry.gates.models import Roster, RosterLine
from summitry.gates.queries.lines import lines_of

BATCH = 500
TOPIC = "edition:{}:roster"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The roster's revision after a change, and how many guests it changed."""

    revision: int
    changed: int


def next_revision(edition_id: int, *, new_rules: bool = False) -> int:
    """Open a new revision of the roster; no other opens one until the present transaction has ended.

    `new_rules` says that rules, zones or gates have changed. All devices of the edition are told after the commit.
    """
    Roster.objects.get_or_create(edition_id=edition_id)
    steps = {"rule_version": F("rule_version") + 1} if new_rules else {}
    Roster.objects.filter(pk=edition_id).update(revision=F("revision") + 1, **steps)
    revision = Roster.objects.values_list("revision", flat=True).get(pk=edition_id)
    hint(TOPIC.format(edition_id), "revision", revision=revision)
    return revision


def compile_roster(
    edition: Edition,
    guest_ids: Collection[int] | None = None,
    *,
    new_rules: bool = False,
    revision: int | None = None,
) -> Compiled:
    """Compile the lines of some guests, or of all; write those that say something else now, under a new revision.

    Where the caller has opened a `revision`, because badges have changed, the lines belong to it whatever they say.
    """
    with transaction.atomic():
        anew = revision is not None
        revision = revision or next_revision(edition.pk, new_rules=new_rules)
        lines = lines_of(edition, guest_ids)
        present = {
            pk: (facts, access, is_gone)
            for pk, facts, access, is_gone in RosterLine.objects.filter(pk__in=list(lines)).values_list(
                "pk", "facts", "access", "is_gone"
            )
        }
        changed = [
            RosterLine(
                guest_id=pk,
                edition=edition,
                revision=revision,
                facts=line.facts,
                access=line.access,
                is_gone=line.is_gone,
            )
            for pk, line in sorted(lines.items())
            if (anew or present.get(pk) != tuple(line)) and not (line.is_gone and pk not in present)
        ]
        RosterLine.objects.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["guest"],
            update_fields=["revision", "facts", "access", "is_gone"],
        )
    return Compiled(revision, len(changed))
