"""Carrying out a plan: in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.jobs import SILENT, Tracker
from summitry.programme.actions.exchange.comparing import Comparison
from summitry.programme.actions.exchange.errors import ImportRefused, PlanOutdated
from summitry.programme.actions.exchange.opening import opened
from summitry.programme.actions.exchange.planning import planned
from summitry.programme.actions.exchange.report import (
    ImportPlan,
    ImportResult,
    ImportStage,
    RowAction,
    RowKind,
)
from summitry.programme.actions.exchange.writing_names import write_names
from summitry.programme.actions.exchange.writing_sessions import write_sessions
from summitry.programme.actions.schedule import publish_schedule
from summitry.programme.models import ScheduleSource, Slot, Version
from summitry.programme.queries.export_envelope import envelope_to_keep

LONGEST_LABEL = 120


def apply_import(
    plan: ImportPlan, *, by: Actor, publish: bool = True, accept: bool = False, watch: Tracker = SILENT
) -> ImportResult:
    """Do what `plan` says, and publish the result as the next version unless told to leave it in the draft.

    One transaction: a failure anywhere leaves everything as it was. A plan that changes nothing writes nothing.
    Raises PlanOutdated where the edition has changed since the plan was made, ImportRefused where the plan has
    refusals that `accept` does not lift, PermissionRefused, and what the actions raise that it is carried out with.
    """
    reasons = [refusal for refusal in plan.refusals if refusal.final or not accept]
    if reasons:
        raise ImportRefused(reasons)
    with recording():
        edition = _locked(plan)
        fresh, comparison = planned(
            plan.document, edition, by=by, slug=plan.slug, problems=plan.problems, scope=plan.scope
        )
        if fresh.fingerprint != plan.fingerprint:
            raise PlanOutdated
        if plan.new_edition is not None:
            edition = opened(plan.new_edition, by=by, is_public=publish)
        if edition is None:
            raise PlanOutdated
        source = _source(plan, comparison, edition)
        if not plan.is_empty:
            _write(plan, comparison, edition, source, by, watch)
        watch.stage(ImportStage.PUBLISH)
        before = _last_number(edition)
        number = _publish(plan, source, edition, by) if publish else before
    return ImportResult(
        plan=plan,
        edition_id=edition.pk,
        slug=edition.slug,
        version=number,
        published=number != before,
        changed=not plan.is_empty,
    )


def _last_number(edition: Edition) -> int | None:
    last: int | None = Version.objects.filter(edition=edition).aggregate(last=Max("number"))["last"]
    return last


def _locked(plan: ImportPlan) -> Edition | None:
    """The edition, held until the end of the transaction, so that two imports come one after the other."""
    rows = Edition.objects.select_for_update()
    if plan.edition_id is None:
        if rows.filter(slug=plan.slug).exists():
            raise PlanOutdated
        return None
    edition = rows.filter(pk=plan.edition_id).first()
    if edition is None:
        raise PlanOutdated
    return edition


def _source(plan: ImportPlan, comparison: Comparison, edition: Edition) -> ScheduleSource:
    if comparison.known:
        return comparison.known.source
    return ScheduleSource.objects.create(edition=edition, key=plan.source_key, imported_at=clock.now())


def _write(
    plan: ImportPlan,
    comparison: Comparison,
    edition: Edition,
    source: ScheduleSource,
    by: Actor,
    watch: Tracker,
) -> None:
    watch.stage(ImportStage.NAMES)
    written = write_names(comparison, edition, source, by=by)
    watch.stage(ImportStage.SESSIONS)
    write_sessions(comparison, edition, source, written, by=by, watch=watch)
    source.envelope = envelope_to_keep(plan.document, edition) if plan.scope.is_whole else {}
    source.imported_at = clock.now()
    source.save()
    record(
        "programme.schedule.imported",
        by=by,
        obj=edition,
        edition_id=edition.pk,
        source=source.key,
        **_counts(plan),
    )
    touch_content(edition.pk)


def _counts(plan: ImportPlan) -> Mapping[str, Any]:
    sessions = plan.counts()[RowKind.SESSION]
    return {
        "new": sessions[RowAction.CREATE],
        "changed": sessions[RowAction.CHANGE],
        "moved": sessions[RowAction.MOVE] + sessions[RowAction.RESTORE],
        "cancelled": sessions[RowAction.CANCEL],
    }


def _publish(plan: ImportPlan, source: ScheduleSource, edition: Edition, by: Actor) -> int | None:
    """Publish what was taken in; a file that brought nothing new publishes nothing that others left in the draft."""
    known: int | None = source.envelope.get("number")
    if plan.is_empty and known is not None:
        return known
    if not Slot.objects.filter(version__edition=edition).exists():
        return None
    version = publish_schedule(edition, by=by, label=plan.document.version[:LONGEST_LABEL])
    if version.number != known:
        source.envelope = {**source.envelope, "number": version.number}
        source.save(update_fields=["envelope"])
    return version.number
