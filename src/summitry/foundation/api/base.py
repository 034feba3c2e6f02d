"""The API class: errors as problem reports (RFC 9457), an entity tag on every answer to GET (RFC 9110 §8.8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from summitry.foundation.errors import InvalidInput, SummitryError

PROBLEM = "application/problem+json"


def problem(status: int, detail: str, *, code: str = "", errors: Any = None) -> HttpResponse:
    """Return a problem report. `type` is a stable name under `urn:summitry:`, `detail` a sentence for people."""
    body: dict[str, Any] = {
        "type": f"urn:summitry:{code or status}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


class SummitryAPI(NinjaAPI):
    """The root of `/api/v1`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
            SummitryError: self._refused,
            AuthenticationError: self._not_authenticated,
            ValidationError: self._invalid,
            HttpError: self._http_error,
            Http404: self._missing,
        }
        for kind, handler in handlers.items():
            self.add_exception_handler(kind, handler)

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response = super().create_response(request, data, **options)
        if request.method != "GET" or response.status_code != HTTPStatus.OK:
            return response
        etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        if request.headers.get("If-None-Match") == etag:
            response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        return response

    @staticmethod
    def _refused(request: HttpRequest, error: SummitryError) -> HttpResponse:
        errors = error.fields if isinstance(error, InvalidInput) else None
        return problem(error.status, str(error), code=error.code, errors=errors)

    @staticmethod
    def _not_authenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(
            401, _("A valid token is needed: “Authorization: Bearer …”."), code="not-authenticated"
        )
        response["WWW-Authenticate"] = "Bearer"
        return response

    @staticmethod
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"where": list(map(str, item["loc"])), "message": item["msg"]} for item in error.errors]
        return problem(422, _("The request is not valid."), code="invalid-input", errors=errors)

    @staticmethod
    def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, error.message)

    @staticmethod
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, _("This does not exist, or you may not see it."), code="not-found")
