"""Portraits of nobody: drawn heads and shoulders, in the tones that people have, as small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 300, 400
BACKGROUNDS = ("#dfe6ee", "#e9e4dc", "#dde8e2", "#e8e0e8")
SKINS = ("#f3d3bd", "#e0ac88", "#c58c62", "#a56b45", "#7c4d2f", "#f7dcc8")
HAIRS = ("#1d1b1a", "#3c2a20", "#6b4a32", "#8d8a86", "#c9c6c2")
CLOTHES = ("#23364f", "#4a2f3b", "#2f4a3c", "#3a3a44", "#5b4b32", "#2c5560", "#6a3d3d")


def portraits(count: int) -> Sequence[bytes]:
    """Return so many different portraits as PNG; the same ones every time."""
    return [_drawn(number) for number in range(count)]


def _drawn(number: int) -> bytes:
    skin, hair = SKINS[number % len(SKINS)], HAIRS[number * 3 % len(HAIRS)]
    picture = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUNDS[number % len(BACKGROUNDS)])
    draw = ImageDraw.Draw(picture)
    middle, face = WIDTH // 2, 62 + number % 5 * 3
    if number % 3 == 1:  # long hair lies behind the shoulders
        draw.rounded_rectangle((middle - face - 16, 100, middle + face + 16, 320), 60, fill=hair)
    draw.ellipse((middle - 130, 285, middle + 130, 620), fill=CLOTHES[number % len(CLOTHES)])
    draw.rounded_rectangle((middle - 30, 225, middle + 30, 315), 24, fill=skin)
    draw.polygon(((middle - 34, 300), (middle + 34, 300), (middle, 360)), fill="#f4f4f2")
    draw.ellipse((middle - face - 6, 84, middle + face + 6, 240), fill=hair)
    draw.ellipse((middle - face, 104 + number % 4 * 6, middle + face, 270), fill=skin)
    out = BytesIO()
    picture.quantize(32).save(out, "PNG")
    return out.getvalue()
