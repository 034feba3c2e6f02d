"""Addresses that are loaded at the first request for one of them, or for the first link to one.

The console has most of the addresses, and its views take memory that a process need not hold which only serves the
public. Each language would keep a table of all those addresses, too.
"""

from __future__ import annotations

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class LateResolver(URLResolver):
    """Addresses with a namespace, in a module that is imported when one of them is looked for."""

    def _populate(self) -> None:
        """Add nothing to the names that lists above it know: names in a namespace are looked for in there."""


def late(route: str, module: str, namespace: str) -> URLResolver:
    """Return what `path(route, include((urlpatterns of module, namespace)))` does; the module is imported later."""
    pattern = RoutePattern(route, is_endpoint=False)
    return LateResolver(pattern, module, app_name=namespace, namespace=namespace)
