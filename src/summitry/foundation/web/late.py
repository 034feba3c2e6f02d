"""Addresses that are loaded at the first request for one of them, or for the first link to one.

The console has most of the addresses. Its views take memory that a process need not hold which only serves the public,
and so does the table of all their names that each language keeps.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property
from django.utils.module_loading import import_string


class LateResolver(URLResolver):
    """Addresses with a namespace, in a list that is imported when one of them is looked for."""

    @cached_property
    def url_patterns(self) -> list[URLPattern | URLResolver]:
        found: list[URLPattern | URLResolver] = import_string(str(self.urlconf_name))
        return found

    def _populate(self) -> None:
        """Add nothing to the names that the lists above know: a name in a namespace is looked for in there."""


def late(route: str, patterns: str, namespace: str) -> URLResolver:
    """Return what `path(route, include((patterns, namespace)))` does, with the list's import path in its place."""
    pattern = RoutePattern(route, is_endpoint=False)
    return LateResolver(pattern, patterns, app_name=namespace, namespace=namespace)
