"""The first words of a cue sheet: what a session's programme says already, in the order in which it will happen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from summitry.directory.queries.names import display_names
from summitry.foundation.i18n import Text, formats
from summitry.live.models import Cue
from summitry.programme.enums import PUBLIC_ROLES, AppearanceState, ContributionKind, Delivery, SpeakerRole
from summitry.programme.models import Appearance, Contribution, Session

LEAD_MINUTES = 15
OPENING, CLOSING, SHORTEST = 5, 5, 5
GIVING_WAY = OPENING + CLOSING
"""So many minutes the contributions give for opening and closing; what is longer than that is the programme's mistake."""
_LEADING = (SpeakerRole.CHAIR, SpeakerRole.MODERATOR)


def first_cues(session: Session, length: int) -> list[Cue]:
    """Return cues, not stored, for a session of `length` minutes: doors, opening, each contribution, closing."""
    people = _people(session)
    leading = [one for one in people[None] if one.role in _LEADING]
    lang = session.edition.languages[0] if session.edition.languages else settings.LANGUAGE_CODE
    with override(lang):
        names = display_names(
            {one.person_id for those in people.values() for one in those}, lang, session.edition.fallback
        )
        chair = formats.listing([str(names[one.person_id]) for one in leading], lang)
        cues = [
            _cue(
                session, gettext_lazy("Doors open"), LEAD_MINUTES, screen=_("Welcome slide"), sound=_("Music")
            )
        ]
        opening = _cue(
            session, gettext_lazy("Opening"), OPENING, who=chair, screen=_("Title slide"), sound=_("Lectern")
        )
        opening.broadcast = _("On air") if session.is_broadcast else ""
        opening.interpretation = _interpretation(session, lang)
        cues.append(opening)
        contributions = list(session.contributions.all())
        lengths = _lengths(contributions, length - OPENING - CLOSING)
        cues += [_of_contribution(one, people[one.pk], names, lengths[one.pk], lang) for one in contributions]
        closing = _cue(
            session, gettext_lazy("Closing"), CLOSING, who=chair, screen=_("Title slide"), sound=_("Lectern")
        )
        closing.broadcast = _("Off air at the end") if session.is_broadcast else ""
        cues.append(closing)
    return cues


def _people(session: Session) -> Mapping[int | None, list[Appearance]]:
    rows = Appearance.objects.filter(session=session, role__in=PUBLIC_ROLES)
    found: dict[int | None, list[Appearance]] = defaultdict(list)
    for one in rows.exclude(state=AppearanceState.DECLINED):
        found[one.contribution_id].append(one)
    return found


def _of_contribution(
    contribution: Contribution,
    people: Iterable[Appearance],
    names: Mapping[int, object],
    minutes: int,
    lang: str,
) -> Cue:
    those = list(people)
    linked = [one for one in those if one.delivery == Delivery.LIVE_LINK]
    recorded = [one for one in those if one.delivery == Delivery.RECORDED]
    talks = contribution.kind in (ContributionKind.PANEL, ContributionKind.DIALOGUE)
    screen = _("Slides")
    if recorded:
        screen = _("Recording")
    elif linked:
        screen = _("Live link and slides")
    sound = _("Recording") if recorded else _("Hand microphones") if talks else _("Lectern")
    if linked:
        sound = _("Live link")
    return Cue(
        contribution=contribution,
        minutes=minutes,
        what=Text(contribution.title.texts, contribution.title.source, contribution.title.marks),
        who=formats.listing([str(names[one.person_id]) for one in those], lang)[:300],
        screen=screen,
        sound=sound,
    )


def _cue(session: Session, what: Promise, minutes: int, **words: str) -> Cue:
    texts = {}
    for lang in session.edition.languages or [settings.LANGUAGE_CODE]:
        with override(lang if lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            texts[lang] = str(what)
    return Cue(minutes=minutes, what=Text.of(texts), **{name: word[:300] for name, word in words.items()})


def _interpretation(session: Session, lang: str) -> str:
    if not session.interpreted:
        return ""
    return _("Booths open: %(languages)s") % {
        "languages": ", ".join(code.partition("-")[0].upper() for code in session.interpreted)
    }


def _lengths(contributions: list[Contribution], length: int) -> dict[int, int]:
    """What has no length of its own shares what the others leave; where they leave nothing, the longest give way."""
    lengths = {one.pk: one.minutes for one in contributions if one.minutes}
    open_ = [one.pk for one in contributions if not one.minutes]
    share = max(SHORTEST, (length - sum(lengths.values())) // len(open_)) if open_ else 0
    lengths |= dict.fromkeys(open_, share)
    for _minute in range(min(GIVING_WAY, sum(lengths.values()) - length)):
        longest = max(lengths, key=lambda pk: lengths[pk])
        lengths[longest] = max(SHORTEST, lengths[longest] - 1)
    return lengths
