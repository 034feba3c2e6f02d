"""An entry as the office finds it: as it stands or as it was frozen, with its files, its team, and what else is known."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.calls.enums import ConflictKind, EntryState
from summitry.calls.models import Entry, EntryVersion, Member, Relation
from summitry.calls.queries.entry_content import Shower, ShownContent, content_of
from summitry.calls.queries.entry_home import Gap, gaps_of
from summitry.calls.queries.repeats import entered_before
from summitry.calls.record.canonical import digest
from summitry.foundation.models import StoredFile


@dataclass(frozen=True, slots=True)
class Former:
    """An entry of an earlier edition; `outcome` is empty as long as its call is not announced."""

    entry: Entry
    outcome: str


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """What the record page shows. `version` is None for the entry as it stands; `is_as_frozen` says that it is the last one."""

    content: ShownContent
    version: EntryVersion | None
    versions: tuple[EntryVersion, ...]
    is_as_frozen: bool
    gaps: tuple[Gap, ...]
    members: tuple[Member, ...]
    relations: tuple[tuple[Relation, str], ...]
    former: tuple[Former, ...]


def record_of(entry: Entry, lang: str, version: int = 0) -> EntryRecord:
    """Return an entry with everything around it, in one of its versions, or as it stands (0)."""
    shower = Shower(entry.call, lang)
    versions = tuple(EntryVersion.objects.filter(entry=entry).order_by("-number"))
    chosen = next((one for one in versions if one.number == version), None)
    content = content_of(entry, shower.form)
    now = EntryVersion(entry=entry, number=0, content=content, digest=digest(content))
    shown = chosen or now
    shown.entry = entry
    kinds = dict(ConflictKind.choices)
    is_draft = entry.state in {EntryState.DRAFT, EntryState.RETURNED}
    return EntryRecord(
        content=shower.shown(shown),
        version=chosen,
        versions=versions,
        is_as_frozen=bool(versions) and versions[0].digest == now.digest,
        gaps=gaps_of(entry, shower.form, lang) if is_draft else (),
        members=tuple(Member.objects.filter(entry=entry)),
        relations=tuple((one, str(kinds.get(one.kind, ""))) for one in Relation.objects.filter(entry=entry)),
        former=tuple(_former(one) for one in entered_before(entry)),
    )


def file_of(entry: Entry, sha256: str) -> StoredFile | None:
    """Return the file with this digest that the entry, or one of its versions, names."""
    present = StoredFile.objects.filter(pk__in=entry.attachments.values("file"), sha256=sha256).first()
    if present is not None:
        return present
    contents = EntryVersion.objects.filter(entry=entry).values_list("content", flat=True)
    if any(one["sha256"] == sha256 for content in contents for one in content["files"].values()):
        return StoredFile.objects.filter(sha256=sha256, edition_id=entry.edition_id).first()
    return None


def _former(entry: Entry) -> Former:
    is_told = entry.call.announced_at is not None
    return Former(entry, str(entry.get_state_display()) if is_told else "")
