"""Full-text search that finds two-character Chinese words, folds accents and knows pinyin, on both databases.

Rooms describe what can be found (`SearchSource`); this package folds, indexes and finds. It ranks by where the words
stand (title before text) and by kind, not by statistics: on a programme of hundreds that is what readers expect.
"""

from summitry.foundation.search.fold import fold, query_phrases, tokens
from summitry.foundation.search.index import Found, IndexRow, replace_documents, search, suggest_kinds

__all__ = [
    "Found",
    "IndexRow",
    "fold",
    "query_phrases",
    "replace_documents",
    "search",
    "suggest_kinds",
    "tokens",
]
