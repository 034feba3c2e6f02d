"""What is written to guests is for directors and the offices that deal with them; editors keep the rest of the post."""

from __future__ import annotations

import pytest

from summitry.editions.permissions import DIRECTOR, EDITOR
from summitry.foundation.access import policy_for, within
from summitry.guests.actions.deciding import decide
from summitry.guests.enums import DecisionKind, GuestState
from summitry.guests.permissions import GUEST_OFFICE, PROTOCOL
from summitry.mailing.actions.mailing import create_mailing
from summitry.mailing.models import Letter, Mailing
from tests.editions.make import make_edition
from tests.guests.accreditation.make import make_applicant, officer

pytestmark = pytest.mark.django_db


def test_editor_is_not_told_who_was_refused() -> None:
    edition = make_edition()
    decider = officer(edition)
    decide(make_applicant(edition, GuestState.DECIDING), DecisionKind.REFUSE, by=decider, reason="Full")
    editor = officer(edition, "editor", EDITOR.code)
    director = officer(edition, "director", DIRECTOR.code)
    create_mailing(edition, by=director, name="To guests", audience="guests", filters={"everyone": True})

    sees = {}
    actors = {
        "director": director,
        "editor": editor,
        "accreditation": decider,
        "guest office": officer(edition, "office", GUEST_OFFICE.code),
        "protocol": officer(edition, "protocol", PROTOCOL.code),
    }
    refusal = Letter.objects.select_related("mailing").get()
    for who, actor in actors.items():
        may = (
            policy_for(Letter).may(actor, "resend", refusal),
            policy_for(Mailing).may(actor, "release", refusal.mailing),
        )
        rows = within(actor, Mailing.objects.order_by("notice")).values_list("notice", flat=True)
        sees[who] = (list(rows), within(actor, Letter.objects.all()).count(), may)
    assert sees == {
        "director": (["", "guest_refused"], 1, (True, True)),
        "editor": ([""], 0, (False, False)),
        "accreditation": (["guest_refused"], 1, (True, True)),
        "guest office": (["guest_refused"], 1, (True, True)),
        "protocol": ([], 0, (False, False)),
    }
