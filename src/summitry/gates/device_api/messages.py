"""Requests of devices and the answers to them, and how both are written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.gates.queries.rows import clean, moment_of

JSON_TYPE = "application/json; charset=utf-8"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a device asks: `operation` is the path below the root."""

    method: str
    operation: str
    query: Mapping[str, str] = field(default_factory=dict)
    authorization: str = ""
    languages: str = ""
    etag: str = ""
    body: bytes = b""

    @property
    def is_scan(self) -> bool:
        """Whether these are scans, which are taken in together with others that come at the same time."""
        return self.operation == "scans" and self.method == "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device gets."""

    status: int
    body: bytes = b""
    media_type: str = JSON_TYPE
    etag: str = ""
    cache: str = "no-store"

    @property
    def headers(self) -> list[tuple[str, str]]:
        """What stands before the body."""
        tag = [("etag", self.etag)] if self.etag else []
        return [
            ("content-type", self.media_type),
            ("content-length", str(len(self.body))),
            ("cache-control", self.cache),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'"),
            *tag,
        ]


def ok(told: Mapping[str, Any], status: int = HTTPStatus.OK) -> Answer:
    """Return an answer in JSON."""
    return Answer(status, encoded(told))


def problem(error: SummitryError) -> Answer:
    """Return a problem report (RFC 9457)."""
    body: dict[str, Any] = {
        "type": f"urn:summitry:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": str(error),
    }
    if isinstance(error, InvalidInput) and error.fields:
        body["errors"] = error.fields
    return Answer(error.status, encoded(body), PROBLEM)


def trouble() -> Answer:
    """Return the answer where something is wrong with us; whoever gets it asks again."""
    body = {
        "type": "urn:summitry:500",
        "title": HTTPStatus.INTERNAL_SERVER_ERROR.phrase,
        "status": 500,
        "detail": _("Something went wrong here. Please send it again."),
    }
    return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, encoded(body), PROBLEM)


def encoded(told: Mapping[str, Any]) -> bytes:
    """Return JSON as it is sent."""
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


def sent_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object that a body is. Raises InvalidInput for anything else."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise InvalidInput(_("The request is not valid."))
    return sent


def text_of(sent: Mapping[str, Any], name: str, longest: int) -> str:
    """Return a text that was sent, or nothing."""
    value = sent.get(name)
    return clean(value)[:longest] if isinstance(value, str) else ""


def number_of(sent: Mapping[str, Any], name: str, most: int) -> int:
    """Return a number that was sent, or 0."""
    value = sent.get(name)
    return value if type(value) is int and 0 <= value <= most else 0


def skew_of(sent: Mapping[str, Any], now: dt.datetime) -> int:
    """Return by how many milliseconds the sender's clock is ahead of ours."""
    sent_at = moment_of(sent.get("sent_at"))
    return round((sent_at - now).total_seconds() * 1000) if sent_at else 0


def language_of(accepted: str) -> str:
    """Return the language of ours that an `Accept-Language` asks for first."""
    for code, _quality in parse_accept_lang_header(accepted[:200].lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return "en"
