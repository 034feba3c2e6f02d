"""Access codes are shown once, kept as digests, and used as often as each may be, by however many at once."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.calls.actions.access_code import close_code, create_codes, digest_of, use_code
from summitry.calls.models import AccessCode
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import AuditEntry
from tests.at_once import at_once
from tests.calls.make import SYSTEM, make_call
from tests.editions.make import in_edition

pytestmark = pytest.mark.django_db


def test_codes_are_kept_as_digests_only() -> None:
    call = make_call()
    codes = create_codes(call, 3, by=SYSTEM, note="Embassies")
    kept = list(AccessCode.objects.order_by("pk").values_list("digest", "hint", "used", "most_uses"))
    assert kept == [(digest_of(code), code[:4], 0, 1) for code in codes]
    assert len({len(code) for code in codes} | {14}) == 1
    told = " ".join(str(entry.after) + str(entry.params) for entry in AuditEntry.objects.all())
    assert not any(code in told or digest_of(code) in told for code in codes)


def test_a_code_opens_its_own_call_as_often_as_it_may() -> None:
    call = make_call()
    code = create_codes(call, 1, by=SYSTEM, most_uses=2)[0]
    for typed in (code, f" {code.lower().replace('-', ' ')} "):
        use_code(call, typed)
    others = [create_codes(call, 1, by=SYSTEM)[0] for _n in range(2)]
    close_code(AccessCode.objects.get(digest=digest_of(others[0])), by=SYSTEM)
    words = set()
    for where, typed in (
        (call, code),
        (make_call(), others[1]),
        (call, others[0]),
        (call, "NO-SUCH-CODE"),
        (call, ""),
    ):
        with pytest.raises(InvalidInput) as caught:
            use_code(where, typed)
        words.add(str(caught.value.fields))
    assert words == {"{'access_code': ['This code does not open this call.']}"}
    assert list(AccessCode.objects.order_by("pk").values_list("used", flat=True)) == [2, 0, 0]


def test_codes_that_make_no_sense_are_refused_and_strangers_make_none() -> None:
    call = make_call()
    past = clock.now() - dt.timedelta(days=1)
    for count, facts, field in (
        (0, {}, "count"),
        (100_000, {}, "count"),
        (1, {"most_uses": 0}, "most_uses"),
        (1, {"expires_at": past}, "expires_at"),
        (1, {"note": "x" * 201}, "note"),
    ):
        with pytest.raises(InvalidInput) as caught:
            create_codes(call, count, by=SYSTEM, **facts)
        assert set(caught.value.fields) == {field}
    for role in ("eligibility_officer", "jury_chair", "viewer"):
        with pytest.raises(PermissionRefused):
            create_codes(call, 1, by=in_edition(role, call.edition))
    assert not AccessCode.objects.exists()


@given(st.text(alphabet="ABCDEFGHJKMNPQRSTUVWXYZ23456789", min_size=12, max_size=12), st.integers(0, 11))
def test_a_code_is_known_however_it_is_typed(letters: str, cut: int) -> None:
    typed = f"\u00a0{letters[:cut].lower()} \u2013 {letters[cut:]}\t"
    assert digest_of(typed) == digest_of(letters)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_last_use_is_had_by_one_of_two() -> None:
    call = make_call()
    code = create_codes(call, 1, by=SYSTEM)[0]
    told = at_once(*[partial(use_code, call, code)] * 2)
    assert sorted(map(str, told)) == sorted(map(str, [None, InvalidInput]))
    assert AccessCode.objects.get().used == 1
