"""The source as it was when a stale translation was made: from what the workbench kept, else from the audit log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from summitry.foundation.i18n.text import META, TextState, digest
from summitry.foundation.models import AuditEntry, AuditSubject
from summitry.translation.models import Wording
from summitry.translation.queries.units import Unit

_ENTRIES = 2000


def former_sources(units: Iterable[Unit], lang: str) -> dict[str, str]:
    """Return, by id, the former source of those `units` whose translation into `lang` is stale, where it is known."""
    wanted = {
        unit.id: (unit, unit.text.marks[lang][1]) for unit in units if unit.state(lang) is TextState.STALE
    }
    if not wanted:
        return {}
    kept = Wording.objects.in_bulk({mark for _unit, mark in wanted.values()})
    found = {unit_id: kept[mark].text for unit_id, (_unit, mark) in wanted.items() if mark in kept}
    missing = {unit_id: pair for unit_id, pair in wanted.items() if unit_id not in found}
    return found | (_from_log(missing) if missing else {})


def _from_log(wanted: Mapping[str, tuple[Unit, str]]) -> dict[str, str]:
    told: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    types = {unit.source.model._meta.label_lower for unit, _mark in wanted.values()}
    pks = {str(unit.pk) for unit, _mark in wanted.values()}
    entries = AuditEntry.objects.filter(object_type__in=types, object_id__in=pks).order_by("-pk")
    for entry in entries[:_ENTRIES]:
        told[entry.object_type, entry.object_id] += [entry.before, entry.after]
    subjects = AuditSubject.objects.filter(object_type__in=types, object_id__in=pks).select_related("entry")
    for subject in subjects.order_by("-pk")[:_ENTRIES]:
        of_row = (subject.entry.before.get(subject.object_id), subject.entry.after.get(subject.object_id))
        told[subject.object_type, subject.object_id] += [texts for texts in of_row if texts]
    found = {}
    for unit_id, (unit, mark) in wanted.items():
        said = told[unit.source.model._meta.label_lower, str(unit.pk)]
        words = next((words for texts in said if (words := _words(texts, unit, mark))), "")
        if words:
            found[unit_id] = words
    return found


def _words(told: Mapping[str, Any], unit: Unit, mark: str) -> str:
    """Return the text of the unit's field in the entry that has this digest."""
    texts = told.get(unit.field.name)
    if not isinstance(texts, dict):
        return ""
    said = (words for lang, words in texts.items() if lang != META and isinstance(words, str))
    return next((words for words in said if digest(words) == mark), "")
