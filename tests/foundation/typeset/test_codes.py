import io

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from summitry.foundation import typeset
from summitry.foundation.typeset.codes import square_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _read(codes: list[str]) -> list[str]:
    files = {f"c{place}.svg": square_code(code).encode() for place, code in enumerate(codes)}
    data = {"lines": [{"lang": "en", "text": "", "picture": name} for name in files]}
    page = Image.open(io.BytesIO(typeset.png("foundation/specimen.typ", data, files=files)[0]))
    return [found.text for found in zxingcpp.read_barcodes(page)]


@settings(max_examples=3, deadline=None)
@given(st.lists(st.text(ALPHABET, min_size=16, max_size=16), min_size=3, max_size=3, unique=True))
def test_codes_are_read_back_from_the_page(codes: list[str]) -> None:
    assert sorted(_read(codes)) == sorted(codes)


def test_a_token_takes_the_smallest_code() -> None:
    assert 'viewBox="0 0 29 29"' in square_code("AB23CD45EF67GH89")
    assert _read(["https://summit.example/zh-hans/check/Ab-3"]) == [
        "https://summit.example/zh-hans/check/Ab-3"
    ]
