"""The checklist of a speaker's page: what is due and by when; and how far her biography is approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from summitry.editions.enums import DeadlineKind
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest
from summitry.programme.enums import AppearanceState, BiographyState, Delivery, LinkTest
from summitry.programme.models import Speaker
from summitry.programme.queries.owed import DEADLINES
from summitry.programme.queries.speaking import Due, PartLine, Speaking


class Task(NamedTuple):
    """One line of the checklist: what, about what, whether it is done, by when, and where on the page it is done."""

    label: str
    about: Text | str
    is_done: bool
    due: Due
    anchor: str


class BiographyLine(NamedTuple):
    """The biography in one language; `mark` is the digest of its words, by which an approval or a change is checked."""

    lang: str
    words: str
    mark: str
    is_source: bool
    is_machine: bool
    is_signed: bool
    was_signed: bool


def tasks_of(speaking: Speaking) -> list[Task]:
    """Return the checklist of a speaker, what is open first and within that by date."""
    tasks = [*_answers(speaking), *_about_her(speaking), *_files(speaking), *_links(speaking)]
    return sorted(tasks, key=lambda task: (task.is_done, task.due.due_at is None, task.due.due_at or 0))


def biography_lines(speaker: Speaker) -> list[BiographyLine]:
    """Return the biography in its source language, then in the edition's others."""
    text = speaker.person.biography
    first = [text.source] if text.get(text.source) else []
    return [
        BiographyLine(
            lang=lang,
            words=text.get(lang),
            mark=digest(text.get(lang)),
            is_source=lang == text.source,
            is_machine=text.state(lang) == "machine",
            is_signed=bool(text.get(lang)) and speaker.signed.get(lang) == digest(text.get(lang)),
            was_signed=lang in speaker.signed,
        )
        for lang in dict.fromkeys((*first, *speaker.edition.languages, *text.texts))
    ]


def _answers(speaking: Speaking) -> Iterator[Task]:
    for line in speaking.parts:
        yield Task(
            _("Say whether you take part"),
            line.session.title,
            line.part.state != AppearanceState.EXPECTED,
            Due(),
            anchor_of(line),
        )


def _about_her(speaking: Speaking) -> Iterator[Task]:
    if not coming(speaking):
        return
    speaker, due = speaking.speaker, speaking.due(DeadlineKind.BIOGRAPHIES)
    is_written = speaker.biography_state != BiographyState.MISSING
    label = _("Approve your biography") if is_written else _("Write your biography")
    is_signed = speaker.biography_state == BiographyState.SIGNED
    yield Task(label, "", is_signed, due, "biography")
    portrait = speaker.person.portrait
    label = _("Approve your portrait") if portrait else _("Hand in a portrait")
    yield Task(label, "", bool(portrait and speaker.portrait_signed_at), due, "portrait")


def _files(speaking: Speaking) -> Iterator[Task]:
    for line in coming(speaking):
        for files in line.files:
            if files.is_expected:
                about = line.part.contribution.title if line.part.contribution else line.session.title
                due = speaking.due(DEADLINES[files.kind])
                label = _("Hand in: %(what)s") % {"what": files.kind.label}
                yield Task(label, about, bool(files.versions), due, anchor_of(line))


def _links(speaking: Speaking) -> Iterator[Task]:
    linked = [line for line in coming(speaking) if line.part.delivery == Delivery.LIVE_LINK]
    if not linked:
        return
    is_tested = speaking.speaker.link_test == LinkTest.PASSED
    yield Task(_("Test your link"), "", is_tested, speaking.due(DeadlineKind.LINK_TESTS), "link")
    for line in linked:
        label = _("Say what happens if the link fails")
        yield Task(label, line.session.title, bool(line.part.fallback), Due(), anchor_of(line))


def coming(speaking: Speaking) -> Sequence[PartLine]:
    """Return the parts that she has not declined."""
    return [line for line in speaking.parts if not line.is_declined]


def anchor_of(line: PartLine) -> str:
    """Return where on the page a part stands."""
    return f"part-{line.part.pk}"
