"""For machines: is this installation well, and what may crawlers read."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.foundation.jobs import job_health


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers and jobs are not late, else 503; says which."""
    try:
        connection.ensure_connection()
        jobs = job_health().state if settings.EMBEDDED_JOBS else "elsewhere"
        database = "ok"
    except DatabaseError:
        jobs, database = "unknown", "unreachable"
    well = database == "ok" and jobs in {"ok", "elsewhere"}
    return JsonResponse({"database": database, "jobs": jobs}, status=200 if well else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of accounts, console and private files."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{code}/{part}/" for code, _n in settings.LANGUAGES for part in _PRIVATE),
    ]
    return HttpResponse("\n".join([*lines, "Disallow: /files/", ""]), content_type="text/plain")


_PRIVATE = ("account", "console", "my", "sign-in")
