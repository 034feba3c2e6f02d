"""Builds the stylesheet of the public pages, and the console's beside it, out of their small source files.

A source file belongs to the cascade layer that its name starts with: `pages-home.css` fills the layer `pages`. The
builder wraps each file in its layer, so the sources carry no wrapper of their own; comments and spare whitespace go.
What starts with `console` fills the layer `pages` as well, but goes into a file that only the console's pages load.
The `geometry` layer is generated: finite position classes, because the strict content policy allows no inline styles.

Run `python -m summitry.foundation.web.stylesheet` to write both beside their sources.
"""

import re
import sys
from pathlib import Path

LAYERS = ("reset", "tokens", "base", "layout", "components", "pages", "geometry", "utilities")
OUTPUT_NAME = "summitry.css"
CONSOLE_NAME = "console.css"
CONSOLE = "console"
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


def build_console_stylesheet(source_dir: Path = SOURCE_DIR) -> str:
    """What the console's pages need beyond `build_stylesheet`, as text."""
    sources = sorted(source_dir.glob(f"{CONSOLE}-*.css"))
    return "".join(f"@layer pages{{{minify(path.read_text(encoding='utf-8'))}}}\n" for path in sources)


def write_stylesheets(source_dir: Path = SOURCE_DIR, target_dir: Path | None = None) -> list[Path]:
    """Write both (by default beside their sources); return those files whose text changed, the others stay untouched."""
    target_dir = target_dir or source_dir
    target_dir.mkdir(parents=True, exist_ok=True)
    texts = {OUTPUT_NAME: build_stylesheet(source_dir), CONSOLE_NAME: build_console_stylesheet(source_dir)}
    written = []
    for name, text in texts.items():
        target = target_dir / name
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            written.append(target)
    return written


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
        layer = path.stem.partition("-")[0]
        if path.name == OUTPUT_NAME or layer == CONSOLE:
            continue
        if layer not in by_layer:
            reason = f"{path.name}: the file name must start with one of the layers {', '.join(LAYERS)}"
            raise StylesheetError(reason)
        by_layer[layer].append(path)
    return by_layer


if __name__ == "__main__":
    sys.stdout.write("".join(f"{path}\n" for path in write_stylesheets()))
