"""The audit log: who did what, in a sentence, with the values before and after, in a hash chain.

Each entry's SHA-256 covers its own content and the hash of the entry before it; changing or removing any entry
breaks every later one, which `verify_chain()` reports.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise

from summitry.foundation import clock
from summitry.foundation.access.actor import Actor
from summitry.foundation.models.audit import AuditEntry, AuditSubject

GENESIS = "0" * 64
_CHAIN_LOCK = 0x53554D4D  # any constant: one advisory lock serialises the chain on PostgreSQL
_sentences: dict[str, str | Promise] = {}


def register_sentence(action: str, sentence: str | Promise) -> None:
    """Declare an audit action ("programme.slot.moved") with the sentence that readers see.

    The sentence may use %(actor)s, %(object)s and the parameters that `record` was given.
    """
    _sentences[action] = sentence


def sentences() -> Mapping[str, str | Promise]:
    """Return all declared audit actions with their sentences."""
    return _sentences


def record(
    action: str,
    *,
    by: Actor,
    obj: Model | None = None,
    edition_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **params: Any,
) -> AuditEntry:
    """Append one entry to the log, in the caller's transaction.

    `before` and `after` hold the changed values only. Raises KeyError for an action without a declared sentence.
    """
    if action not in _sentences:
        raise KeyError(action)
    with recording():
        last = AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first()
        entry = AuditEntry(
            at=clock.now(),
            actor_kind=by.kind,
            actor_id=by.account_id,
            actor_label=by.label,
            action=action,
            object_type=obj._meta.label_lower if obj is not None else "",
            object_id=str(obj.pk) if obj is not None else "",
            object_label=str(obj)[:200] if obj is not None else "",
            edition_id=edition_id if edition_id is not None else getattr(obj, "edition_id", None),
            params=_plain(params),
            before=_plain(before or {}),
            after=_plain(after or {}),
            previous_hash=last or GENESIS,
        )
        entry.hash = _digest(entry)
        entry.save(force_insert=True)
    return entry


def record_many(
    action: str,
    *,
    by: Actor,
    changes: Sequence[tuple[Model, Mapping[str, Any], Mapping[str, Any]]],
    edition_id: int | None = None,
    **params: Any,
) -> AuditEntry:
    """Append one entry about many rows: each with its changed values before and after, kept under its id.

    The sentence may use %(count)s. Each row's own trail finds the entry.
    """
    entry = record(
        action,
        by=by,
        edition_id=edition_id,
        before={str(obj.pk): before for obj, before, _after in changes},
        after={str(obj.pk): after for obj, _before, after in changes},
        count=len(changes),
        **params,
    )
    AuditSubject.objects.bulk_create(
        (
            AuditSubject(entry=entry, object_type=obj._meta.label_lower, object_id=str(obj.pk))
            for obj, _before, _after in changes
        ),
        batch_size=500,
    )
    return entry


@contextmanager
def recording() -> Iterator[None]:
    """Open a transaction that will write to the log, or a part of one: it waits for the log before it touches any row.

    Every action that records something opens with this. All then wait in one order, and none for each other.
    """
    with transaction.atomic():
        _hold_chain()
        yield


def _hold_chain() -> None:
    """Let nobody else write to the log until the present transaction ends; where it is held already, nothing happens."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def sentence(entry: AuditEntry) -> str:
    """Return the entry as a sentence in the active language."""
    template = str(_sentences.get(entry.action, entry.action))
    return template % {**entry.params, "actor": entry.actor_label, "object": entry.object_label}


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the entry's id and whether its content or its link is wrong."""

    entry_id: int
    reason: str


def verify_chain() -> Iterator[Break]:
    """Yield every entry whose content no longer matches its hash, or which does not follow its predecessor."""
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous_hash != previous:
            yield Break(entry.pk, "link")
        if _digest(entry) != entry.hash:
            yield Break(entry.pk, "content")
        previous = entry.hash


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(dict(values), cls=_Encoder))
    return loaded


def _digest(entry: AuditEntry) -> str:
    content = [
        entry.at.astimezone(dt.UTC).isoformat(),
        str(entry.actor_kind),
        entry.actor_id,
        entry.actor_label,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.edition_id,
        entry.params,
        entry.before,
        entry.after,
        entry.previous_hash,
    ]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if hasattr(o, "to_json"):
            return o.to_json()
        if isinstance(o, Model):
            return f"{o._meta.label_lower}:{o.pk}"
        if isinstance(o, (set, frozenset)):
            return sorted(o)
        return super().default(o)
