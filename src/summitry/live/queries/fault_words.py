"""What is wrong with an interpretation plan, in words that name the exact people and sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.algorithms.booths import Fault, FaultKind
from summitry.algorithms.clashes import Severity
from summitry.foundation.i18n import Shown, formats, languages
from summitry.live.queries.interpretation import Planned
from summitry.programme.queries.clash_names import isolated

LABELS: dict[FaultKind, str | Promise] = {
    FaultKind.NO_BOOTH: gettext_lazy("Interpretation without a booth"),
    FaultKind.NO_INTERPRETER: gettext_lazy("Booth without an interpreter"),
    FaultKind.ALONE: gettext_lazy("Interpreter alone"),
    FaultKind.LONG_SHIFT: gettext_lazy("Turn too long"),
    FaultKind.TWICE: gettext_lazy("Interpreter twice"),
    FaultKind.NO_REST: gettext_lazy("Interpreter without a rest"),
    FaultKind.WRONG_LANGUAGE: gettext_lazy("Interpreter without the languages"),
    FaultKind.NOT_COVERED: gettext_lazy("Spoken language not covered"),
    FaultKind.RELAY_MISSING: gettext_lazy("Relay missing"),
    FaultKind.RELAY_CIRCLE: gettext_lazy("Relays in a circle"),
    FaultKind.TOO_MANY_BOOTHS: gettext_lazy("Too few booths in the room"),
}
SEVERITIES: dict[FaultKind, Severity] = {FaultKind.TWICE: Severity.BLOCKING}
"""All others are warnings: the session can take place, but badly."""


@dataclass(frozen=True, slots=True)
class Words:
    """What sentences about faults need: the plan, names, and the reader's language."""

    state: Planned
    names: Mapping[int, Shown]
    lang: str
    zone: ZoneInfo
    chain: tuple[str, ...]

    def language(self, code: str) -> str:
        """Return a language's name."""
        return languages.name_in(code, self.lang)

    def person(self, pk: int) -> str:
        """Return an interpreter's name."""
        return isolated(self.names[pk]) if pk in self.names else ""

    def session(self, pk: int) -> str:
        """Return a session's title and time."""
        session, place = self.state.sessions[pk], self.state.places[pk]
        return _("“%(title)s” (%(place)s)") % {
            "title": isolated(session.title.shown(self.lang, self.chain)),
            "place": _("%(day)s, %(time)s")
            % {
                "day": formats.date(place.starts_at.astimezone(self.zone).date(), self.lang, "MMMEd"),
                "time": formats.time(place.starts_at, self.zone),
            },
        }


def in_cell(fault: Fault, words: Words) -> str:
    """Return a fault as the plan's own cell says it, where session and language are known."""
    return _SHORT[fault.kind](fault, words)


def in_list(fault: Fault, words: Words) -> str:
    """Return a fault as a list of clashes says it: with session and language."""
    return (
        _("%(session)s, %(language)s: %(fault)s")
        % {
            "session": words.session(fault.sitting),
            "language": words.language(fault.lang),
            "fault": in_cell(fault, words),
        }
        if fault.lang
        else _("%(session)s: %(fault)s")
        % {
            "session": words.session(fault.sitting),
            "fault": in_cell(fault, words),
        }
    )


def severity_of(fault: Fault) -> Severity:
    """Return how bad a fault is."""
    return SEVERITIES.get(fault.kind, Severity.WARNING)


def _plain(text: str | Promise) -> Callable[[Fault, Words], str]:
    return lambda _fault, _words: str(text)


def _alone(fault: Fault, words: Words) -> str:
    return _("%(person)s works alone for more than 40 minutes.") % {"person": words.person(fault.interpreter)}


def _twice(fault: Fault, words: Words) -> str:
    return _("%(person)s works in %(other)s at the same time.") % {
        "person": words.person(fault.interpreter),
        "other": words.session(fault.other),
    }


def _no_rest(fault: Fault, words: Words) -> str:
    return _("%(person)s has no quarter of an hour of rest after %(other)s.") % {
        "person": words.person(fault.interpreter),
        "other": words.session(fault.other),
    }


def _wrong(fault: Fault, words: Words) -> str:
    return _("%(person)s does not interpret into %(language)s from anything that is heard there.") % {
        "person": words.person(fault.interpreter),
        "language": words.language(fault.lang),
    }


def _not_covered(fault: Fault, words: Words) -> str:
    plan = words.state.plans[fault.sitting, fault.lang]
    mastered = {
        source
        for who in words.state.teams.get(plan.pk, ())
        for source, into in words.state.pairs.get(who, frozenset())
        if into == fault.lang
    }
    spoken = [
        code for code in words.state.sessions[fault.sitting].spoken if code not in {*mastered, fault.lang}
    ]
    return _("Nobody in the booth interprets from %(languages)s. A relay could help.") % {
        "languages": formats.listing([words.language(code) for code in spoken], words.lang)
    }


def _relay(fault: Fault, words: Words) -> str:
    plan = words.state.plans[fault.sitting, fault.lang]
    return _("It takes its relay from %(language)s, which no booth interprets.") % {
        "language": words.language(plan.relay)
    }


def _too_many(fault: Fault, words: Words) -> str:
    place = words.state.places[fault.sitting]
    planned = sum(session_id == fault.sitting for session_id, _lang in words.state.plans)
    return _("%(wanted)s booths are planned; the room has %(there)s.") % {
        "wanted": formats.number(planned, words.lang),
        "there": formats.number(words.state.booth_counts.get(place.room_id or 0, 0), words.lang),
    }


_SHORT: Mapping[FaultKind, Callable[[Fault, Words], str]] = {
    FaultKind.NO_BOOTH: _plain(gettext_lazy("No booth is planned.")),
    FaultKind.NO_INTERPRETER: _plain(gettext_lazy("Nobody is in the team.")),
    FaultKind.ALONE: _alone,
    FaultKind.LONG_SHIFT: _plain(gettext_lazy("A turn lasts more than 30 minutes.")),
    FaultKind.TWICE: _twice,
    FaultKind.NO_REST: _no_rest,
    FaultKind.WRONG_LANGUAGE: _wrong,
    FaultKind.NOT_COVERED: _not_covered,
    FaultKind.RELAY_MISSING: _relay,
    FaultKind.RELAY_CIRCLE: _plain(gettext_lazy("The relays go round in a circle.")),
    FaultKind.TOO_MANY_BOOTHS: _too_many,
}
