"""The entries of a demo's call that come as people's do: begun, filled in, joined, handed in, and looked at by officers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from summitry.calls.actions.checking import run_rules
from summitry.calls.actions.eligibility import confirm_rejection, pass_entry, propose_rejection, return_entry
from summitry.calls.actions.entry import NewEntry, admit_late, begin_entry, submit_entry, withdraw_entry
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.actions.member import NewMember, add_member, answer_membership
from summitry.calls.actions.relation import declare_relation
from summitry.calls.enums import ConflictKind, EntryState, Preset, QuestionKind
from summitry.calls.models import Area, Call, Entry, Question
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import TextState
from summitry.rehearsal.content import call_life as content
from summitry.rehearsal.content.calls import EntryPlan
from summitry.rehearsal.content.plan import PersonPlan, SummitPlan
from summitry.translation.actions.translate import Origin, Wish, write_translations
from summitry.translation.queries.units import units_by_id

DAY = dt.timedelta(days=1)
FOREIGN = ("foreign",) * 4
ROLES: Mapping[Preset, tuple[str, ...]] = {
    Preset.CASES: (
        *FOREIGN, "joint", "repeat", "withdrawn", "late", "returned", "completed", "rejected", "doubted",
    ),
    Preset.ACHIEVEMENTS: (*FOREIGN, "joint", "repeat", "withdrawn", "late", "rejected"),
    Preset.COMPETITION: (*FOREIGN, "joint", "repeat", "withdrawn", "late"),
}  # fmt: skip
"""What becomes of the first entries of each call, in their order."""
IN_QUEUE = 4
"""So many entries of a call whose jurors read are left for the officers to look at."""
READ = 12
"""So many English titles have a Chinese one that a translator or a machine made."""


@dataclass
class Scene:
    """A call with those of its entries that come one by one, and who works on them."""

    call: Call
    planned: Sequence[EntryPlan]
    areas: Sequence[Area]
    jurors: Sequence[PersonPlan]
    plan: SummitPlan
    by: Actor
    officers: Sequence[Actor]
    made: list[tuple[str, Entry]] = field(default_factory=list)

    @property
    def rules(self) -> int:
        """The number of the rules' text that entrants accept."""
        return max(self.call.rules_texts.values_list("number", flat=True))

    def of(self, role: str) -> list[Entry]:
        """Return the entries of one role."""
        return [entry for known, entry in self.made if known == role]

    def fresh(self, role: str) -> Iterator[Entry]:
        """Return the entries of one role as they stand."""
        for entry in self.of(role):
            yield Entry.objects.select_related("call__edition").get(pk=entry.pk)


def enter(scene: Scene, answers: Any) -> None:
    """Let them be entered before the deadline; the late one stays a draft. `answers` makes those of an entry."""
    roles = ROLES[Preset(scene.call.preset)]
    foreign = iter(content.foreign(scene.call.preset))
    titles = {role: planned.title.en for role, planned in zip(roles, scene.planned, strict=True)}
    titles["repeat"] = titles["joint"]
    for n, (role, planned) in enumerate(zip(roles, scene.planned, strict=True)):
        area = scene.areas[n % len(scene.areas)]
        words = next(foreign) if role == "foreign" else None
        entry = _begun(scene, planned, words.lang if words else "en")
        values: dict[str, Any] = {
            "area": area.slug,
            "kind": planned.kind,
            "entity": planned.organisation.entity,
            **_files(scene.call, planned, role),
        }
        values |= {f"q.{slug}": value for slug, value in answers(planned, area).items()}
        if words is not None:
            save_draft(
                entry,
                {"title": {words.lang: words.title}, "abstract": {words.lang: words.abstract}},
                by=scene.by,
            )
            if words.lang in {"fr", "ar"}:
                values |= {"abstract": {"en": words.about}}
        else:
            values |= {"title": {"en": titles[role]}, "abstract": {"en": planned.abstract.en}}
        save_draft(entry, values, by=scene.by)
        _joined(scene, entry, planned, role)
        if role != "late":
            submit_entry(entry, by=scene.by, rules=scene.rules)
        scene.made.append((role, entry))


def look_over(scene: Scene, *, leaves: int = 0) -> None:
    """Ask the rules of all entries after the deadline, and let officers look at those that a machine cannot decide."""
    words, (_manager, one, other) = content.words(), scene.officers
    for entry in scene.fresh("withdrawn"):
        withdraw_entry(entry, by=scene.by, reason=words["withdrawn"])
    for entry in scene.fresh("late"):
        admit_late(entry, until=clock.now() + 2 * DAY, reason=words["late"], by=scene.by)
        submit_entry(entry, by=scene.by, rules=scene.rules)
    run_rules(scene.call, by=scene.by)
    for entry in scene.fresh("rejected"):
        confirm_rejection(propose_rejection(entry, words["rejection"], by=one), by=other)
    for entry in scene.fresh("doubted"):
        propose_rejection(entry, words["rejection"], by=one)
    until = max(clock.now() + 7 * DAY, scene.call.closes_at + 60 * DAY)
    for role in ("returned", "completed"):
        for entry in scene.fresh(role):
            return_entry(entry, words["returned"], by=one, until=until)
    held = Entry.objects.filter(call=scene.call, state=EntryState.SUBMITTED, rejection=None)
    for entry in list(held.select_related("call__edition").order_by("number"))[leaves:]:
        pass_entry(entry, by=one, words=words["looked_at"])


def translate(scene: Scene, titles: Mapping[int, str]) -> None:
    """Let frozen entries be translated: some by hand, some by a machine, some not yet, and one that will be changed.

    `titles` are Chinese ones by the ids of entries.
    """
    planned = content.foreign(scene.call.preset)
    for words, entry in zip(planned, scene.of("foreign"), strict=True):
        if words.lang in {"es", "ru"}:
            _write(scene, entry, "en", {"abstract": words.about}, TextState.REVIEWED)
        if words.lang == "es":
            _write(scene, entry, "en", {"title": words.en}, TextState.REVIEWED)
        if words.lang == "fr":
            _write(scene, entry, "en", {"title": words.en}, TextState.MACHINE)
    for n, (pk, title) in enumerate(sorted(titles.items())[:READ]):
        _write(
            scene,
            Entry(pk=pk),
            "zh-hans",
            {"title": title},
            TextState.MACHINE if n % 3 else TextState.REVIEWED,
        )
    for (role, entry), one in zip(scene.made, scene.planned, strict=True):
        if role == "completed":
            _write(scene, entry, "zh-hans", {"title": one.title.zh}, TextState.REVIEWED)


def complete(scene: Scene) -> None:
    """Let what was returned be completed, where its entrant has done so: in other words than those that were translated."""
    for entry in scene.fresh("completed"):
        abstract = entry.abstract.get("en") + content.words()["completed"]
        values = {"title": {"en": f"{entry.title.get('en')}: first results"}, "abstract": {"en": abstract}}
        save_draft(entry, values, by=scene.by)
        submit_entry(entry, by=scene.by)
        run_rules(scene.call, by=scene.by)


def _begun(scene: Scene, planned: EntryPlan, lang: str) -> Entry:
    new = NewEntry(
        contact_email=planned.contact.email,
        contact_name=planned.contact.display_name,
        organisation_name=planned.organisation.names["en"],
        language=lang,
        is_told=False,
    )
    return begin_entry(scene.call, new, by=scene.by)


def _joined(scene: Scene, entry: Entry, planned: EntryPlan, role: str) -> None:
    """Name members: colleagues of the contact, of whom one has yet to confirm, and a house that enters together."""
    if role not in {"foreign", "joint"}:
        return
    number = len(scene.made)
    members = [("Measurements", planned)]
    if role == "joint":
        members.append(("Co-entrant", scene.planned[0]))
    for part, house in members:
        person = _colleague(scene.plan, house)
        if person is None:
            continue
        new = NewMember(person.display_name, person.email, house.organisation.names["en"], part)
        member = add_member(entry, new, by=scene.by)
        if number:
            answer_membership(member, is_member=True, by=scene.by)
    if number % 2:
        juror = scene.jurors[number]
        house_of = {one.slug: one.names["en"] for one in scene.plan.organisations}
        declare_relation(
            entry,
            name=juror.display_name,
            kind=ConflictKind.OTHER if role == "joint" else ConflictKind.ADVISER,
            organisation_name=house_of[juror.affiliations[0].organisation],
            explanation=content.words()["relation"] if role == "joint" else "",
            by=scene.by,
        )


def _colleague(plan: SummitPlan, house: EntryPlan) -> PersonPlan | None:
    same = (
        one
        for one in plan.people
        if one.email
        and one.slug != house.contact.slug
        and any(post.organisation == house.organisation.slug for post in one.affiliations)
    )
    return next(same, None)


def _files(call: Call, planned: EntryPlan, role: str) -> dict[str, Any]:
    """Return a file for each question that asks for one: where it must be there, and for some where it may."""
    found = {}
    for question in Question.objects.filter(call=call, kind=QuestionKind.FILE):
        if question.is_required or role == "foreign":
            name = f"{planned.organisation.slug}.pdf"
            found[f"q.{question.slug}"] = SimpleUploadedFile(
                name, _paper(planned.title.en), "application/pdf"
            )
    return found


def _paper(words: str) -> bytes:
    """Return a PDF of one page with a line of Latin words."""
    line = words.encode("ascii", "ignore").replace(b"(", b"").replace(b")", b"").replace(b"\\", b"")
    drawn = b"BT /F1 18 Tf 60 760 Td (" + line + b") Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj%b endobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    return data + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def _write(scene: Scene, entry: Entry, lang: str, texts: Mapping[str, str], state: TextState) -> None:
    edition = scene.call.edition
    units = units_by_id(edition, [f"calls.entry:{entry.pk}:{name}" for name in texts])
    wishes = [Wish(unit, texts[unit_id.rpartition(":")[2]], state) for unit_id, unit in units.items()]
    origin = Origin.MACHINE if state == TextState.MACHINE else Origin.HAND
    write_translations(edition, lang, wishes, by=scene.by, origin=origin)
