"""The console's pages of forums, sessions and contributions: who gets in, what is saved, and what is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import EDITOR
from summitry.foundation.access import Scope
from summitry.foundation.accounts import create_account
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.actions.forum import update_forum
from summitry.programme.actions.sign_off import submit_forum
from summitry.programme.enums import AppearanceState, ForumState
from summitry.programme.models import Appearance, Forum, Session
from tests.directory.make import make_organisation, make_person, name
from tests.editions.make import make_edition
from tests.programme.make import SYSTEM, appear, make_forum, make_session

pytestmark = pytest.mark.django_db


class Work:
    """Two forums of one edition; the institution works on the first, the secretariat on both."""

    def __init__(self) -> None:
        self.edition: Edition = make_edition("rivertown", languages=["en", "zh-hans", "ar"])
        self.mine = make_forum(
            self.edition, "Digital memory", slug="memory", abstract=Text.of("About memory.")
        )
        self.other = make_forum(self.edition, "Quiet forum", slug="quiet")
        self.session = make_session(self.mine, "Morning", code="morning", spoken=["en"])
        self.person = make_person(name("display", "en", "Leïla Benslimane"))
        appear(self.session, self.person)
        self.secretariat = _signed_in("secretariat@example.org", EDITOR.code, self.edition)
        self.institution = _signed_in("institution@example.org")
        appoint_editor(self.mine, Account.objects.get(email="institution@example.org"), by=SYSTEM)

    def url(self, path: str) -> str:
        return f"/en/console/rivertown/programme/{path}"


def _signed_in(email: str, role: str = "", edition: Edition | None = None) -> Client:
    account = create_account(email, by=SYSTEM, name=email.partition("@")[0].title())
    if edition is not None:
        put_grant(account, role, Scope("edition", edition.pk), by=SYSTEM)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def work() -> Work:
    return Work()


def fields_of(client: Client, url: str) -> dict[str, Any]:
    """Return what a browser would send back of the page's form."""
    form = client.get(url).context["form"]
    sent: dict[str, Any] = {"seen": form.initial["seen"]}
    for field in form.record_fields:
        value = form.initial.get(field)
        if isinstance(value, Text):
            sent |= {f"{field}.{lang}": value.get(lang) for lang in ("en", "zh-hans", "ar")}
        elif value is True:
            sent[field] = "on"
        elif isinstance(value, list):
            sent[field] = value
        elif value not in (None, False):
            sent[field] = getattr(value, "pk", value)
    return sent


def test_institution_sees_its_forum_and_no_other(work: Work):
    assert work.institution.get(work.url("forums/memory/edit/")).status_code == 200
    hidden = [
        "forums/quiet/edit/",
        "forums/quiet/sessions/new/",
        "forums/nothing/edit/",
        "sessions/none/edit/",
        "contributions/99/edit/",
    ]
    answers = [work.institution.get(work.url(path)) for path in hidden]
    assert [answer.status_code for answer in answers] == [404] * len(hidden)
    assert all("Quiet" not in answer.content.decode() for answer in answers)


def test_institution_can_not_create_forums_or_name_institutions(work: Work):
    assert work.institution.get(work.url("forums/new/")).status_code == 403
    assert work.institution.get(work.url("forums/memory/institutions/")).status_code == 403
    sent = {"email": "friend@example.org"}
    assert work.institution.post(work.url("forums/memory/editors/"), sent).status_code == 403


def test_texts_are_saved_in_their_languages(work: Work):
    url = work.url("forums/memory/edit/")
    sent = {**fields_of(work.institution, url), "title.zh-hans": "数字记忆"}
    assert work.institution.post(url, sent).status_code == 302
    work.mine.refresh_from_db()
    assert dict(work.mine.title.texts) == {"en": "Digital memory", "zh-hans": "数字记忆"}


def test_institution_does_not_decide_what_is_the_secretariats(work: Work):
    url = work.url("forums/memory/edit/")
    sent = {**fields_of(work.institution, url), "kind": "main", "is_public": ""}
    work.institution.post(url, sent)
    before = (work.mine.kind, work.mine.is_public)
    work.mine.refresh_from_db()
    assert (work.mine.kind, work.mine.is_public) == before


def test_missing_title_is_refused_beside_its_field_and_the_words_stay(work: Work):
    url = work.url("forums/memory/edit/")
    sent = {**fields_of(work.institution, url), "title.en": "", "abstract.en": "Typed with care."}
    answer = work.institution.post(url, sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["title"])
    assert "Typed with care." in answer.content.decode()


def test_field_that_two_edit_is_shown_and_nothing_is_overwritten(work: Work):
    url = work.url("forums/memory/edit/")
    mine = {**fields_of(work.institution, url), "title.en": "My title"}
    update_forum(work.mine, by=SYSTEM, title=Text.of("Their title"))
    answer = work.institution.post(url, mine)
    page = answer.content.decode()
    assert (answer.status_code, "Their title" in page, "My title" in page) == (422, True, True)
    again = {**mine, "seen": answer.context["form"]["seen"].value()}
    assert work.institution.post(url, again).status_code == 302
    assert str(Forum.objects.get(pk=work.mine.pk).title) == "My title"


def test_way_to_sign_off_through_the_pages(work: Work):
    step = work.url("forums/memory/step/")
    assert work.institution.post(step, {"step": "sign"}).status_code == 403
    assert work.institution.post(step, {"step": "submit"}).status_code == 302
    refused = work.secretariat.post(step, {"step": "return", "remarks": " "})
    assert (refused.status_code, list(refused.context["remarks"].errors)) == (422, ["remarks"])
    work.secretariat.post(step, {"step": "return", "remarks": "Name the chair."})
    assert "Name the chair." in work.institution.get(work.url("forums/memory/edit/")).content.decode()
    work.institution.post(step, {"step": "submit"})
    work.secretariat.post(step, {"step": "sign"})
    assert Forum.objects.get(pk=work.mine.pk).state == ForumState.SIGNED
    assert work.secretariat.post(step, {"step": "no-such-step"}).status_code == 404


def test_handed_in_forum_says_why_it_is_closed(work: Work):
    submit_forum(work.mine, by=SYSTEM)
    url = work.url("forums/memory/edit/")
    assert "has been handed in" in work.institution.get(url).content.decode()
    answer = work.institution.post(url, {**fields_of(work.institution, url), "title.en": "Late"})
    assert answer.status_code == 422
    assert "This forum has been handed in" in answer.content.decode()


def test_session_is_created_with_people_and_contribution(work: Work):
    new = work.url("forums/memory/sessions/new/")
    sent = {**fields_of(work.institution, new), "title.en": "Afternoon", "spoken": ["en", "ar"]}
    assert work.institution.post(new, sent).status_code == 302
    session = Session.objects.get(forum=work.mine, code="afternoon")
    assert session.spoken == ["en", "ar"]
    people = work.url("sessions/afternoon/people/")
    work.institution.post(people, {"create": "1", "role": "chair", "name.en": "Amal Haddad", "email": ""})
    row = Appearance.objects.get(session=session)
    assert (str(row.person), row.role) == ("Amal Haddad", "chair")
    made = work.url("sessions/afternoon/contributions/new/")
    work.institution.post(
        made, {**fields_of(work.institution, made), "title.en": "A speech", "kind": "speech"}
    )
    assert [str(one.title) for one in session.contributions.all()] == ["A speech"]


def test_list_of_people_is_reordered_and_keeps_their_answers(work: Work):
    second = make_person(name("display", "en", "Chen Sihan"))
    appear(work.session, work.person, second)
    Appearance.objects.filter(person=second).update(state=AppearanceState.CONFIRMED)
    url = work.url("sessions/morning/people/")
    page = work.institution.get(url)
    sent = {
        "seen": page.context["seen"],
        "person": [work.person.pk, second.pk],
        "role": ["speaker", "speaker"],
        "delivery": ["in_person", "live_link"],
        "fallback": ["", "recorded"],
        "position": ["2", "1"],
    }
    assert work.institution.post(url, sent).status_code == 302
    rows = list(work.session.appearances.values_list("person_id", "delivery", "state"))
    assert rows == [(second.pk, "live_link", "confirmed"), (work.person.pk, "in_person", "expected")]
    stale = work.institution.post(url, {**sent, "position": ["1", "2"]})
    assert (stale.status_code, "Somebody else changed this" in stale.content.decode()) == (422, True)


def test_institution_finds_its_own_people_only(work: Work):
    make_person(name("display", "en", "Leïla Secret"))
    url = work.url("sessions/morning/people/?q=Leïla")
    found = [str(one.name) for one in work.institution.get(url).context["found"]]
    assert found == ["Leïla Benslimane"]
    everybody = [str(one.name) for one in work.secretariat.get(url).context["found"]]
    assert sorted(everybody) == ["Leïla Benslimane", "Leïla Secret"]


def test_institution_can_not_add_a_person_by_her_number(work: Work):
    stranger = make_person(name("display", "en", "Somebody Else"))
    answer = work.institution.post(work.url("sessions/morning/people/"), {"add": stranger.pk})
    assert (answer.status_code, "Somebody Else" in answer.content.decode()) == (422, False)
    assert not Appearance.objects.filter(person=stranger).exists()


def test_institutions_are_added_changed_and_removed(work: Work):
    institute = make_organisation("Institute of Archives")
    url = work.url("forums/memory/institutions/")
    assert [str(one) for one in work.secretariat.get(f"{url}?q=archives").context["found"]] == [
        str(institute)
    ]
    work.secretariat.post(url, {"add": institute.pk, "role": "supporter"})
    assert list(work.mine.organisers.values_list("organisation", "role")) == [(institute.pk, "supporter")]
    work.secretariat.post(url, {f"role-{institute.pk}": "co_organiser"})
    assert list(work.mine.organisers.values_list("role", flat=True)) == ["co_organiser"]
    work.secretariat.post(url, {"remove": institute.pk})
    assert work.mine.organisers.count() == 0


def test_editor_is_let_in_and_out(work: Work):
    url = work.url("forums/quiet/editors/")
    work.secretariat.post(url, {"email": "new@example.org", "name": "New Colleague"})
    account = Account.objects.get(email="new@example.org")
    client = Client()
    client.force_login(account)
    assert client.get(work.url("forums/quiet/edit/")).status_code == 200
    work.secretariat.post(url, {"dismiss": account.pk})
    assert client.get(work.url("forums/quiet/edit/")).status_code in (403, 404)
    assert client.get("/en/console/rivertown/").status_code in (403, 404)
    refused = work.secretariat.post(url, {"email": "no address"})
    assert (refused.status_code, list(refused.context["editor"].errors)) == (422, ["email"])
