"""All addresses and API operations of the project, found in its URL conf and its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from summitry.site.api import api

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


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, above: frozenset[str]) -> Iterator[Route]:
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


def body_of(method: str, path: str) -> Any:
    """Return a body that the operation's schema accepts, with nothing in it but what is required; None where it takes none."""
    schema = _schema()
    asked = schema["paths"][path][method.lower()].get("requestBody")
    content = asked["content"].get("application/json") if asked else None
    return _sample(content["schema"], schema["components"]["schemas"]) if content else None


@cache
def _schema() -> Mapping[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def _sample(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        return _sample(known[schema["$ref"].rpartition("/")[2]], known)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    for choice in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        return _sample(choice, known)
    if schema.get("type") == "object":
        needed = schema.get("required", ())
        return {name: _sample(schema["properties"][name], known) for name in needed}
    if schema.get("format") == "date-time":
        return "2026-11-09T09:00:00+08:00"
    return {"array": [], "integer": 1, "number": 1, "boolean": False}.get(schema.get("type", ""), "en")


def operations() -> set[tuple[str, str]]:
    """Return every operation of the API, as method and path."""
    paths = _schema()["paths"]
    return {(method.upper(), path) for path, methods in paths.items() for method in methods}
