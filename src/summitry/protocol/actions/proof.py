"""Saying that a flag and its names were looked at and are right."""

from __future__ import annotations

from collections.abc import Mapping

from summitry.directory.models import Entity
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import StaleState
from summitry.protocol.models import Proof
from summitry.protocol.queries.flags import check_flags


def give_proof(edition: Edition, entity: Entity, mark: str, *, by: Actor) -> Proof:
    """Keep that `by` found flag and names of an entity right as the `mark` says she saw them.

    Raises StaleState where they are others by now.
    """
    return give_proofs(edition, {entity: mark}, by=by)[0]


def give_proofs(edition: Edition, marks: Mapping[Entity, str], *, by: Actor) -> list[Proof]:
    """The same for several entities at once; all or none."""
    require(by, "edit", Proof(edition=edition))
    seen = {line.entity_id: line.mark for line in check_flags(edition)}
    if any(seen.get(entity.pk) != mark for entity, mark in marks.items()):
        raise StaleState
    with recording():
        return [_note(edition, entity, mark, by) for entity, mark in marks.items()]


def _note(edition: Edition, entity: Entity, mark: str, by: Actor) -> Proof:
    proof, _made = Proof.objects.update_or_create(
        edition=edition,
        entity=entity,
        defaults={"mark": mark, "account_id": by.account_id, "actor_label": by.label, "at": clock.now()},
    )
    record("protocol.proof.given", by=by, obj=proof, entity=entity.code)
    return proof
