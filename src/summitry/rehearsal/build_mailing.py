"""The demo's outbox: a mailing that was sent and not everywhere arrived, one held, one scheduled, a draft, a notice."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text, formats
from summitry.mailing.actions.mailing import create_mailing
from summitry.mailing.actions.release import hold_mailing, release_mailing
from summitry.mailing.actions.suppression import suppress
from summitry.mailing.enums import LetterState, MailingState, SuppressionReason
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.notices import NoticeKey, post_notice, site_address
from summitry.mailing.queries.people import person_recipient
from summitry.programme.enums import Delivery, ForumState
from summitry.programme.models import Forum
from summitry.rehearsal.built import Built

_WELCOME = {
    "en": (
        "Your hours at {edition}",
        (
            "Dear {name},\n\nwe look forward to welcoming you in {city} ({dates}). This is where and when you appear:\n\n"
            "{sessions}\n\nPlease be in the room **ten minutes** before. All pages of the programme: {website}\n\n"
            "With kind regards\nThe secretariat"
        ),
    ),
    "zh-hans": (
        "您在{edition}的日程安排",
        (
            "尊敬的{name}：\n\n我们期待您莅临{city}（{dates}）。您的出席安排如下：\n\n{sessions}\n\n"
            "请提前**十分钟**到场。完整日程：{website}\n\n此致\n敬礼\n\n秘书处"
        ),
    ),
    "fr": (
        "Vos interventions à {edition}",
        (
            "Madame, Monsieur {name},\n\nnous nous réjouissons de vous accueillir à {city} ({dates}). Voici vos "
            "interventions :\n\n{sessions}\n\nVeuillez être sur place **dix minutes** à l’avance. Tout le programme : "
            "{website}\n\nVeuillez agréer nos salutations distinguées.\nLe secrétariat"
        ),
    ),
    "ar": (
        "مواعيد مشاركتكم في {edition}",
        (
            "السيدة/السيد {name}،\n\nيسرنا أن نرحب بكم في {city} ({dates}). وهذه مواعيد مشاركتكم:\n\n{sessions}\n\n"
            "نرجو الحضور قبل **عشر دقائق** من الموعد. البرنامج كاملًا: {website}\n\nمع أطيب التحيات،\nالأمانة"
        ),
    ),
}
_LINK_TEST = {
    "en": (
        "A test of your live link",
        (
            "Dear {name},\n\nyou will join us by live link:\n\n{sessions}\n\nMay we try the connection with you beforehand? "
            "It takes ten minutes. Please reply with two times that suit you.\n\nThank you\nThe control room"
        ),
    ),
    "fr": (
        "Un essai de votre liaison",
        (
            "Bonjour {name},\n\nvous interviendrez à distance :\n\n{sessions}\n\nPouvons-nous essayer la liaison avec vous ? "
            "Dix minutes suffisent. Veuillez répondre en proposant deux moments.\n\nMerci\nLa régie"
        ),
    ),
}
_NEWS = {
    "en": (
        "After the summit: the closing report",
        (
            "Dear {name},\n\nthe closing report of {edition} will appear soon. We will write to you once more, with the "
            "recordings.\n\nThe secretariat"
        ),
    ),
}
_MISFORTUNES = (
    (LetterState.BOUNCED, "5.1.1 The mailbox does not exist"),
    (LetterState.BOUNCED, "5.2.2 The mailbox is full"),
    (LetterState.FAILED, "554 5.7.1 Message rejected by policy"),
)


def build_mailing(built: Built, by: Actor) -> None:
    """Fill the outbox."""
    edition, now = built.edition, clock.now()
    with clock.frozen(now - dt.timedelta(days=2, hours=3)):
        _sent(edition, by)
    held = create_mailing(
        edition,
        by=by,
        name="Live links: a test before your session",
        audience="speakers",
        filters={"delivery": [Delivery.LIVE_LINK]},
        sender_name="Rivertown control room",
        **_words(_LINK_TEST),
    )
    hold_mailing(held, by=by)
    news = create_mailing(
        edition, by=by, name="The closing report", kind="news", audience="speakers", filters={"everyone": True},
        **_words(_NEWS),
    )  # fmt: skip
    release_mailing(news, by=by, at=now + dt.timedelta(days=3))
    create_mailing(
        edition, by=by, name="Chairs of unsigned forums", audience="forums",
        filters={"who": ["chair"], "state": ["unsigned"]},
    )  # fmt: skip
    _reminders(edition, by)


def deliver_notices(edition: Edition) -> None:
    """Let the program's own letters have arrived: a demonstration that begins must not write to anybody at once."""
    now = clock.now()
    on_their_way = Mailing.objects.filter(
        edition=edition, state__in=[MailingState.RELEASED, MailingState.SENDING]
    ).exclude(notice="")
    letters = Letter.objects.filter(mailing__in=on_their_way, state=LetterState.QUEUED)
    letters.update(state=LetterState.SENT, sent_at=now, attempts=1)
    on_their_way.update(state=MailingState.SENT, ended_at=now)


def _sent(edition: Edition, by: Actor) -> None:
    """A mailing to all speakers, of which three letters did not arrive."""
    mailing = create_mailing(
        edition,
        by=by,
        name="Welcome, and your hours",
        audience="speakers",
        filters={"everyone": True},
        sender_name="Rivertown Summit",
        **_words(_WELCOME),
    )
    release_mailing(mailing, by=by)
    at = clock.now() + dt.timedelta(minutes=12)
    letters = Letter.objects.filter(mailing=mailing)
    letters.update(state=LetterState.SENT, sent_at=at, attempts=1)
    for letter, (state, said) in zip(letters.order_by("address")[:3], _MISFORTUNES, strict=True):
        Letter.objects.filter(pk=letter.pk).update(state=state, error=said)
        if state == LetterState.BOUNCED:
            suppress(edition.pk, letter.address, SuppressionReason.BOUNCED, said)
    Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.SENT, ended_at=at)


def _reminders(edition: Edition, by: Actor) -> None:
    """Reminders to the chairs of forums that are still being drafted, held until somebody releases them."""
    forums = Forum.objects.filter(edition=edition, state=ForumState.DRAFT).exclude(chair=None)
    due = edition.starts_on

    def at(lang: str) -> str:
        return formats.date(due, lang)

    for forum in forums.select_related("chair__account"):
        if forum.chair is not None:
            context = {
                "what": forum.title,
                "due": at,
                "link": site_address(f"/en/{edition.slug}/forums/{forum.slug}/"),
            }
            post_notice(edition, NoticeKey.DEADLINE_REMINDER, [person_recipient(forum.chair)], context, by=by)


class _Words(TypedDict):
    subject: Text
    body: Text


def _words(words: dict[str, tuple[str, str]]) -> _Words:
    return {
        "subject": Text.of({lang: subject for lang, (subject, _body) in words.items()}, "en"),
        "body": Text.of({lang: body for lang, (_subject, body) in words.items()}, "en"),
    }
