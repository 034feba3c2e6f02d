"""All addresses and API operations of the project, found in its URL conf and its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

OTHERS = ("account_", "mfa_", "api-")
"""Routes of libraries, which have tests of their own: sign-in and second factors, and the API's frame."""


@dataclass(frozen=True, slots=True)
class Route:
    """A named address and what its pattern asks for."""

    name: str
    arguments: frozenset[str]


def routes() -> list[Route]:
    """Return every route of ours, by name; a route without a name is an error."""
    patterns = _walk(get_resolver().url_patterns, "", frozenset())
    return sorted((route for route in patterns if not _is_foreign(route.name)), key=lambda route: route.name)


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, above: frozenset[str]
) -> Iterator[Route]:
    for pattern in patterns:
        regex = getattr(pattern.pattern, "regex", None)
        names = above | frozenset(regex.groupindex) if regex is not None else above
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, names)
        else:
            yield Route(f"{namespace}{pattern.name or ''}", names)


def _is_foreign(name: str) -> bool:
    return name.startswith(OTHERS)
