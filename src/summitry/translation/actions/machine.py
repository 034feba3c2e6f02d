"""Having texts translated by machine, in the background and in batches; nothing of it ever counts as reviewed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import PermissionRefused, StaleState
from summitry.foundation.i18n import TextState
from summitry.foundation.jobs.tracked import Kind, Stage, TrackedWork, start, tracked
from summitry.foundation.jobs.tracker import SILENT, Tracker
from summitry.foundation.models import Progress
from summitry.translation.actions.translate import Origin, Wish, write_translations
from summitry.translation.checking.checks import check, tidy
from summitry.translation.errors import MachineFailed, NoMachine
from summitry.translation.machine import MachineTranslator, machine
from summitry.translation.queries.glossary import Glossary
from summitry.translation.queries.reach import languages_of, reach_of
from summitry.translation.queries.units import Unit, units_by_id

BATCH = 20
LONGEST_BATCH = 12_000
WORK = Kind(
    "translation.machine", _("Translating by machine"), (Stage("translate", _("Translating the texts")),)
)


def order_machine_translation(edition: Edition, unit_ids: Sequence[str], lang: str, *, by: Actor) -> Progress:
    """Have these texts translated into `lang` in the background, and return the row that tells how far that is.

    Only texts that are missing then are translated. Raises NoMachine and PermissionRefused.
    """
    if machine() is None:
        raise NoMachine
    _allowed(edition, lang, by)
    return start(
        translate_by_machine,
        edition.pk,
        lang,
        list(unit_ids),
        by=by,
        edition_id=edition.pk,
        details={"lang": lang},
    )


@tracked(WORK)
def translate_by_machine(work: TrackedWork, edition_id: int, lang: str, unit_ids: list[str]) -> None:
    """The job of `order_machine_translation`; tried again, it goes on with what is still missing."""
    edition = Edition.objects.get(pk=edition_id)
    work.stage("translate")
    count = machine_translate(edition, unit_ids, lang, by=work.actor, watch=work)
    work.finish(count=count)


def machine_translate(
    edition: Edition, unit_ids: Sequence[str], lang: str, *, by: Actor, watch: Tracker = SILENT
) -> int:
    """Translate those of the texts that are missing in `lang`, batch by batch, and return how many that were.

    What somebody writes meanwhile is left alone. Raises NoMachine, MachineFailed and PermissionRefused; batches that
    were written stay. Announces TranslationsSaved for each batch.
    """
    translator = machine()
    if translator is None:
        raise NoMachine
    _allowed(edition, lang, by)
    reach, glossary, count = reach_of(by, edition), Glossary(), 0
    found = units_by_id(edition, unit_ids)
    wanted = [found[unit_id] for unit_id in dict.fromkeys(unit_ids) if unit_id in found]
    wanted = [unit for unit in wanted if _is_wanted(unit, lang) and reach.may_write(lang, unit.forums)]
    for batch in watch.each(list(_batches(wanted))):
        wishes = _translated(translator, batch, lang, glossary)
        count += _write(edition, lang, wishes, by)
    if count:
        record(
            "translation.machine.done", by=by, obj=edition, edition_id=edition.pk, count=count, language=lang
        )
    return count


def _allowed(edition: Edition, lang: str, by: Actor) -> None:
    reach = reach_of(by, edition)
    if not reach.writes or lang not in reach.of(languages_of(edition)):
        raise PermissionRefused


def _is_wanted(unit: Unit, lang: str) -> bool:
    return unit.text.source != lang and unit.state(lang) is TextState.MISSING


def _batches(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Texts out of one language, not too many and not too long together."""
    by_source: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_source[unit.text.source].append(unit)
    for same in by_source.values():
        batch: list[Unit] = []
        for unit in same:
            size = sum(len(one.original) for one in batch)
            if batch and (len(batch) >= BATCH or size + len(unit.original) > LONGEST_BATCH):
                yield batch
                batch = []
            batch.append(unit)
        yield batch


def _translated(
    translator: MachineTranslator, batch: Sequence[Unit], lang: str, glossary: Glossary
) -> list[Wish]:
    source = batch[0].text.source
    terms = {pair.source: pair.target for unit in batch for pair in glossary.pairs(unit, lang) if pair.target}
    answers = translator.translate([unit.original for unit in batch], source, lang, terms=terms)
    if len(answers) != len(batch):
        raise MachineFailed(reason="")
    wishes = []
    for unit, answer in zip(batch, answers, strict=True):
        words = tidy(answer, is_prose=unit.field.is_prose)
        longest = unit.source.longest(unit.field.name)
        remarks = check(unit.original, words, is_prose=unit.field.is_prose, longest=longest)
        if words and not any(remark.is_refused for remark in remarks):
            wishes.append(Wish(unit, words, TextState.MACHINE))
    return wishes


def _write(edition: Edition, lang: str, wishes: Sequence[Wish], by: Actor) -> int:
    """Write a batch; of what changed while the machine worked, a person's words stay."""
    for _attempt in range(3):
        with recording():
            now = units_by_id(edition, [wish.unit.id for wish in wishes])
            fresh = [
                Wish(unit, wish.words, wish.state)
                for wish in wishes
                if (unit := now.get(wish.unit.id))
                and unit.original == wish.unit.original
                and _is_wanted(unit, lang)
            ]
            try:
                with recording():
                    return len(write_translations(edition, lang, fresh, by=by, origin=Origin.MACHINE))
            except StaleState:
                continue
    return 0
