"""Refusals as pages: an error of ours becomes the right status and a sentence, never an error trace."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from summitry.foundation.errors import PermissionRefused, SummitryError
from summitry.foundation.web.actor import actor_of

_TEMPLATES = {403: "403.html", 404: "404.html"}


class RefusalMiddleware:
    """Answers with the page of the error's status; a visitor who is not signed in is asked to do so first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a SummitryError into its page; leave all other exceptions alone."""
        if not isinstance(exception, SummitryError):
            return None
        if (
            isinstance(exception, PermissionRefused)
            and not actor_of(request).is_signed_in
            and request.method == "GET"
        ):
            return redirect_to_login(request.get_full_path())
        template = _TEMPLATES.get(exception.status, "400.html")
        return render(request, template, {"reason": str(exception)}, status=exception.status)
