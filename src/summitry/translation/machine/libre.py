"""A LibreTranslate-compatible service: one POST of JSON with all texts, one list of translations back."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from summitry.translation.errors import MachineFailed

TIMEOUT = 60
LARGEST_ANSWER = 8_000_000
_CODES = {"zh-hans": "zh", "zh-hant": "zt", "pt-br": "pb"}


class LibreTranslate:
    """Talks to the one address that the operator has set, never to one that an answer names: it follows no redirects."""

    name = "LibreTranslate"

    def __init__(self, url: str, key: str = "") -> None:
        self._url = urlsplit(url)
        self._key = key

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, terms: Mapping[str, str]
    ) -> list[str]:
        """Translate; this kind of service takes no terms, so the workbench checks for them afterwards."""
        question = {"q": list(texts), "source": _code(source), "target": _code(target), "format": "text"}
        if self._key:
            question["api_key"] = self._key
        answer = self._ask(json.dumps(question).encode())
        words = answer.get("translatedText") if isinstance(answer, dict) else None
        if isinstance(words, str) and len(texts) == 1:
            words = [words]
        if (
            not isinstance(words, list)
            or len(words) != len(texts)
            or not all(isinstance(w, str) for w in words)
        ):
            raise MachineFailed(reason=_("not one translation for each text"))
        return [str(word) for word in words]

    def _ask(self, body: bytes) -> Any:
        connection = self._connection()
        path = self._url.path.rstrip("/") + ("" if self._url.path.endswith("/translate") else "/translate")
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            data = response.read(LARGEST_ANSWER + 1)
        except (OSError, http.client.HTTPException) as error:
            raise MachineFailed(reason=type(error).__name__) from error
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise MachineFailed(reason=f"HTTP {response.status}")
        if len(data) > LARGEST_ANSWER:
            raise MachineFailed(reason=_("too large an answer"))
        try:
            return json.loads(data)
        except ValueError as error:
            raise MachineFailed(reason=_("no JSON")) from error

    def _connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._url.scheme == "https" else http.client.HTTPConnection
        return kind(self._url.hostname or "", self._url.port, timeout=TIMEOUT)


def _code(lang: str) -> str:
    return _CODES.get(lang, lang.split("-", maxsplit=1)[0])
