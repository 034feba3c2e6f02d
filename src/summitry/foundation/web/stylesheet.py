"""Builds the one stylesheet of Summitry out of its small source files.

A source file belongs to the cascade layer that its name starts with: `pages-home.css` fills the layer `pages`. The
builder wraps each file in its layer, so the sources carry no wrapper of their own; comments and spare whitespace go.
The `geometry` layer is generated: finite position classes, because the strict content policy allows no inline styles.

Run `python -m summitry.foundation.web.stylesheet` to write `summitry.css` beside its sources.
"""

import re
import sys
from pathlib import Path

LAYERS = ("reset", "tokens", "base", "layout", "components", "pages", "geometry", "utilities")
OUTPUT_NAME = "summitry.css"
SOURCE_DIR = Path(__file__).resolve().parent.parent / "static" / "summitry" / "css"

DAY_COLUMNS = 288  # five-minute columns in 24 hours
MAX_ROWS = 60

_COMMENT = re.compile(r"""(?P<string>"[^"]*"|'[^']*')|/\*.*?\*/""", re.DOTALL)
_SPACE = re.compile(r"""(?P<string>"[^"]*"|'[^']*')|\s*(?P<mark>[{};,])\s*|\s+""")


class StylesheetError(Exception):
    """The sources do not form a stylesheet: a file belongs to no layer."""


def build_stylesheet(source_dir: Path = SOURCE_DIR) -> str:
    """The whole stylesheet as text; the same sources always give the same text."""
    by_layer = _sources_by_layer(source_dir)
    parts = [f"@layer {','.join(LAYERS)};"]
    for layer in LAYERS:
        if layer == "geometry":
            parts.append(f"@layer geometry{{{geometry_rules()}}}")
        parts += [f"@layer {layer}{{{minify(path.read_text(encoding='utf-8'))}}}" for path in by_layer[layer]]
    return "\n".join(parts) + "\n"


def write_stylesheet(source_dir: Path = SOURCE_DIR, target: Path | None = None) -> Path:
    """Build and write the stylesheet (by default beside its sources), touching the file only when its text changed."""
    target = target or source_dir / OUTPUT_NAME
    text = build_stylesheet(source_dir)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return target


def geometry_rules() -> str:
    """Finite classes: c-N column, u-N columns spanned, r-N row, v-N rows spanned, hours-N axis length, p-N per cent."""
    families = (
        ("c", "c", range(DAY_COLUMNS)),
        ("u", "u", range(1, DAY_COLUMNS + 1)),
        ("r", "r", range(MAX_ROWS)),
        ("v", "v", range(2, 13)),
        ("p", "p", range(101)),
    )
    rules = [f".{name}-{n}{{--{prop}:{n}}}" for name, prop, numbers in families for n in numbers]
    rules += [f".hours-{hours}{{--n:{hours * 12}}}" for hours in range(1, 25)]
    return "".join(rules)


def minify(css: str) -> str:
    """Drop comments and whitespace that no browser needs; strings stay as they are."""
    without_comments = _COMMENT.sub(lambda match: match["string"] or " ", css)
    tight = _SPACE.sub(lambda match: match["string"] or match["mark"] or " ", without_comments)
    return tight.replace(";}", "}").strip()


def _sources_by_layer(source_dir: Path) -> dict[str, list[Path]]:
    by_layer: dict[str, list[Path]] = {layer: [] for layer in LAYERS}
    for path in sorted(source_dir.glob("*.css")):
        if path.name == OUTPUT_NAME:
            continue
        layer = path.stem.partition("-")[0]
        if layer not in by_layer:
            reason = f"{path.name}: the file name must start with one of the layers {', '.join(LAYERS)}"
            raise StylesheetError(reason)
        by_layer[layer].append(path)
    return by_layer


if __name__ == "__main__":
    sys.stdout.write(f"{write_stylesheet()}\n")
