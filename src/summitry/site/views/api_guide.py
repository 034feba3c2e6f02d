"""The API as a page for people: every operation, generated from the same description that programs read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from ninja import NinjaAPI


@require_safe
def api_guide(request: HttpRequest, load_api: Callable[[], NinjaAPI]) -> HttpResponse:
    """List all operations of the API that `load_api` returns, by room."""
    schema: dict[str, Any] = dict(load_api().get_openapi_schema(path_prefix="/api/v1/"))
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
