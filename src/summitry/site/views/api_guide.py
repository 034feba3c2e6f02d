"""The API as a page for people: every operation, generated from the same description that programs read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """List all operations, by room."""
    from summitry.site.api import api  # noqa: PLC0415 - heavy: see config.api_door

    schema: dict[str, Any] = dict(api.get_openapi_schema())
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, verbs in schema["paths"].items():
        for verb, operation in verbs.items():
            row = {"verb": verb.upper(), "path": path, "summary": operation["summary"], **_texts(operation)}
            groups.setdefault(operation["tags"][0], []).append(row)
    return render(request, "site/api_guide.html", {"groups": groups, "title": schema["info"]["title"]})


def _texts(operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"
    ]
    return {"description": operation.get("description", ""), "parameters": parameters}
