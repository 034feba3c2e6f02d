"""The index: FTS5 on SQLite, a GIN index over `to_tsvector('simple', …)` on PostgreSQL; the same tokens in both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from summitry.foundation.models import SearchDocument
from summitry.foundation.search.fold import is_prefix_token, pinyin_tokens, query_phrases, tokens

MAX_QUERY = 200
_BODY_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One findable text: what it is, in which language, where it is shown, and what may be found in it."""

    kind: str
    object_id: int
    lang: str
    title: str
    path: str
    body: str = ""
    summary: str = ""
    edition_id: int | None = None
    rank: int = 5
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One hit, in the best language for the reader."""

    kind: str
    object_id: int
    lang: str
    title: str
    summary: str
    path: str


def replace_documents(
    kind: str, object_ids: Iterable[int], rows: Sequence[IndexRow], *, edition_id: int | None = None
) -> None:
    """Make `rows` all that can be found of these objects of `kind` (in one edition only, where that is given).

    Part of the caller's transaction.
    """
    with transaction.atomic():
        old = SearchDocument.objects.filter(kind=kind, object_id__in=list(object_ids))
        if edition_id is not None:
            old = old.filter(edition_id=edition_id)
        _unindex(old)
        old.delete()
        documents = SearchDocument.objects.bulk_create([_document(row) for row in rows], batch_size=500)
        _index(documents)


def search(
    query: str,
    *,
    lang: str,
    chain: Sequence[str] = (),
    edition_id: int | None = None,
    kind: str = "",
    public: bool = True,
) -> list[Found]:
    """Return what matches all words of `query`, best first, each object once, in `lang` where it has it.

    Words match from their beginning; Chinese, Japanese and Korean by characters in sequence; Latin words also as
    pinyin. An empty query finds nothing. At most 200 documents are looked at.
    """
    wanted = query_phrases(query[:MAX_QUERY])
    if not wanted:
        return []
    documents = SearchDocument.objects.filter(pk__in=_matching_ids(wanted, edition_id))
    if public:
        documents = documents.filter(is_public=True)
    if kind:
        documents = documents.filter(kind=kind)
    ordered = sorted(documents, key=lambda doc: (not _in_title(doc, wanted), doc.rank, doc.title_tokens))
    found = list(dict.fromkeys((document.kind, document.object_id) for document in ordered))
    shown = _in_readers_language(found, (lang, *chain), edition_id)
    return [Found(d.kind, d.object_id, d.lang, d.title, d.summary, d.path) for d in shown]


def _in_readers_language(
    found: Sequence[tuple[str, int]], languages: Sequence[str], edition_id: int | None
) -> list[SearchDocument]:
    """Return a document for each object, in the reader's language whatever the language of the words that matched."""
    rows = SearchDocument.objects.filter(object_id__in={object_id for _kind, object_id in found})
    if edition_id is not None:
        rows = rows.filter(Q(edition_id=edition_id) | Q(edition_id=None))
    preference = {code: place for place, code in enumerate(dict.fromkeys(languages))}
    best: dict[tuple[str, int], SearchDocument] = {}
    for document in sorted(rows, key=lambda doc: (preference.get(doc.lang, len(preference)), doc.lang)):
        best.setdefault((document.kind, document.object_id), document)
    return [best[key] for key in found]


def rebuild() -> None:
    """Index all stored documents again (after a restore)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM foundation_search_fts")
            cursor.execute(
                "INSERT INTO foundation_search_fts (rowid, tokens) SELECT id, tokens FROM foundation_searchdocument"
            )


def suggest_kinds(found: Iterable[Found]) -> dict[str, int]:
    """Return how many hits there are of each kind, for the filter beside the results."""
    counts: dict[str, int] = {}
    for hit in found:
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
    return counts


def _document(row: IndexRow) -> SearchDocument:
    title = [*tokens(row.title), *pinyin_tokens(row.title)]
    body = row.body[:_BODY_LIMIT]
    return SearchDocument(
        kind=row.kind,
        object_id=row.object_id,
        edition_id=row.edition_id,
        lang=row.lang,
        title=row.title[:400],
        summary=row.summary,
        path=row.path,
        title_tokens=" ".join(title),
        tokens=" ".join([*title, "zzbreak", *tokens(body), "zzbreak", *pinyin_tokens(body)]),
        rank=row.rank,
        is_public=row.is_public,
    )


def _index(documents: Sequence[SearchDocument]) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL indexes the column by itself
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO foundation_search_fts (rowid, tokens) VALUES (%s, %s)",
            [(document.pk, document.tokens) for document in documents],
        )


def _unindex(documents: QuerySet[SearchDocument]) -> None:
    if connection.vendor != "sqlite":
        return
    ids = list(documents.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM foundation_search_fts WHERE rowid = %s", [(pk,) for pk in ids])


def _matching_ids(wanted: list[list[tuple[str, ...]]], edition_id: int | None, limit: int = 200) -> list[int]:
    if connection.vendor == "postgresql":
        match = " & ".join("(" + " | ".join(map(_tsquery_phrase, group)) + ")" for group in wanted)
        condition = "to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
        source = "foundation_searchdocument"
    else:
        match = " AND ".join("(" + " OR ".join(map(_fts5_phrase, group)) + ")" for group in wanted)
        condition = "foundation_search_fts MATCH %s"
        source = (
            "foundation_search_fts JOIN foundation_searchdocument"
            " ON foundation_searchdocument.id = foundation_search_fts.rowid"
        )
    parameters: list[str | int] = [match]
    if edition_id is not None:
        condition += " AND (edition_id = %s OR edition_id IS NULL)"
        parameters.append(edition_id)
    statement = (
        f"SELECT foundation_searchdocument.id FROM {source} WHERE {condition} ORDER BY rank LIMIT {limit}"  # noqa: S608 - no user text
        if connection.vendor == "postgresql"
        else f"SELECT foundation_searchdocument.id FROM {source} WHERE {condition}"  # noqa: S608 - no user text
        f" ORDER BY foundation_searchdocument.rank LIMIT {limit}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def _fts5_phrase(phrase: tuple[str, ...]) -> str:
    prefix = "*" if is_prefix_token(phrase[-1]) else ""
    return '"' + " ".join(phrase) + '"' + prefix


def _tsquery_phrase(phrase: tuple[str, ...]) -> str:
    last = phrase[-1] + (":*" if is_prefix_token(phrase[-1]) else "")
    return " <-> ".join([*phrase[:-1], last])


def _in_title(document: SearchDocument, wanted: list[list[tuple[str, ...]]]) -> bool:
    haystack = f" {document.title_tokens} "
    return all(any(f" {' '.join(phrase)}" in haystack for phrase in group) for group in wanted)
