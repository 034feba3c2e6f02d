"""What speakers are told when a new version moves, adds or cancels sessions in which they appear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils import translation

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Shown, Text
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, person_recipient, post_notice, site_address
from summitry.programme.enums import AppearanceState, ChangeKind
from summitry.programme.models import Appearance, Session, Speaker, Version
from summitry.programme.queries.changes import ChangeWriter
from summitry.programme.queries.diff import Change
from summitry.programme.queries.links import links_of

CONCERNING = frozenset({ChangeKind.ADDED, ChangeKind.MOVED, ChangeKind.CANCELLED})


def tell_of_version(version: Version, *, by: Actor) -> None:
    """Write to everybody who appears in a session that `version` adds, moves or cancels, each her own changes.

    The first version tells nobody: it changes nothing that was public before. Whether the letters leave at once or wait
    in the outbox is the edition's setting.
    """
    changes = [Change.from_json(row) for row in version.changes]
    of_session: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind in CONCERNING:
            of_session[change.session_id].append(change)
    if not of_session:
        return
    edition = version.edition
    words = _Words(edition, dict(Session.objects.filter(pk__in=of_session).values_list("pk", "title")))
    spoken = dict(Speaker.objects.filter(edition=edition).values_list("person_id", "language"))
    recipients: list[Recipient] = []
    for person, sessions in _concerned(of_session):
        facts: dict[str, Fact] = {"changes": words.of([one for pk in sessions for one in of_session[pk]])}
        recipients.append(person_recipient(person, language=spoken.get(person.pk, ""), context=facts))
    link = site_address(reverse("programme:timetable", args=[edition.slug]))
    post_notice(edition, NoticeKey.SCHEDULE_CHANGED, recipients, {"link": link}, by=by)


class _Words:
    """Puts changes into the words of any language."""

    def __init__(self, edition: Edition, titles: dict[int, Text]) -> None:
        self._edition, self._titles = edition, titles
        self._rooms = dict(Room.objects.filter(edition=edition).values_list("pk", "name"))

    def of(self, changes: Sequence[Change]) -> Callable[[str], tuple[str, ...]]:
        """Return a function from a language to one line for each change."""
        return lambda lang: tuple(self._line(change, lang) for change in changes)

    def _line(self, change: Change, lang: str) -> str:
        chain = tuple(self._edition.fallback)
        rooms: dict[int, Shown] = {pk: name.shown(lang, chain) for pk, name in self._rooms.items()}
        writer = ChangeWriter(self._edition.zone, lang, rooms, chain, links_of(self._edition.slug, lang))
        title = self._titles[change.session_id].shown(lang, chain).text
        with translation.override(lang):
            return f"{title}: {writer.sentence(change)}"


def _concerned(of_session: dict[int, list[Change]]) -> list[tuple[Person, list[int]]]:
    rows = Appearance.objects.filter(session__in=of_session).exclude(state=AppearanceState.DECLINED)
    sessions: dict[int, list[int]] = defaultdict(list)
    for person_id, session_id in rows.values_list("person_id", "session_id").distinct():
        sessions[person_id].append(session_id)
    people = Person.objects.filter(pk__in=sessions).select_related("account").order_by("pk")
    return [(person, sorted(sessions[person.pk])) for person in people]
