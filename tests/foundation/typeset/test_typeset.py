import io
import time
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from summitry.foundation import typeset
from summitry.foundation.typeset import FontsMissing, TypesettingFailed, TypesettingTookTooLong
from summitry.foundation.typeset.codes import square_code

NAMES = {
    "en": "Ángela Núñez-Öztürk",
    "ru": "Сергей Ефремов",
    "ar": "محمد الجابر",
    "zh": "李晓明 喆",
    "th": "สมชาย ใจดี",
    "hi": "राजेश कुमार",
}
SPECIMEN = "foundation/specimen.typ"


def _lines(*texts: tuple[str, str]) -> dict[str, object]:
    return {"lines": [{"lang": lang, "text": text} for lang, text in texts]}


def test_pdf_sets_six_scripts_with_embedded_fonts() -> None:
    page = PdfReader(io.BytesIO(typeset.pdf(SPECIMEN, _lines(*NAMES.items())))).pages[0]
    text = page.extract_text()
    assert [name for name in ("Ángela Núñez-Öztürk", "Сергей Ефремов", "李晓明 喆") if name not in text] == []
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {
        "NotoSans-Regular",
        "NotoSansArabic-Regular",
        "NotoSansHans-Regular-Identity-H",
        "NotoSansThai-Regular",
    }


def test_arabic_is_joined_and_measured() -> None:
    joined, apart = typeset.facts(
        SPECIMEN, _lines(("ar", "محمد"), ("ar", "م\u200cح\u200cم\u200cد")), label="width"
    )
    assert abs(joined["width"] - apart["width"]) > 0.5


def test_what_was_typed_is_never_markup() -> None:
    hostile = '#read("/data.json") $x$ *bold* \\ <a> @b `c` " ] #panic()'
    text = PdfReader(io.BytesIO(typeset.pdf(SPECIMEN, _lines(("en", hostile))))).pages[0].extract_text()
    assert "".join(text.split()) == "".join(hostile.split())


def test_png_shows_a_picture_that_was_handed_over(tmp_path: Path) -> None:
    code = square_code("AB23CD45EF67GH89")
    path = tmp_path / "x.svg"
    path.write_text(code)
    data = {"lines": [{"lang": "en", "text": "x", "picture": "code.svg"}]}
    (shown,) = typeset.png(SPECIMEN, data, files={"code.svg": path})
    assert typeset.png(SPECIMEN, data, files={"code.svg": code.encode()}) == [shown]
    assert Image.open(io.BytesIO(shown)).convert("L").getextrema() == (0, 255)


@pytest.mark.parametrize("name", ["../x.svg", "X.svg", "x.typ", "a/b.svg", ""])
def test_a_picture_needs_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="is no name for a picture"):
        typeset.pdf(SPECIMEN, _lines(), files={name: b""})


def test_a_faulty_document_is_refused_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TypesettingFailed):
        typeset.pdf(SPECIMEN, {"lines": [{"lang": "en", "text": "x", "picture": "none.svg"}]})
    assert "foundation/specimen.typ could not be set: file not found" in caplog.text


def test_a_document_is_given_up_after_its_time() -> None:
    begun = time.monotonic()
    with pytest.raises(TypesettingTookTooLong):
        typeset.pdf(SPECIMEN, _lines(("en", "x")), seconds=0.001)
    assert time.monotonic() - begun < 30


def test_without_fonts_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "FONTS", tmp_path)
    with pytest.raises(FontsMissing, match="run “make assets”"):
        typeset.pdf(SPECIMEN, _lines())
