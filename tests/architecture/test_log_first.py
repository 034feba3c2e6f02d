"""Every transaction that writes to the audit log waits for the log before it touches a row.

One order of locks for all: on PostgreSQL two who took them in two orders would wait for each other, and one would be
refused. The check reads the code, and follows the calls inside each `transaction.atomic()` block through our modules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, Module, modules

ASKS = {"summitry.foundation.audit.record", "summitry.foundation.audit.recording"}
# Restoring an archive writes the log's own rows as they were; nobody else works on a data set that is being restored.
ALONE = {"src/summitry/config/cli/archive.py"}


def _dotted(module: Module) -> str:
    parts = module.path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def _names(tree: ast.Module, dotted: str) -> dict[str, str]:
    """What the names of a module stand for: its own functions, and what it imports from our other modules."""
    names = {node.name: f"{dotted}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("summitry"):
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def _called(block: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """The functions of ours that are called somewhere in `block`."""
    for node in ast.walk(block):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in names:
                yield names[name]
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)) if name in names:
                yield f"{names[name]}.{attribute}"


def _recorders() -> set[str]:
    """The functions that write to the log, themselves or by what they call."""
    leads_to: dict[str, set[str]] = {}
    for module in modules():
        tree, dotted = module.tree, _dotted(module)
        names = _names(tree, dotted)
        leads_to.update({f"{dotted}.{name}": {target} for name, target in names.items()})  # what it hands on
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                leads_to[f"{dotted}.{node.name}"] = set(_called(node, names))
    found = set(ASKS)
    while more := {name for name, targets in leads_to.items() if targets & found} - found:
        found |= more
    return found


def _transactions(tree: ast.Module) -> Iterator[ast.With]:
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and any(
            ast.unparse(item.context_expr).startswith("transaction.atomic(") for item in node.items
        ):
            yield node


def test_whoever_records_waits_for_the_log_first() -> None:
    recorders = _recorders()
    assert len(recorders) > 500  # the check would find nothing if it lost its way
    wrong = []
    for module in modules():
        tree = module.tree
        names = _names(tree, _dotted(module))
        wrong += [
            f"{module.name}:{block.lineno} writes to the log: open it with audit.recording()"
            for block in _transactions(tree)
            if module.name not in ALONE and recorders & set(_called(block, names))
        ]
    assert wrong == []
