"""The house rules of the stylesheet, checked on its sources, and the weight of what the browser gets."""

import graphlib
import gzip
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from summitry.foundation.web.stylesheet import (
    CONSOLE_NAME,
    LAYERS,
    OUTPUT_NAME,
    SOURCE_DIR,
    StylesheetError,
    build_console_stylesheet,
    build_stylesheet,
    geometry_rules,
    minify,
    write_stylesheets,
)

STATIC = SOURCE_DIR.parent
TEMPLATES = STATIC.parents[1] / "templates"
SOURCES = sorted(path for path in SOURCE_DIR.glob("*.css") if path.name not in (OUTPUT_NAME, CONSOLE_NAME))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(")
NAMED_COLOUR = re.compile(r":[^;]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow|teal|silver)\b")
SIZE = re.compile(r"(?<![\w.#-])\d*\.?\d+(?:px|rem|pt|mm|cm|in|s|ms)\b")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|(?:left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)
TEXT_PAIRS = (
    ("ink", "bg"), ("ink", "surface"), ("ink", "sunken"), ("ink-2", "bg"), ("ink-2", "surface"), ("ink-2", "sunken"),
    ("jade", "bg"), ("jade", "surface"), ("jade", "jade-soft"), ("on-jade", "jade"), ("on-jade", "jade-strong"),
    ("ink", "now-soft"), ("ink-2", "now-soft"), ("seal", "now-soft"), ("jade", "now-soft"), ("ink", "jade-soft"),
    ("seal", "bg"), ("seal", "surface"), ("seal", "seal-soft"), ("on-seal", "seal"), ("ink", "seal-soft"),
    ("amber", "amber-soft"), ("ink", "amber-soft"), ("deep-ink", "deep"), ("deep-ink-2", "deep"),
    ("deep-ink", "deep-2"), ("deep-ink-2", "deep-2"), ("deep-accent", "deep"), ("on-deep-accent", "deep-accent"),
)  # fmt: skip
BORDER_PAIRS = (
    ("edge", "bg"), ("edge", "surface"), ("jade", "bg"), ("deep-line", "deep"),
    *((f"topic-{n}", ground) for n in range(1, 9) for ground in ("bg", "surface", "now-soft")),
)  # fmt: skip


def _layer(path: Path) -> str:
    return path.stem.partition("-")[0]


def _code(path: Path) -> str:
    """The source without comments, strings and the conditions of at-rules, with its lines kept."""
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text(), flags=re.DOTALL)
    return re.sub(r'"[^"]*"|@[^{;]*(?=\{)', '""', text)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_code(path).splitlines(), 1):
        yield f"{path.name}:{number}", line


def _findings(pattern: re.Pattern[str], *free_layers: str) -> list[str]:
    paths = [path for path in SOURCES if _layer(path) not in free_layers]
    return [
        f"{place} {found[0]}"
        for path in paths
        for place, line in _lines(path)
        for found in [pattern.search(line)]
        if found
    ]


def _tokens(scheme: int) -> dict[str, str]:
    text = (SOURCE_DIR / "tokens.css").read_text()
    plain = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", text))
    both = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", text)
    return plain | {name: values[scheme] for name, *values in both}


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_stylesheet_declares_its_layers_in_order() -> None:
    css = build_stylesheet()
    assert css.startswith("@layer reset,tokens,base,layout,components,pages,geometry,utilities;\n")
    used = [line.split("{")[0].removeprefix("@layer ") for line in css.splitlines()[1:]]
    assert list(dict.fromkeys(used)) == list(LAYERS)


def test_stylesheet_weighs_at_most_20_kilobytes() -> None:
    assert len(gzip.compress(build_stylesheet().encode(), 9)) <= 20_000


def test_colours_come_from_tokens() -> None:
    assert _findings(COLOUR, "tokens") + _findings(NAMED_COLOUR, "tokens") == []


def test_sizes_come_from_tokens() -> None:
    allowed = {"utilities-print.css"}  # paper is measured in millimetres
    assert [finding for finding in _findings(SIZE, "tokens") if finding.split(":")[0] not in allowed] == []


def test_directions_are_logical() -> None:
    assert _findings(PHYSICAL) == []


def test_important_stays_in_utilities() -> None:
    assert _findings(re.compile("!important"), "utilities") == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_rules_nest_at_most_three_deep(path: Path) -> None:
    depths = itertools.accumulate({"{": 1, "}": -1}.get(char, 0) for char in _code(path))
    assert max(depths) <= 3


def test_components_have_at_most_40_lines() -> None:
    long = {}
    for path in SOURCES:
        if _layer(path) not in {"components", "pages"}:
            continue
        for name, body in re.findall(r"/\* == (.*?) \*/\n(.*?)(?=/\* == |\Z)", path.read_text(), re.DOTALL):
            if len(body.strip().splitlines()) > 40:
                long[f"{path.name} {name}"] = len(body.strip().splitlines())
    assert long == {}


def test_braces_are_balanced() -> None:
    css = build_stylesheet()
    assert css.count("{") == css.count("}")


def test_used_tokens_exist() -> None:
    css = build_stylesheet()
    used = set(re.findall(r"var\(--([\w-]+)\)", css))
    assert used - set(re.findall(r"--([\w-]+):", css)) == set()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_contrast_is_at_least_four_and_a_half(scheme: int) -> None:
    tokens = _tokens(scheme)
    weak = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_border_contrast_is_at_least_three(scheme: int) -> None:
    tokens = _tokens(scheme)
    weak = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in BORDER_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_geometry_covers_a_whole_day() -> None:
    classes = set(re.findall(r"\.([\w-]+)\{", geometry_rules()))
    assert {
        "c-0",
        "c-287",
        "u-1",
        "u-288",
        "r-0",
        "r-59",
        "v-2",
        "v-12",
        "p-0",
        "p-100",
        "hours-1",
        "hours-24",
    } <= classes
    assert "c-288" not in classes


def test_minify_keeps_strings_and_drops_comments() -> None:
    assert (
        minify('a { /* no */ content: "a  {;, b" ; }\n\nb , c{ color : red; }')
        == 'a{content: "a  {;, b"}b,c{color : red}'
    )


def test_build_refuses_a_file_of_no_layer(tmp_path: Path) -> None:
    (tmp_path / "buttons.css").write_text("a{}")
    with pytest.raises(StylesheetError, match=r"buttons\.css"):
        build_stylesheet(tmp_path)


def test_build_is_deterministic_and_writes_only_changes(tmp_path: Path) -> None:
    (tmp_path / "base.css").write_text("a { b: c }")
    (tmp_path / "console-board.css").write_text("d { e: f }")
    sheet, console = write_stylesheets(tmp_path)

    assert (sheet.read_text(), console.read_text()) == (
        build_stylesheet(tmp_path),
        build_console_stylesheet(tmp_path),
    )
    assert ("d{e: f}" in sheet.read_text(), console.read_text()) == (False, "@layer pages{d{e: f}}\n")
    assert write_stylesheets(tmp_path) == []


def test_console_stylesheet_weighs_at_most_12_kilobytes() -> None:
    assert len(gzip.compress(build_console_stylesheet().encode(), 9)) <= 12_000


def test_icons_asked_for_exist_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "sprite.svg").read_text()))
    pattern = re.compile(r"""(?:{% icon |\bicon(?:_name)?=)["']([\w-]+)["']""")
    rooms = TEMPLATES.parents[1]
    files = [*rooms.glob("*/templates/**/*.html"), *rooms.glob("*/**/*.py")]
    asked = {name for path in files for name in pattern.findall(path.read_text())}
    assert asked - drawn == set()


def test_own_drawings_carry_no_script_and_no_style() -> None:
    for path in sorted((STATIC / "img").glob("*.svg")):
        assert not re.search(r"<script|<style|style=|\son\w+=|href=", path.read_text()), path.name


def test_templates_carry_no_inline_style_and_no_handlers() -> None:
    pattern = re.compile(
        r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")"
    )
    # A mail is no page of ours: its frame has to bring its own few rules.
    pages = (path for path in TEMPLATES.rglob("*.html") if path.parent.name != "mail")
    assert [path.name for path in pages if pattern.search(path.read_text())] == []


def test_scripts_of_the_timetable_page_weigh_at_most_10_kilobytes() -> None:
    weights = [
        len(gzip.compress((STATIC / "js" / name).read_bytes(), 9))
        for name in ("site.js", "stars.js", "timetable.js")
    ]
    assert sum(weights) <= 10_000


def test_scripts_are_checked_import_only_their_neighbours_and_write_no_markup() -> None:
    for path in sorted((STATIC / "js").glob("*.js")):
        text = path.read_text()
        assert text.startswith("// @ts-check\n"), path.name
        # Imports are rewritten to the names with hashes (see foundation.web.hashed); only these forms are understood.
        imports = re.findall(r"^import .*$", text, re.MULTILINE)
        named = [re.fullmatch(r'import \{[^}]+\} from "\./([a-z-]+\.js)";', line) for line in imports]
        assert all(match and (path.parent / match[1]).is_file() for match in named), path.name
        assert not re.search(r"\bimport\(", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)), path.name
        assert not re.search(r"\beval\(|innerHTML|insertAdjacentHTML|setAttribute\([\"']style", text), (
            path.name
        )


def test_scripts_import_each_other_in_no_circle() -> None:
    """Not even a type in a comment: names with hashes follow each mention of `import("./…")`."""
    mention = re.compile(r'(?:from |import\()"\./([a-z-]+\.js)"')
    scripts = {path.name: path.read_text() for path in (STATIC / "js").glob("*.js")}
    order = graphlib.TopologicalSorter({name: mention.findall(text) for name, text in scripts.items()})
    assert set(order.static_order()) == set(scripts)


def test_templates_of_the_design_system_compile() -> None:
    own = [
        TEMPLATES / "base.html",
        TEMPLATES / "console_base.html",
        *sorted((TEMPLATES / "components").glob("*.html")),
    ]
    for path in own:
        get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_render_without_any_context(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert html.startswith("<!doctype html>")
    assert '<html lang="en" dir="ltr">' in html
    assert html.count("<h1>") == 1


def test_style_guide_shows_every_component_of_the_components_layer() -> None:
    html = render_to_string("components/styleguide.html")
    shown = {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
    assert {
        "button",
        "card",
        "chip",
        "live",
        "topic",
        "notice",
        "empty",
        "progress",
        "person",
        "figure",
    } <= shown
    assert {
        "tt-cell",
        "joinline",
        "chart",
        "conflict",
        "steps",
        "readiness",
        "tile",
        "table",
        "diff",
        "log",
    } <= shown
