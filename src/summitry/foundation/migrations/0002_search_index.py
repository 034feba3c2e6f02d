"""The full-text index, in each database's own form."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE foundation_search_fts USING fts5(tokens, tokenize='unicode61 remove_diacritics 0', detail=full)"
    ),
    "postgresql": (
        "CREATE INDEX foundation_search_tokens ON foundation_searchdocument USING gin (to_tsvector('simple', tokens))"
    ),
}
DROP = {
    "sqlite": "DROP TABLE foundation_search_fts",
    "postgresql": "DROP INDEX foundation_search_tokens",
}


def create(apps: Any, editor: Any) -> None:
    """Create the index of this database."""
    editor.execute(CREATE[editor.connection.vendor])


def drop(apps: Any, editor: Any) -> None:
    """Remove it again."""
    editor.execute(DROP[editor.connection.vendor])


class Migration(migrations.Migration):
    """Adds the search index."""

    dependencies: ClassVar = [("foundation", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(create, drop)]
