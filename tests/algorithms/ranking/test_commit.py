from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.ranking import Opening, canonical, check, commitment, reveal

SALT = bytes(range(16))


@given(st.binary(), st.binary(min_size=16, max_size=40), st.binary(), st.binary(min_size=16, max_size=40))
def test_only_the_same_ballot_and_salt_open_a_commitment(
    ballot: bytes, salt: bytes, other: bytes, pepper: bytes
) -> None:
    committed = commitment(ballot, salt)
    assert check(committed, ballot, salt)
    assert check(committed.upper(), ballot, salt)
    assert check(committed, other, pepper) == ((ballot, salt) == (other, pepper))


def test_commitment_is_the_published_text_hashed() -> None:
    text = b"summitry ballot 1\n000102030405060708090a0b0c0d0e0f\n{}"
    assert commitment(b"{}", SALT) == hashlib.sha256(text).hexdigest()
    if shutil.which("sha256sum"):
        said = subprocess.run(["sha256sum"], input=text, capture_output=True, check=True).stdout
        assert said.split()[0].decode() == commitment(b"{}", SALT)


def test_short_salt_is_refused_and_opens_nothing() -> None:
    with pytest.raises(ValueError, match="15 bytes"):
        commitment(b"{}", SALT[:15])
    assert not check("00", b"{}", SALT[:15])
    assert not check("é", b"{}", SALT)


def test_reveal_names_who_opened_who_is_missing_and_who_changed() -> None:
    committed = {1: commitment(b"a", SALT), 2: commitment(b"b", SALT), 3: commitment(b"c", SALT)}
    shown = {1: (b"a", SALT), 2: (b"B", SALT), 4: (b"d", SALT)}
    assert reveal(committed, shown) == Opening(opened=(1,), missing=(3,), false=(2, 4))


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": [1, None], "a": "乌镇"}) == '{"a":"乌镇","b":[1,null]}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))
