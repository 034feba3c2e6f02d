"""The line from a relay to the server."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from summitry.foundation.errors import SummitryError
from summitry.gates.device_api.messages import Answer

ROOT = "/api/v1/gates/"
SECONDS = 15
UNAVAILABLE = 503


class NoUpstream(Exception):
    """The server does not answer."""


class Upstream:
    """Asks the server what devices ask. Redirects are not followed: keys go to the one address that was given.

    `is_up` is whether the latest question was answered.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SummitryError(f"{address} is no address of a server. Write it as https://summit.example.")
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.address = address
        self.is_up = False
        self._host, self._port = parts.hostname, parts.port

    def ask(
        self, method: str, operation: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the server's answer. Raises NoUpstream where there is none that could be its own."""
        try:
            answer = self._asked(method, operation, body, headers or {})
        except NoUpstream:
            self.is_up = False
            raise
        self.is_up = True
        return answer

    def _asked(self, method: str, operation: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = self._kind(self._host, self._port, timeout=SECONDS)
        try:
            connection.request(
                method, ROOT + operation, body or None, {"accept": "application/json", **headers}
            )
            response = connection.getresponse()
            media_type = response.headers.get("content-type", "")
            answer = Answer(response.status, response.read(), media_type, response.headers.get("etag") or "")
        except (OSError, http.client.HTTPException) as error:
            raise NoUpstream from error
        finally:
            connection.close()
        if not media_type.startswith(("application/json", "application/problem+json", "image/")):
            raise NoUpstream
        return answer

    def told(self, method: str, operation: str, sent: object = None, *, device: str) -> tuple[int, Any]:
        """Ask as a device (`<id>.<key>`) and return status and content."""
        headers = {"authorization": f"Device {device}", "content-type": "application/json"}
        body = b"" if sent is None else json.dumps(sent, ensure_ascii=False).encode()
        answer = self.ask(method, operation, body, headers)
        try:
            return answer.status, json.loads(answer.body)
        except ValueError as error:
            raise NoUpstream from error
