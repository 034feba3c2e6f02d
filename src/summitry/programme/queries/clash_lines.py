"""The list of clashes of a draft, in sentences: our own, and those that higher rooms know of.

A higher room registers a source when it starts: `register_clash_source(fn)`. It is given what is asked, and yields lines
of kinds that it labels itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import override

from summitry.algorithms.clashes import Clash, Severity, find_clashes
from summitry.programme.models import Version
from summitry.programme.queries.clash_names import names_for
from summitry.programme.queries.clash_sentences import KIND_LABELS, SEVERITY_LABELS, sentence_of
from summitry.programme.queries.clashes import plan_of


@dataclass(frozen=True, slots=True)
class ClashesAsked:
    """Of which state of the schedule, and in which language, a source is asked."""

    version: Version
    lang: str


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A clash as people read it. `key` stays the same as long as it is the same clash; `at` is when it begins (POSIX)."""

    key: str
    kind: str
    label: str
    severity: Severity
    sentence: str
    session_ids: tuple[int, ...]
    at: int

    @property
    def severity_label(self) -> str:
        """The severity in words."""
        return str(SEVERITY_LABELS[self.severity])


ClashSource = Callable[[ClashesAsked], Iterable[ClashLine]]
_sources: list[ClashSource] = []


def register_clash_source(source: ClashSource) -> None:
    """Let `source` contribute its clashes to the board, the publication and the API."""
    if source not in _sources:
        _sources.append(source)


def clashes_of(version: Version, lang: str) -> list[ClashLine]:
    """Return every clash in a state of the schedule, the worst first, then by time; a fixed number of statements."""
    plan = plan_of(version)
    found = find_clashes(plan)
    names = names_for(version.edition, plan, found, lang)
    with override(lang):
        lines = [_line(clash, sentence_of(clash, names)) for clash in found]
        asked = ClashesAsked(version, lang)
        lines += [line for source in _sources for line in source(asked)]
    return sorted(lines, key=lambda line: (line.severity, line.at))


def blocking(lines: Iterable[ClashLine]) -> list[ClashLine]:
    """Return those that should keep a draft from being published."""
    return [line for line in lines if line.severity is Severity.BLOCKING]


def _line(clash: Clash, sentence: str) -> ClashLine:
    parts = (clash.kind, clash.person, clash.resource, clash.launch, *sorted(clash.sittings))
    return ClashLine(
        key="-".join(str(part).replace(":", "_") for part in parts if part),
        kind=str(clash.kind),
        label=str(KIND_LABELS[clash.kind]),
        severity=clash.severity,
        sentence=sentence,
        session_ids=clash.sittings,
        at=clash.starts,
    )
