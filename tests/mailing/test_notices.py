"""The program's own notices: shipped in six languages, worded by editions, held or sent as each decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from summitry.editions.permissions import DIRECTOR, PARTNER
from summitry.foundation.access import Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import run_pending
from summitry.foundation.mail import placeholders_in, unknown_in
from summitry.foundation.mail.sealing import withheld
from summitry.mailing.actions.notices import word_notice
from summitry.mailing.actions.release import release_mailing
from summitry.mailing.actions.sending import start_mailing
from summitry.mailing.actions.suppression import suppress, unsubscribe
from summitry.mailing.enums import LetterState, MailingState, NoticeMode, SuppressionReason
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.notices import NoticeKey, account_recipient, post_notice, secretariat
from summitry.mailing.queries.notices import NOTICES, shipped, wording_of
from tests.editions.make import make_edition
from tests.mailing.conftest import PostOffice
from tests.mailing.make import SYSTEM, account_with, friend, release_and_start, send_all

pytestmark = pytest.mark.django_db
RETURNED: dict[str, Any] = {
    "forum": Text.of({"en": "Archives", "fr": "Archives <fr>"}),
    "remarks": "Too long.\nSorry.",
    "due": "9 May",
    "link": "https://x.org/f",
}


@pytest.mark.parametrize("key", list(NOTICES))
def test_each_notice_is_shipped_in_all_languages_with_the_same_placeholders(key):
    subject, body = shipped(key)
    languages = {code for code, _name in django_settings.LANGUAGES}
    assert set(subject.texts) == set(body.texts) == languages
    known = [one.key for one in wording_of(make_edition(), key).placeholders]
    assert [unknown_in(words, known) for words in (*subject.texts.values(), *body.texts.values())] == [
        []
    ] * 12
    said = {lang: placeholders_in(f"{subject.get(lang)} {body.get(lang)}") for lang in languages}
    assert {lang: sorted(said[lang] - {"edition"}) for lang in languages} == dict.fromkeys(
        languages, sorted(said["en"] - {"edition"})
    )
    assert {one.key for one in NOTICES[key].placeholders} <= said["en"]


def test_a_notice_reaches_each_reader_in_her_language():
    edition = make_edition(name=Text.of("Summit"))
    mailing = post_notice(
        edition,
        NoticeKey.FORUM_RETURNED,
        [friend("a@x.org", "fr", name="Ada"), friend("b@x.org", "sw")],
        RETURNED,
        by=SYSTEM,
    )
    assert mailing is not None
    assert (mailing.state, mailing.notice, mailing.by_system) == (
        MailingState.RELEASED,
        "forum_returned",
        True,
    )
    french, english = Letter.objects.order_by("address")
    assert (french.lang, french.subject) == ("fr", "Renvoyé avec des remarques : Archives <fr>")
    assert "> Too long. Sorry." in french.text
    assert "<blockquote>" in french.html
    assert "Archives &lt;fr&gt;" in french.html
    assert (english.lang, english.subject) == ("en", "Returned with remarks: Archives")


def test_a_notice_leaves_at_once_where_the_edition_says_so(post_office: PostOffice):
    edition = make_edition()
    mailing = post_notice(edition, NoticeKey.FORUM_SIGNED, [friend("a@x.org")], RETURNED, by=SYSTEM)
    assert mailing is not None
    start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    send_all(mailing)
    (mail,) = post_office.letters
    assert (mail["To"], mail["Auto-Submitted"]) == ("a@x.org", "auto-generated")


def test_held_notices_gather_until_they_are_released():
    edition = make_edition()
    for address in ("a@x.org", "b@x.org", "a@x.org"):
        post_notice(
            edition,
            NoticeKey.DEADLINE_REMINDER,
            [friend(address)],
            {"what": "Slides", "due": "now", "link": "x"},
            by=SYSTEM,
        )
    mailing = Mailing.objects.get()
    assert (mailing.state, mailing.letters.count()) == (MailingState.HELD, 3)
    release_mailing(mailing, by=SYSTEM)
    assert mailing.letters.count() == 3
    post_notice(
        edition,
        NoticeKey.DEADLINE_REMINDER,
        [friend()],
        {"what": "Slides", "due": "now", "link": "x"},
        by=SYSTEM,
    )
    assert Mailing.objects.filter(state=MailingState.HELD).count() == 1


def test_a_notice_switched_off_is_not_written():
    edition = make_edition()
    word_notice(edition, "forum_signed", by=SYSTEM, mode=NoticeMode.OFF)
    assert post_notice(edition, NoticeKey.FORUM_SIGNED, [friend()], RETURNED, by=SYSTEM) is None
    assert post_notice(edition, NoticeKey.FORUM_RETURNED, [friend(" ")], RETURNED, by=SYSTEM) is None
    assert not Mailing.objects.exists()


def test_news_declined_still_leaves_notices_and_returned_addresses_do_not_get_them():
    edition = make_edition()
    unsubscribe(edition, "a@x.org")
    suppress(edition.pk, "b@x.org", SuppressionReason.BOUNCED)
    post_notice(edition, NoticeKey.FORUM_SIGNED, [friend("a@x.org"), friend("b@x.org")], RETURNED, by=SYSTEM)
    assert dict(Letter.objects.values_list("address", "state")) == {
        "a@x.org": LetterState.QUEUED,
        "b@x.org": LetterState.SUPPRESSED,
    }


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_link_is_kept_nowhere(post_office: PostOffice):
    account, _actor = account_with(DIRECTOR.code, Scope("site", 0))
    link = "https://x.org/sign-in/secret/"
    edition = make_edition()
    assert (
        post_notice(edition, NoticeKey.SIGN_IN, [account_recipient(account)], {"link": link}, by=SYSTEM)
        is None
    )
    assert not Mailing.objects.exists()
    (job,) = DBTaskResult.objects.all()
    assert job.task_path.endswith("deliver")
    assert link not in str(job.args_kwargs)
    run_pending()
    (mail,) = post_office.letters
    text, _html = [part for part in mail.walk() if not part.is_multipart()]
    assert link in bytes(text.get_payload(decode=True) or b"").decode()


def test_a_secret_link_is_sealed_and_opened_as_the_letter_leaves(post_office: PostOffice):
    link = "https://x.org/page/s1?a=1&b=2"
    edition = make_edition()
    mailing = post_notice(edition, NoticeKey.SPEAKER_PAGE, [friend("a@x.org")], {"link": link}, by=SYSTEM)
    assert mailing is not None
    letter = Letter.objects.get()
    assert not any("x.org/page" in str(value) for value in Letter.objects.values().get().values())
    assert "https://sealed.invalid/link/" in letter.text
    assert withheld(letter.text).count("https://…") == 1
    send_all(release_and_start(mailing))
    (mail,) = post_office.letters
    text, html = [part for part in mail.walk() if not part.is_multipart()]
    assert link in bytes(text.get_payload(decode=True) or b"").decode()
    assert 'href="https://x.org/page/s1?a=1&amp;b=2"' in bytes(html.get_payload(decode=True) or b"").decode()


def test_a_letter_sealed_with_another_key_fails_by_itself(post_office: PostOffice, settings: Settings):
    mailing = post_notice(
        make_edition(), NoticeKey.SPEAKER_PAGE, [friend("a@x.org")], {"link": "https://x.org/"}, by=SYSTEM
    )
    assert mailing is not None
    settings.SECRET_KEY = "another"
    send_all(release_and_start(mailing))
    assert (Letter.objects.get().state, post_office.letters) == (LetterState.FAILED, [])


def test_an_edition_words_a_notice_language_by_language():
    edition = make_edition()
    own: dict[str, Any] = {
        "subject": Text.of({"fr": "Signé : {forum}"}),
        "body": Text.of({"fr": "Merci, {name}."}),
    }
    word_notice(edition, "forum_signed", by=SYSTEM, **own)
    post_notice(
        edition, NoticeKey.FORUM_SIGNED, [friend("a@x.org", "fr"), friend("b@x.org")], RETURNED, by=SYSTEM
    )
    assert list(Letter.objects.order_by("address").values_list("subject", flat=True)) == [
        "Signé : Archives <fr>",
        "Signed off: Archives",
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"subject": Text.of("{nobody}"), "body": Text.of("x")}, "subject_en"),
        ({"subject": Text.of("x")}, "body_en"),
        ({"mode": "perhaps"}, "mode"),
    ],
)
def test_a_wording_is_checked_beside_its_field(facts, field):
    with pytest.raises(InvalidInput) as refused:
        word_notice(make_edition(), "forum_signed", by=SYSTEM, **facts)
    assert set(refused.value.fields) == {field}


def test_only_the_secretariat_words_notices():
    edition = make_edition()
    _account, partner = account_with(PARTNER.code, Scope("edition", edition.pk))
    with pytest.raises(PermissionRefused):
        word_notice(edition, "forum_signed", by=partner)


def test_the_secretariat_is_who_holds_its_roles_here():
    edition, other = make_edition(), make_edition()
    here, _actor = account_with(DIRECTOR.code, Scope("edition", edition.pk))
    account_with(DIRECTOR.code, Scope("edition", other.pk))
    account_with(PARTNER.code, Scope("edition", edition.pk))
    assert [one.address for one in secretariat(edition)] == [here.email]
