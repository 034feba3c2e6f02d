import ast
import re
import statistics

import pytest

from tests.architecture.source import PACKAGE, Module, modules, templates, tracked

LONGEST_MODULE = 350
LONGEST_FUNCTION = 35
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "core", "lib", "shared"}
DATA = ("/content/", "_data.py")
WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "aupdate_or_create",
}


def _is_data(module: Module) -> bool:
    return any(folder in module.name for folder in DATA)


def test_every_package_says_what_it_is_for() -> None:
    packages = {path.parent for path in tracked() if path.suffix == ".py" and path.is_relative_to(PACKAGE)}
    silent = []
    for package in packages:
        if package.name in {"migrations", "templatetags"}:
            continue
        opening = package / "__init__.py"
        docstring = ast.get_docstring(ast.parse(opening.read_text())) if opening.exists() else None
        if not docstring or len(docstring) < 20:
            silent.append(package.relative_to(PACKAGE).as_posix())
    assert sorted(silent) == []


def test_no_module_is_a_junk_drawer() -> None:
    assert [
        module.name for module in modules() if JUNK_DRAWERS & set(module.path.with_suffix("").parts)
    ] == []


def test_modules_stay_within_reading_length() -> None:
    lengths = {module.name: len(module.text.splitlines()) for module in modules() if not _is_data(module)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_stay_short_as_a_rule() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    lengths = [
        (node.end_lineno or 0) - node.body[0].lineno + 1
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, functions)
    ]
    assert statistics.quantiles(lengths, n=20)[-1] <= LONGEST_FUNCTION


def test_doors_never_write_through_the_orm() -> None:
    writes = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.is_door
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert writes == []


def test_nothing_hides_behind_model_signals_or_strings() -> None:
    pattern = re.compile(r"django\.db\.models\.signals|get_model\([\"']")
    assert [module.name for module in modules() if pattern.search(module.text)] == []


def test_every_exception_from_the_linter_states_its_reason() -> None:
    bare = [
        f"{module.name}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), 1)
        if "# noqa" in line and not re.search(r"# noqa: [A-Z0-9, ]+(?: --? |\()\S", line)
    ]
    assert bare == []


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX)\b")
    assert [module.name for module in modules() if words.search(module.text)] == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"\s(?:style|on(?!e=|ce=|ly=)[a-z]+)\s*=", "the content policy forbids inline style and handlers"),
        (
            r"<script(?![^>]*\s(?:src|type=\"(?:application/(?:ld\+)?json|importmap|speculationrules)\"))",
            "inline scripts",
        ),
        (r"(?:src|href)=\"(?:https?:)?//", "nothing is loaded from other machines"),
    ],
)
def test_templates_keep_to_the_content_policy(pattern: str, reason: str) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {match[0].strip()}"
        for path in templates()
        for match in re.finditer(pattern, path.read_text(), re.IGNORECASE)
    ]
    assert found == [], reason


def test_no_comment_of_a_template_goes_on_to_a_second_line() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "{#" in re.sub(r"\{#.*?#\}", "", line)
    ]
    assert found == [], "Django takes such a comment for text and shows it to the reader"


def test_no_date_of_a_moment_is_shown_without_the_clock_that_it_goes_by() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"(_at|\.at|_until|\.due)\|fdate", line)
    ]
    assert found == [], "write moment|timezone:edition.zone|fdate: the server's date is nobody's"
