"""An invitation accepted while its guest is replaced, on either database: one of the two happens, and both rows agree."""

from __future__ import annotations

from functools import partial

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import StaleState
from summitry.guests.actions.answering import accept_invitation
from summitry.guests.actions.nomination import substitute
from summitry.guests.enums import GuestState, InvitationState
from tests.at_once import at_once
from tests.guests.delegations.make import nominee
from tests.guests.make import SYSTEM
from tests.guests.test_invitation_settled import NOW, fresh, invited, states

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_accepted_and_replaced_at_once_agree_in_the_end():
    with clock.frozen(NOW):
        row = invited()
        one, other = fresh(row), fresh(row)
        refused = at_once(
            partial(accept_invitation, one, by=SYSTEM),
            partial(substitute, other.guest, nominee("Bo"), by=SYSTEM),
        )
        assert refused in ([None, StaleState], [StaleState, None])
        assert states(row) in {
            (InvitationState.ACCEPTED, GuestState.APPLYING),
            (InvitationState.WITHDRAWN, GuestState.REPLACED),
        }
