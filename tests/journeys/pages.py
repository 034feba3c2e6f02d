"""The site under test and the page kinds that every visual check walks over."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

EDITION = "rivertown-2026"


class Site(NamedTuple):
    """The running server, the sign-in links that the demo printed, by role, and its log, where mail is printed too."""

    base: str
    links: dict[str, str]
    log: Path

    def url(self, path: str = "", lang: str = "en") -> str:
        """Return the address of a page under the demo edition."""
        return f"{self.base}/{lang}/{EDITION}/{path}"


PUBLIC = {
    "home": "",
    "timetable": "programme/",
    "list": "programme/?view=list",
    "now": "programme/?view=now",
    "agenda": "programme/?view=agenda",
    "changes": "programme/changes/",
    "forums": "forums/",
    "speakers": "speakers/",
    "search": "search/?q=water",
    "export": "programme/export/",
}
EVERYWHERE = {
    "record": "record/",
    "edition-record": "record/wuzhen-2021/",
    "sign-in": "account/login/",
}
LANGUAGES = ("en", "zh-hans", "ar")
WIDTHS = (1440, 390)
