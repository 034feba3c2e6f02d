"""The door to `/api/v1`: its addresses are a list of their own, loaded at the first request for one of them.

Operations and their schemas take 12 MB, which a process that only serves pages need not hold.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

ROOT = "/api/v1/"


class ApiDoorMiddleware:
    """Answers requests for the API from its own list of addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(ROOT):
            request.urlconf = "summitry.config.api_urls"
        return self.get_response(request)
