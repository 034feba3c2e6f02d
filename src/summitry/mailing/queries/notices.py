"""The program's own notices: which there are, what each may say, and how an edition words them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.foundation.mail import split_subject
from summitry.mailing.audiences import Placeholder
from summitry.mailing.enums import NoticeKey, NoticeMode
from summitry.mailing.models import NoticeWording
from summitry.mailing.queries.recipients import languages_of
from summitry.mailing.queries.writing import GENERAL

LINK = Placeholder("link", _("The address to follow"))
SECRET_LINK = Placeholder("link", _("The address to follow"), is_secret=True)
FORUM = Placeholder("forum", _("The forum’s title"))
TOLD = Placeholder("told", _("What the officer tells the guest"))
CALL = Placeholder("call", _("The call’s name"))
ROUND = Placeholder("round", _("The round’s name"))
READS = Placeholder("count", _("How many entries wait to be read"))
DUE = Placeholder("due", _("Until when, by the host city’s clock"))
ENTRY = Placeholder("entry", _("The entry’s title"))
NUMBER = Placeholder("number", _("The entry’s number"))


@dataclass(frozen=True, slots=True)
class NoticeSpec:
    """A notice: its placeholders beside those of every text, and what happens to it unless the edition decides."""

    key: NoticeKey
    placeholders: tuple[Placeholder, ...]
    mode: NoticeMode = NoticeMode.SENT


NOTICES: Mapping[str, NoticeSpec] = {
    spec.key.value: spec
    for spec in (
        NoticeSpec(NoticeKey.SPEAKER_PAGE, (SECRET_LINK,), NoticeMode.HELD),
        NoticeSpec(
            NoticeKey.FORUM_SUBMITTED, (FORUM, LINK, Placeholder("institution", _("Who handed it in")))
        ),
        NoticeSpec(
            NoticeKey.FORUM_RETURNED, (FORUM, LINK, Placeholder("remarks", _("What was remarked")), DUE)
        ),
        NoticeSpec(NoticeKey.FORUM_SIGNED, (FORUM, LINK)),
        NoticeSpec(
            NoticeKey.DEADLINE_REMINDER,
            (Placeholder("what", _("What is due")), DUE, LINK),
            NoticeMode.HELD,
        ),
        NoticeSpec(
            NoticeKey.SPEAKER_REMINDER,
            (Placeholder("tasks", _("What is open on the speaker’s page, one line each")), SECRET_LINK),
            NoticeMode.HELD,
        ),
        NoticeSpec(
            NoticeKey.SCHEDULE_CHANGED,
            (Placeholder("changes", _("What changed, one line each")), LINK),
            NoticeMode.HELD,
        ),
        NoticeSpec(
            NoticeKey.FOCAL_POINT_WELCOME, (Placeholder("delegation", _("The delegation’s name")), LINK)
        ),
        NoticeSpec(
            NoticeKey.GUEST_APPROVED,
            (Placeholder("next", _("What follows, in a sentence")), TOLD, SECRET_LINK),
            NoticeMode.HELD,
        ),
        NoticeSpec(NoticeKey.GUEST_REFUSED, (TOLD, SECRET_LINK), NoticeMode.HELD),
        NoticeSpec(NoticeKey.GUEST_ASKED, (TOLD, SECRET_LINK)),
        NoticeSpec(NoticeKey.GUEST_REVOKED, (TOLD,)),
        NoticeSpec(NoticeKey.VISA_LETTER, (SECRET_LINK,)),
        NoticeSpec(
            NoticeKey.MEETING_REQUEST,
            (
                Placeholder("asker", _("Who asks")),
                Placeholder("asked", _("Who is asked")),
                Placeholder("when", _("When, by the host city’s clock")),
                Placeholder("words", _("What the guest wrote")),
                Placeholder("until", _("Until when it can be answered")),
                SECRET_LINK,
            ),
        ),
        NoticeSpec(
            NoticeKey.MEETING_ANSWER,
            (
                Placeholder("partner", _("The other guest")),
                Placeholder("when", _("When, by the host city’s clock")),
                Placeholder("answer", _("The answer")),
                SECRET_LINK,
            ),
        ),
        NoticeSpec(NoticeKey.SIGN_IN, (SECRET_LINK,)),
        NoticeSpec(NoticeKey.GUEST_INVITATION, (DUE, SECRET_LINK), NoticeMode.HELD),
        NoticeSpec(NoticeKey.GUEST_PAGE, (SECRET_LINK,)),
        NoticeSpec(NoticeKey.GUEST_REMINDER, (DUE, SECRET_LINK), NoticeMode.HELD),
        NoticeSpec(NoticeKey.GUEST_UNINVITED, (), NoticeMode.HELD),
        NoticeSpec(NoticeKey.REGISTRATION_CONFIRM, (DUE, SECRET_LINK)),
        NoticeSpec(NoticeKey.REGISTRATION_KNOWN, (SECRET_LINK,)),
        NoticeSpec(NoticeKey.REGISTRATION_PLACE, (SECRET_LINK,)),
        NoticeSpec(
            NoticeKey.CALL_ANSWER,
            (
                CALL,
                Placeholder("question", _("What was asked")),
                Placeholder("answer", _("The answer")),
                LINK,
            ),
        ),
        NoticeSpec(NoticeKey.CALL_CANCELLED, (CALL, ENTRY, NUMBER), NoticeMode.HELD),
        NoticeSpec(NoticeKey.ENTRY_PAGE, (CALL, NUMBER, DUE, SECRET_LINK)),
        NoticeSpec(
            NoticeKey.ENTRY_RECEIPT,
            (
                CALL,
                ENTRY,
                NUMBER,
                Placeholder("digest", _("The digest of what was handed in")),
                Placeholder("conflicts", _("Who was declared as unable to judge it, one line each")),
                DUE,
                SECRET_LINK,
            ),
        ),
        NoticeSpec(NoticeKey.ENTRY_REMINDER, (CALL, ENTRY, NUMBER, DUE, SECRET_LINK), NoticeMode.HELD),
        NoticeSpec(NoticeKey.ENTRY_LATE, (CALL, ENTRY, NUMBER, DUE, SECRET_LINK)),
        NoticeSpec(
            NoticeKey.ENTRY_MEMBER, (CALL, ENTRY, Placeholder("entrant", _("Who enters")), SECRET_LINK)
        ),
        NoticeSpec(
            NoticeKey.ENTRY_NOMINATED, (CALL, Placeholder("nominator", _("Who nominates")), DUE, SECRET_LINK)
        ),
        NoticeSpec(
            NoticeKey.ENTRY_LAUREATE,
            (
                CALL,
                ENTRY,
                Placeholder("award", _("The award’s name")),
                Placeholder("citation", _("Why the entry is honoured")),
            ),
            NoticeMode.HELD,
        ),
        NoticeSpec(
            NoticeKey.ENTRY_RESULT,
            (
                CALL,
                ENTRY,
                Placeholder("outcome", _("What became of it, in a sentence")),
                Placeholder("feedback", _("What jurors wrote for the entrant")),
            ),
            NoticeMode.HELD,
        ),
        NoticeSpec(
            NoticeKey.ENTRY_RETURNED,
            (CALL, ENTRY, NUMBER, Placeholder("remarks", _("What was remarked")), DUE, SECRET_LINK),
        ),
        NoticeSpec(
            NoticeKey.ENTRY_INELIGIBLE,
            (CALL, ENTRY, NUMBER, Placeholder("reason", _("Why it is not eligible"))),
            NoticeMode.HELD,
        ),
        NoticeSpec(NoticeKey.JURY_INVITATION, (CALL, LINK)),
        NoticeSpec(NoticeKey.JURY_READS, (CALL, ROUND, READS, DUE, LINK)),
        NoticeSpec(NoticeKey.JURY_REMINDER, (CALL, ROUND, READS, DUE, LINK), NoticeMode.HELD),
    )
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How an edition words a notice: its own words where it has some in a language, else the shipped ones."""

    spec: NoticeSpec
    subject: Text
    body: Text
    mode: NoticeMode
    own: NoticeWording | None = None

    @property
    def languages(self) -> list[str]:
        """The languages in which there are words."""
        return languages_of(self.subject, self.body)

    @property
    def placeholders(self) -> list[Placeholder]:
        """What the words may use."""
        return [*GENERAL, *self.spec.placeholders]


def wording_of(edition: Edition, key: str) -> Wording:
    """Return the wording of one notice (one query). Raises KeyError for a notice that does not exist."""
    own = NoticeWording.objects.filter(edition=edition, key=key).first()
    return _wording(NOTICES[key], own)


def wordings_of(edition: Edition) -> list[Wording]:
    """Return the wordings of all notices (one query)."""
    own = {wording.key: wording for wording in NoticeWording.objects.filter(edition=edition)}
    return [_wording(spec, own.get(key)) for key, spec in NOTICES.items()]


@cache
def shipped(key: str) -> tuple[Text, Text]:
    """Return the subject and body that Summitry ships, in all interface languages; English is the source."""
    subjects, bodies = {}, {}
    for lang in ("en", *(code for code, _name in settings.LANGUAGES if code != "en")):
        source: str = get_template(f"mail/{key}.{lang}.txt").template.source  # type: ignore[attr-defined]
        subjects[lang], bodies[lang] = split_subject(source)
    return Text.of(subjects, "en"), Text.of(bodies, "en")


def _wording(spec: NoticeSpec, own: NoticeWording | None) -> Wording:
    subject, body = shipped(spec.key.value)
    mode = NoticeMode(own.mode) if own is not None and own.mode else spec.mode
    if own is not None:
        for lang in languages_of(own.subject, own.body):
            subject = subject.with_text(lang, own.subject.get(lang))
            body = body.with_text(lang, own.body.get(lang))
    return Wording(spec, subject, body, mode, own)
