"""The files of a room's day, and of a session, for those who show them and those who prepare with them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from django.db.models import Q

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.i18n import Shown
from summitry.foundation.models import StoredFile
from summitry.programme.models import Material, Session, Slot
from summitry.programme.permissions_speaking import MaterialPolicy, placed_slots

_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
LONGEST = 40


class Version(NamedTuple):
    """One version of a file, with whose it is, and the former ones."""

    material: Material
    who: Shown | None
    former: Sequence[Material]


class SessionFiles(NamedTuple):
    """A session with its place and the newest version of each of its files."""

    session: Session
    slot: Slot | None
    files: Sequence[Version]


class Packed(NamedTuple):
    """A file in an archive: its name there, its time, and the stored file, or a text."""

    name: str
    at: dt.datetime
    stored: StoredFile | None
    text: str = ""


class Asked(NamedTuple):
    """Which room and day is asked for; neither means all that the reader gets."""

    room: Room | None
    day: dt.date | None


def rooms_with_files(actor: Actor, edition: Edition) -> list[Room]:
    """Return the rooms of whose sessions `actor` gets the files, in their order."""
    sessions = _policy().sessions(actor, Session.objects.filter(edition=edition))
    slots = placed_slots().filter(version__edition=edition, session__in=sessions)
    return list(Room.objects.filter(pk__in=slots.values("room")))


def sessions_with_files(
    actor: Actor, edition: Edition, asked: Asked, lang: str, code: str = ""
) -> list[SessionFiles]:
    """Return the placed sessions whose files `actor` gets, in the order of time; five statements."""
    mine = _policy().sessions(actor, Session.objects.filter(edition=edition))
    condition = Q(version__edition=edition, session__in=mine)
    if asked.room is not None:
        condition &= Q(room=asked.room)
    if asked.day is not None:
        start = dt.datetime.combine(asked.day, dt.time(), edition.zone)
        condition &= Q(starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=1))
    if code:
        condition &= Q(session__code=code)
    slots: dict[int, Slot] = {}
    rows = placed_slots().filter(condition).select_related("session__forum", "room", "version")
    for slot in rows.order_by("starts_at", "room__position", "pk"):
        # What is published holds, until the next version does.
        if slot.session_id not in slots or slot.version.number is not None:
            slots[slot.session_id] = slot
    files = _files(actor, edition, slots, lang)
    return [SessionFiles(slot.session, slot, files.get(pk, [])) for pk, slot in slots.items()]


def packed(edition: Edition, sessions: Iterable[SessionFiles]) -> Iterator[Packed]:
    """Yield the newest versions under names that every computer takes, then a table of what is there."""
    taken: set[str] = set()
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["file", "session", "begins", "room", "who", "kind", "version", "late", "note", "sha256"])
    last = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    for one in sessions:
        begins = one.slot.starts_at.astimezone(edition.zone) if one.slot else None
        for version in one.files:
            row = version.material
            who = version.who.text if version.who else ""
            name = _name(one, version, begins, taken)
            at = row.created_at.astimezone(edition.zone)
            last = max(last, at)
            yield Packed(name, at, row.file)
            cells = [
                name, str(one.session), begins.isoformat() if begins else "",
                str(one.slot.room) if one.slot and one.slot.room else "", who, row.kind, str(row.number),
                "late" if row.is_late else "", row.note, row.file.sha256,
            ]  # fmt: skip
            writer.writerow([_plain(cell) for cell in cells])
    yield Packed("manifest.csv", last, None, "\ufeff" + table.getvalue())


def material_at_work(actor: Actor, edition: Edition, pk: int) -> Material | None:
    """Return a file that `actor` gets."""
    rows = Material.objects.filter(session__edition=edition, pk=pk).select_related("file", "session")
    return within(actor, rows).first()


def _files(actor: Actor, edition: Edition, sessions: Iterable[int], lang: str) -> dict[int, list[Version]]:
    rows = list(
        within(actor, Material.objects.filter(session__in=sessions))
        .select_related("file", "speaker__person", "contribution")
        .order_by("session", "contribution__position", "speaker", "kind", "-number")
    )
    names = names_of({row.speaker.person_id for row in rows if row.speaker})
    grouped: dict[tuple[int, int | None, int | None, str], list[Material]] = defaultdict(list)
    for row in rows:
        grouped[row.session_id, row.contribution_id, row.speaker_id, row.kind].append(row)
    found: dict[int, list[Version]] = defaultdict(list)
    for (session, *_rest), versions in grouped.items():
        found[session].append(Version(versions[0], _who(versions[0], names, lang, edition), versions[1:]))
    return found


def _who(row: Material, names: NamesIndex, lang: str, edition: Edition) -> Shown | None:
    return names.shown(row.speaker.person_id, lang, edition.fallback) if row.speaker else None


def _name(one: SessionFiles, version: Version, begins: dt.datetime | None, taken: set[str]) -> str:
    row = version.material
    when = begins.strftime("%d-%H%M") if begins else "later"
    who = _word(row.speaker.person.slug) if row.speaker else ""
    words = [*([who] if who else []), row.kind, f"v{row.number}"]
    suffix = PurePath(row.file.content.name or "").suffix
    base = f"{when}_{_word(one.session.code)}/{'_'.join(words)}"
    name, copy = f"{base}{suffix}", 2
    while name.lower() in taken:
        name, copy = f"{base}_{copy}{suffix}", copy + 1
    taken.add(name.lower())
    return name


def _word(text: str) -> str:
    return _UNSAFE.sub("-", text)[:LONGEST].strip("-") or "x"


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" '").startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _policy() -> MaterialPolicy:
    policy = policy_for(Material)
    if not isinstance(policy, MaterialPolicy):
        raise TypeError(policy)
    return policy
