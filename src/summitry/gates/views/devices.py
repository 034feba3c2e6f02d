"""The address of what devices ask, for servers and tests that do not come through `device_door`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from summitry.gates.device_api import LARGEST_BODY, Answer, Asked, answer


@csrf_exempt
def devices(request: HttpRequest, operation: str) -> HttpResponse:
    """Answer a device; a key in a header identifies it, and no cookie."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:12]) > LARGEST_BODY:
        return _response(Answer(413))
    asked = Asked(
        method=request.method or "GET",
        operation=operation,
        query=request.GET.dict(),
        authorization=request.headers.get("Authorization", ""),
        languages=request.headers.get("Accept-Language", ""),
        etag=request.headers.get("If-None-Match", ""),
        body=request.body,
    )
    return _response(answer(asked))


def _response(given: Answer) -> HttpResponse:
    return HttpResponse(given.body, status=given.status, headers=dict(given.headers))
