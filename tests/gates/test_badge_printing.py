import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from summitry.foundation import typeset
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import Progress, ProgressState
from summitry.gates.actions.badge_checks import check_badges
from summitry.gates.actions.badge_handover import hand_out
from summitry.gates.actions.badge_printing import KEPT, forget_badge_files, print_badges, request_badges
from summitry.gates.enums import BadgeOrder, CredentialState, SheetKind
from summitry.gates.models import BadgeBatch, BadgeCheck, Credential, Handover, PrintedBadge
from summitry.gates.queries.badge_choice import Choice, Which
from summitry.gates.queries.badge_document import TEMPLATE, BadgeDocument, in_order
from summitry.gates.queries.badge_faces import faces_of, layouts_of
from summitry.guests.enums import Rule
from summitry.guests.models import Guest
from tests.gates.badge_house import NAMES, Badges, make_badges, make_photo
from tests.guests.make import SYSTEM

pytestmark = pytest.mark.django_db


def _codes(pages: list[bytes]) -> list[str]:
    return [found.text for page in pages for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))]


def _printed(made: Badges, which: str = Which.UNPRINTED, *, anyway: bool = False) -> Progress:
    """Have badges printed, and return the progress of the job, which has ended."""
    batch, progress = request_badges(
        made.edition,
        Choice(which=which, anyway=anyway),
        by=SYSTEM,
        order=BadgeOrder.NAME,
        sheet=SheetKind.SINGLE,
    )
    print_badges.call(str(progress.public_id), batch.pk)
    progress.refresh_from_db()
    return progress


def test_badges_in_six_scripts_show_names_and_readable_codes() -> None:
    made = make_badges(*NAMES)
    layouts = layouts_of(made.edition)
    found = faces_of(made.edition, [guest.pk for guest in made.guests.values()], layouts)
    faces = in_order(list(found.values()), BadgeOrder.NUMBER)
    document = BadgeDocument(faces, layouts.by_pk, sheet=SheetKind.SINGLE)
    pages = typeset.png(TEMPLATE, document.data, files=document.files, ppi=150)
    assert _codes(pages) == list(Credential.objects.order_by("pk").values_list("token", flat=True))
    text = PdfReader(io.BytesIO(typeset.pdf(TEMPLATE, document.data, files=document.files))).pages
    assert [NAMES[who][0] in text[n].extract_text() for n, who in enumerate(NAMES)] == [True] * 6


def test_a_code_holds_the_token_and_nothing_else() -> None:
    made = make_badges("anna")
    face = faces_of(made.edition, [made.guests["anna"].pk])[made.guests["anna"].pk]
    assert face.token == Credential.objects.get().token
    assert (
        "Anna"
        not in BadgeDocument([face], layouts_of(made.edition).by_pk, sheet="single").data["badges"][0]["code"]
    )


def test_printing_records_each_badge_and_keeps_the_file() -> None:
    made = make_badges("anna", "li")
    progress = _printed(made)
    assert (progress.state, progress.result["badges"]) == (ProgressState.DONE, 2)
    batch = BadgeBatch.objects.get()
    with batch.files.get().content.open("rb") as file:
        assert len(PdfReader(file).pages) == 2
    assert list(
        PrintedBadge.objects.order_by("credential").values_list("credential__guest", flat=True)
    ) == sorted(guest.pk for guest in made.guests.values())
    assert Credential.objects.filter(printed_at=None).count() == 0


def test_printing_again_gives_new_codes_and_ends_the_former_ones() -> None:
    made = make_badges("anna")
    _printed(made)
    former = Credential.objects.get()
    _printed(made, Which.ALL)
    former.refresh_from_db()
    now = Credential.objects.get(state=CredentialState.ACTIVE)
    assert (former.state, now.supersedes, now.token != former.token) == (
        CredentialState.SUPERSEDED,
        former,
        True,
    )
    assert now.printed_at is not None


def test_printing_refuses_strangers_and_an_empty_choice() -> None:
    made = make_badges("anna")
    with pytest.raises(PermissionRefused):
        request_badges(made.edition, Choice(), by=PUBLIC, order="name", sheet="single")
    with pytest.raises(InvalidInput):
        request_badges(made.edition, Choice(which=Which.OUTDATED), by=SYSTEM, order="name", sheet="single")
    assert BadgeBatch.objects.count() == 0


def test_checks_name_what_is_too_long_unprintable_or_missing() -> None:
    made = make_badges("anna", "li", photo=Rule.REQUIRED)
    anna, li = made.guests["anna"], made.guests["li"]
    Guest.objects.filter(pk=anna.pk).update(
        badge_name="Wolfeschlegelsteinhausenbergerdorffwelchevoraltern ", photo=make_photo()
    )
    Guest.objects.filter(pk=li.pk).update(badge_second_name="이순신")
    assert check_badges(made.edition) == 2
    found = {check.guest_id: check.problems for check in BadgeCheck.objects.all()}
    assert [(each["kind"], each["element"]) for each in found[anna.pk]] == [("too_long", "name")]
    assert 4 < float(found[anna.pk][0]["detail"]) < 13
    assert found[li.pk] == [
        {"kind": "glyphs", "element": "second_name", "detail": "순신이"},
        {"kind": "no_photo", "element": "photo", "detail": ""},
    ]


def test_a_badge_with_a_problem_waits_unless_it_is_wanted_anyway() -> None:
    made = make_badges("anna", "li", photo=Rule.REQUIRED)
    Guest.objects.filter(pk=made.guests["anna"].pk).update(photo=make_photo((1200, 1600)))
    assert _printed(made).result["badges"] == 1
    refused = _printed(made)
    assert (refused.state, refused.code) == (ProgressState.FAILED, "nothing-to-print")
    assert _printed(made, anyway=True).result["badges"] == 1


def test_a_change_after_printing_makes_a_badge_outdated_until_it_is_printed_anew() -> None:
    made = make_badges("anna")
    _printed(made)
    Guest.objects.filter(pk=made.guests["anna"].pk).update(badge_line="Rapporteur")
    check_badges(made.edition)
    assert BadgeCheck.objects.get().is_outdated
    _printed(made, Which.OUTDATED)
    assert not BadgeCheck.objects.get().is_outdated
    assert Credential.objects.count() == 2


def test_badges_are_checked_again_only_when_they_change() -> None:
    made = make_badges("anna")
    check_badges(made.edition)
    at = BadgeCheck.objects.get().at
    check_badges(made.edition)
    assert BadgeCheck.objects.get().at == at


def test_representatives_take_badges_with_a_word_about_their_authority() -> None:
    made = make_badges("anna", "li")
    _printed(made)
    ids = list(Credential.objects.values_list("pk", flat=True))
    with pytest.raises(InvalidInput, match="check the marked fields"):
        hand_out(made.edition, ids, by=SYSTEM, to="Zoe")
    assert hand_out(made.edition, ids, by=SYSTEM, to="Zoe", authority="Letter of 1 May") == 2
    assert set(Handover.objects.values_list("to", "authority")) == {("Zoe", "Letter of 1 May")}
    with pytest.raises(InvalidInput):
        hand_out(made.edition, ids, by=SYSTEM)


def test_files_are_forgotten_after_two_weeks() -> None:
    made = make_badges("anna")
    _printed(made)
    batch = BadgeBatch.objects.get()
    path = Path(batch.files.get().content.path)
    forget_badge_files.call()
    assert batch.files.count() == 1
    BadgeBatch.objects.update(made_at=batch.made_at - KEPT * 2)
    forget_badge_files.call()
    assert batch.files.count() == 0
    assert not path.exists()
