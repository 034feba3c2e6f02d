"""Clashes in sentences that name the exact people and places."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from summitry.algorithms.clashes import Clash, Kind, Severity
from summitry.editions.enums import Equipment
from summitry.foundation.i18n import formats, languages
from summitry.programme.enums import CapacityKind
from summitry.programme.queries.clash_names import ClashNames, isolated

KIND_LABELS: dict[str, str | Promise] = {
    Kind.SPEAKER: gettext_lazy("Speaker twice"),
    Kind.CHAIR: gettext_lazy("Chair or moderator twice"),
    Kind.ROOM: gettext_lazy("Room taken twice"),
    Kind.SEATS: gettext_lazy("Room too small"),
    Kind.AVAILABILITY: gettext_lazy("Speaker not available"),
    Kind.NIGHT: gettext_lazy("Night for a remote speaker"),
    Kind.WALK: gettext_lazy("Too little time to walk"),
    Kind.RESOURCE: gettext_lazy("Teams, crews and links"),
    Kind.EQUIPMENT: gettext_lazy("Equipment missing"),
    Kind.BOOTHS: gettext_lazy("Too few booths"),
    Kind.SPLIT: gettext_lazy("Forum in several buildings"),
    Kind.EMBARGO: gettext_lazy("Before its embargo"),
    Kind.DAY: gettext_lazy("Outside the edition’s days"),
}
SEVERITY_LABELS: dict[Severity, str | Promise] = {
    Severity.BLOCKING: gettext_lazy("Blocking"),
    Severity.WARNING: gettext_lazy("Warning"),
    Severity.NOTE: gettext_lazy("Note"),
}


def sentence_of(clash: Clash, names: ClashNames) -> str:
    """Return what clashes, in the active language."""
    return _SENTENCES[clash.kind](clash, names)


def _twice(clash: Clash, names: ClashNames) -> str:
    template = _("%(person)s appears in %(first)s and in %(second)s at the same time.")
    if clash.kind is Kind.CHAIR:
        template = _("%(person)s leads %(first)s and %(second)s at the same time.")
    first, second = (names.session(pk) for pk in clash.sittings)
    return template % {"person": names.person(clash.person), "first": first, "second": second}


def _room(clash: Clash, names: ClashNames) -> str:
    first, second = (names.session(pk) for pk in clash.sittings)
    return _("Two sessions share %(room)s: %(first)s and %(second)s.") % {
        "room": names.room(clash.room),
        "first": first,
        "second": second,
    }


def _seats(clash: Clash, names: ClashNames) -> str:
    return _("%(session)s needs %(wanted)s seats; the room has %(there)s.") % {
        "session": names.session(clash.sittings[0]),
        "wanted": formats.number(clash.wanted, names.lang),
        "there": formats.number(clash.there, names.lang),
    }


def _own_time(clash: Clash, names: ClashNames) -> str:
    zone = names.zones.get(clash.person)
    facts = {"person": names.person(clash.person), "session": names.session(clash.sittings[0])}
    if zone is None:
        return _("%(person)s is not available for %(session)s.") % facts
    facts["local"] = _("%(day)s, %(time)s") % {
        "day": names.day(clash.starts, zone),
        "time": names.span(clash.starts, clash.ends, zone),
    }
    facts["zone"] = isolated(zone.key.replace("_", " "))
    if clash.kind is Kind.AVAILABILITY:
        template = _(
            "%(person)s is not available for %(session)s. For the speaker it would be %(local)s (%(zone)s)."
        )
    elif clash.severity is Severity.WARNING:
        template = _("It is night for %(person)s, who joins %(session)s by live link: %(local)s (%(zone)s).")
    else:
        template = _(
            "It is early or late for %(person)s, who joins %(session)s by live link: %(local)s (%(zone)s)."
        )
    return template % facts


def _walk(clash: Clash, names: ClashNames) -> str:
    first, second = (names.session(pk) for pk in clash.sittings)
    left = clash.there // 60
    facts = {"person": names.person(clash.person), "first": first, "second": second, "left": left}
    facts["wanted"] = clash.wanted // 60
    if not left:
        return (
            _(
                "%(person)s has no time to walk from %(first)s to %(second)s; the way takes %(wanted)s minutes."
            )
            % facts
        )
    template = ngettext(
        "%(person)s has %(left)s minute to walk from %(first)s to %(second)s; the way takes %(wanted)s minutes.",
        "%(person)s has %(left)s minutes to walk from %(first)s to %(second)s; the way takes %(wanted)s minutes.",
        left,
    )
    return template % facts


def _resource(clash: Clash, names: ClashNames) -> str:
    kind, _colon, lang = clash.resource.partition(":")
    templates = {
        CapacityKind.INTERPRETATION: _(
            "%(span)s: teams needed for interpretation from and into %(language)s: %(wanted)s; available: %(there)s. "
            "They work in %(sessions)s."
        ),
        CapacityKind.BROADCAST: _(
            "%(span)s: broadcast crews needed: %(wanted)s; available: %(there)s. They work in %(sessions)s."
        ),
        CapacityKind.LIVE_LINK: _(
            "%(span)s: live links needed: %(wanted)s; available: %(there)s. They serve %(sessions)s."
        ),
    }
    return templates[CapacityKind(kind)] % {
        "span": _("%(day)s, %(time)s")
        % {"day": names.day(clash.starts), "time": names.span(clash.starts, clash.ends)},
        "wanted": formats.number(clash.wanted, names.lang),
        "there": formats.number(clash.there, names.lang),
        "language": languages.name_in(lang, names.lang) if lang else "",
        "sessions": formats.listing(
            [_("“%(title)s”") % {"title": names.title(pk)} for pk in clash.sittings], names.lang
        ),
    }


def _equipment(clash: Clash, names: ClashNames) -> str:
    labels = dict(Equipment.choices)
    missing = [str(labels.get(code, code)) for code in clash.items]
    return _("The room of %(session)s lacks: %(items)s.") % {
        "session": names.session(clash.sittings[0]),
        "items": formats.listing(missing, names.lang),
    }


def _booths(clash: Clash, names: ClashNames) -> str:
    return _("%(session)s is interpreted into %(wanted)s languages; the room has booths for %(there)s.") % {
        "session": names.session(clash.sittings[0]),
        "wanted": formats.number(clash.wanted, names.lang),
        "there": formats.number(clash.there, names.lang),
    }


def _split(clash: Clash, names: ClashNames) -> str:
    buildings = [isolated(names.show(names.buildings[int(pk)])) for pk in clash.items]
    return _("The forum “%(forum)s” is spread over several buildings: %(buildings)s.") % {
        "forum": isolated(names.show(names.forums[clash.forum])),
        "buildings": formats.listing(buildings, names.lang),
    }


def _embargo(clash: Clash, names: ClashNames) -> str:
    return _("“%(launch)s” is under embargo until %(until)s, but is due before that in %(session)s.") % {
        "launch": isolated(names.show(names.launches[clash.launch])),
        "until": _("%(day)s, %(time)s") % {"day": names.day(clash.until), "time": names.time(clash.until)},
        "session": names.session(clash.sittings[0]),
    }


def _day(clash: Clash, names: ClashNames) -> str:
    return _("%(session)s is outside the days of this edition.") % {
        "session": names.session(clash.sittings[0])
    }


_SENTENCES: Mapping[Kind, Callable[[Clash, ClashNames], str]] = {
    Kind.SPEAKER: _twice,
    Kind.CHAIR: _twice,
    Kind.ROOM: _room,
    Kind.SEATS: _seats,
    Kind.AVAILABILITY: _own_time,
    Kind.NIGHT: _own_time,
    Kind.WALK: _walk,
    Kind.RESOURCE: _resource,
    Kind.EQUIPMENT: _equipment,
    Kind.BOOTHS: _booths,
    Kind.SPLIT: _split,
    Kind.EMBARGO: _embargo,
    Kind.DAY: _day,
}
