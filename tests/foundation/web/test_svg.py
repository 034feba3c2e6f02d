import pytest

from summitry.foundation.web.svg import Drawing, UnsafeDrawingError, clean

OPEN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 3 2">'
)


def test_clean_keeps_shapes_and_reports_the_ratio() -> None:
    assert clean(OPEN + b'<path fill="red" d="M0 0h3v2z"/></svg>') == Drawing(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path fill="red" d="M0 0h3v2z" /></svg>',
        3.0,
        2.0,
    )


def test_clean_turns_styles_and_classes_into_attributes() -> None:
    source = (
        OPEN + b"<style>.a{stroke:#000;x:1}</style><path class='a' style='fill:red;-inkscape-y:2'/></svg>"
    )
    assert clean(source).content == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path stroke="#000" fill="red" /></svg>'
    )


def test_clean_drops_leftovers_of_editors() -> None:
    source = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:editor" i:zoom="2" width="300" height="200">'
        b"<metadata>by</metadata><i:view/><!-- note --><g i:layer='1'> <circle r='1'/> </g></svg>"
    )
    assert clean(source) == Drawing(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><g><circle r="1" /></g></svg>',
        300.0,
        200.0,
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<script>1</script>", "element <script>"),
        (b"<foreignObject/>", "element <foreignObject>"),
        (b"<image href='#a'/>", "element <image>"),
        (b"<path onclick='x'/>", "attribute onclick"),
        (b"<use href='other.svg#a'/>", "reference to other.svg#a"),
        (b"<use xlink:href='data:image/svg+xml,x'/>", "reference to data:image/svg+xml,x"),
        (b"<path fill='url(http://a.example/)'/>", "reference in fill: url(http://a.example/)"),
        (b"<path style='fill:url(//a.example)'/>", "reference in fill: url(//a.example)"),
    ],
)
def test_clean_refuses_what_can_run_or_load(body: bytes, reason: str) -> None:
    with pytest.raises(UnsafeDrawingError) as error:
        clean(OPEN + body + b"</svg>")
    assert str(error.value) == reason


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"not xml",
        b"<html/>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 2"/>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2">&a;</svg>',
    ],
)
def test_clean_refuses_what_is_not_a_plain_drawing(source: bytes) -> None:
    with pytest.raises(UnsafeDrawingError):
        clean(source)
