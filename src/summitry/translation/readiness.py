"""What of the translations still stands between an edition and its opening."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.enums import DeadlineKind
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation import clock
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import TextState, formats, languages
from summitry.foundation.web.navigation import Phase
from summitry.translation.queries.reach import reach_of
from summitry.translation.queries.units import Unit
from summitry.translation.queries.worklist import OPEN, Wanted, Worklist

_HEADS = {"title", "name", "formal_title"}


def register() -> None:
    """Add the check."""
    register_check("translation", check)


def check(asked: Asked) -> Iterable[Line]:
    """Say, language by language, whose titles are missing, what else is, what is stale, and what nobody has reviewed."""
    try:
        work = Worklist(asked.edition, asked.actor, reach_of(asked.actor, asked.edition))
    except PermissionRefused:
        return
    for lang in work.languages:
        open_units: dict[TextState, list[Unit]] = {state: [] for state in OPEN}
        for unit in work.units(lang):
            state = unit.state(lang)
            if state in open_units:
                open_units[state].append(unit)
        told = _Told(asked, work, lang)
        yield from told.titles([unit for unit in open_units[TextState.MISSING] if unit.field.name in _HEADS])
        yield from told.texts(
            [unit for unit in open_units[TextState.MISSING] if unit.field.name not in _HEADS]
        )
        yield from told.stale(open_units[TextState.STALE])
        yield from told.unreviewed(open_units[TextState.MACHINE])


class _Told:
    """The lines of one language."""

    def __init__(self, asked: Asked, work: Worklist, lang: str) -> None:
        self._asked, self._work, self._lang = asked, work, lang
        self._name = languages.name_in(lang, asked.lang)

    def titles(self, units: list[Unit]) -> Iterator[Line]:
        """One line for each kind of thing: "14 contributions have no Chinese title"."""
        kinds: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in units:
            kinds[unit.source.key, unit.field.name].append(unit)
        for (key, name), found in kinds.items():
            title = _("%(kind)s without a translation into %(language)s (%(field)s)") % {
                "kind": found[0].source.plural,
                "language": self._name,
                "field": found[0].field.label,
            }
            wanted = Wanted(lang=self._lang, state=(TextState.MISSING,), kind=key, field=name)
            yield self._line(f"{name}.{key}", title, found, wanted, is_blocking=True)

    def texts(self, units: list[Unit]) -> Iterator[Line]:
        """One line for all other texts that are missing."""
        if units:
            title = _("Texts not translated into %(language)s") % {"language": self._name}
            names = ",".join(sorted({unit.field.name for unit in units}))
            wanted = Wanted(lang=self._lang, state=(TextState.MISSING,), field=names)
            yield self._line("texts", title, units, wanted)

    def stale(self, units: list[Unit]) -> Iterator[Line]:
        """One line for all texts whose source has changed."""
        if units:
            title = _("Translations into %(language)s whose source has changed") % {"language": self._name}
            yield self._line("stale", title, units, Wanted(lang=self._lang, state=(TextState.STALE,)))

    def unreviewed(self, units: list[Unit]) -> Iterator[Line]:
        """One line for all texts that nobody has reviewed."""
        if units:
            title = _("Translations into %(language)s that nobody has reviewed") % {"language": self._name}
            yield self._line("machine", title, units, Wanted(lang=self._lang, state=(TextState.MACHINE,)))

    def _line(
        self, key: str, title: str, units: list[Unit], wanted: Wanted, *, is_blocking: bool = False
    ) -> Line:
        due = self._due(units)
        text = ngettext("%(count)s text", "%(count)s texts", len(units)) % {
            "count": formats.number(len(units), self._asked.lang)
        }
        late = due is not None and due < clock.now()
        return Line(
            key=f"translation.{key}.{self._lang}",
            severity=Severity.BLOCKER if is_blocking and late else Severity.DUE,
            title=title,
            text=text,
            phase=Phase.PROGRAMME,
            count=len(units),
            owner=self._owners(units),
            due_at=due,
            url=reverse("translation:work", args=[self._asked.edition.slug]) + wanted.query(),
        )

    def _owners(self, units: list[Unit]) -> str:
        own = [one for one in self._work.shares if one.language == self._lang]
        names = dict.fromkeys(one.name for one in own if any(one.holds(unit) for unit in units))
        return formats.listing(list(names), self._asked.lang)

    def _due(self, units: list[Unit]) -> dt.datetime | None:
        deadline = self._asked.due(DeadlineKind.TRANSLATIONS)
        dates = [
            one.due_at
            for one in self._work.shares
            if one.language == self._lang and one.due_at and any(one.holds(unit) for unit in units)
        ]
        return min([*dates, *([deadline] if deadline else [])], default=None)
