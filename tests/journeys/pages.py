"""The site under test and the page kinds that every visual check walks over."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

EDITION = "rivertown-2026"


class Site(NamedTuple):
    """The running server, the links that the demo printed (to sign in by role; "page" and "assistant" for a speaker's page),
    and its log, where mail is printed too.
    """

    base: str
    links: dict[str, str]
    log: Path

    def url(self, path: str = "", lang: str = "en") -> str:
        """Return the address of a page under the demo edition."""
        return f"{self.base}/{lang}/{EDITION}/{path}"

    def console(self, path: str = "", lang: str = "en") -> str:
        """Return the address of a page of the demo edition's console."""
        return f"{self.base}/{lang}/console/{EDITION}/{path}"


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
# Kinds of pages in the console: an address under it, or where a link to such a page stands ("@kind" or an address) and
# what that link looks like. Lists are narrowed to a few rows: what many rows look like, one row shows.
CONSOLE: dict[str, str | tuple[str, str]] = {
    "readiness": "",
    "team": "team/",
    "deadlines": "deadlines/",
    "webhooks": "webhooks/",
    "palette": "find/?q=water",
    "forums": "programme/forums/?state=signed",
    "forum-new": "programme/forums/new/",
    "forum": ("programme/forums/?state=submitted", r"programme/forums/[\w-]+/edit/"),
    "institutions": ("@forum", r"programme/forums/[\w-]+/institutions/"),
    "session-new": ("@forum", r"programme/forums/[\w-]+/sessions/new/"),
    "sessions": "programme/sessions/?q=water",
    "session": ("programme/sessions/", r"programme/sessions/[\w-]+/edit/"),
    "session-people": ("@session", r"programme/sessions/[\w-]+/people/"),
    "contribution-new": ("@session", r"programme/sessions/[\w-]+/contributions/new/"),
    "contributions": "programme/contributions/?q=water",
    "contribution": ("programme/contributions/", r"programme/contributions/\d+/edit/"),
    "contribution-people": ("@contribution", r"programme/contributions/\d+/people/"),
    "changes": "programme/sessions/~changes/",
    "filters": "programme/sessions/~filters/?query=placed%3Dno",
    "nothing-matches": "programme/speakers/?q=nobodyiscalledthis",
    "speakers": "programme/speakers/?q=water",
    "speaker": ("programme/speakers/", r"programme/speakers/\d+/"),
    "import": "programme/import/",
    "files-of-the-day": "programme/materials/?room=silk",
    "session-files": ("programme/materials/", r"programme/materials/sessions/[\w-]+/"),
    "outbox": "mail/outbox/",
    "mail-new": "mail/new/",
    "mailing": ("mail/outbox/?state=sent", r"mail/\d+/"),
    "mailing-draft": ("mail/outbox/?state=draft", r"mail/\d+/"),
    "audience": ("@mailing-draft", r"mail/\d+/audience/"),
    "mail-text": ("@mailing-draft", r"mail/\d+/text/"),
    "mailing-scheduled": ("mail/outbox/?state=scheduled", r"mail/\d+/"),
    "preview": ("@mailing-scheduled", r"mail/\d+/preview/"),
    "letters": "mail/letters/?state=open",
    "letter": ("mail/letters/", r"mail/letters/\d+/"),
    "notices": "mail/notices/",
    "notice": ("mail/notices/", r"mail/notices/[\w-]+/"),
    "addresses": "mail/addresses/",
    "translation": "translation/",
    "texts": "translation/texts/?lang=ar&state=stale",
    "text": ("translation/texts/?lang=ar", r"translation/texts/[\w.:-]+/ar/"),
    "assignments": "translation/assignments/",
    "assignment": ("translation/assignments/", r"translation/assignments/\d+/"),
    "terms": "translation/terms/?q=net",
    "term": ("translation/terms/", r"translation/terms/(?!new|import|terms)[\w-]+/"),
    "term-new": "translation/terms/new/",
    "terms-import": "translation/terms/import/",
    "translation-files": "translation/files/",
    "run": "run/?state=now",
    "cue-sheet": ("run/", r"run/sessions/[\w-]+/"),
    "cue-sheet-printed": ("@cue-sheet", r"run/sessions/[\w-]+/print/"),
    "live": ("@cue-sheet", r"run/sessions/[\w-]+/live/"),
    "cue-new": ("@cue-sheet", r"run/sessions/[\w-]+/cues/new/"),
    "cue": ("@cue-sheet", r"run/cues/\d+/edit/"),
    "interpretation": "run/interpretation/?day=all&show=faults",
    "propose": "run/interpretation/propose/?day=all",
    "booths": "run/interpretation/booths/",
    "booth": ("run/interpretation/", r"run/interpretation/sessions/[\w-]+/[\w-]+/"),
    "undertaking": "run/interpretation/undertaking/",
    "interpreters": "run/interpretation/interpreters/?undertaking=no",
    "interpreter": ("run/interpretation/interpreters/", r"run/interpretation/interpreters/\d+/"),
    "interpreter-days": ("@interpreter", r"run/interpretation/interpreters/\d+/days/"),
    "interpreter-new": "run/interpretation/interpreters/new/",
    "turns": "run/interpretation/turns/?q=lotus",
    "guests": "guests/list/?q=wang",
    "guest": ("guests/list/?state=confirmed", r"guests/\d+/"),
    "guest-answers": ("@guest", r"guests/\d+/answers/"),
    "invitations": "guests/invitations/?state=sent",
    "invitation-new": "guests/invitations/new/",
    "guest-import": "guests/import/",
    "delegations": "guests/delegations/?q=an",
    "delegation": ("guests/delegations/", r"guests/delegations/(?!new)[\w-]+/"),
    "delegation-new": "guests/delegations/new/",
    "nominate": ("@delegation", r"guests/delegations/[\w-]+/nominate/"),
    "applications": "guests/decisions/",
    "application": ("guests/decisions/", r"guests/decisions/\d+/"),
    "screening": "guests/screening/",
    "screening-list": ("guests/screening/", r"guests/screening/\d+/"),
    "visa-letters": "guests/visa-letters/",
    "categories": "guests/categories/",
    "category": ("guests/categories/", r"guests/categories/(?!new|defaults)[\w-]+/"),
    "category-form": ("@category", r"guests/categories/[\w-]+/form/"),
    "questions": "guests/questions/",
    "question": ("guests/questions/", r"guests/questions/(?!new)[\w-]+/"),
    "purposes": "guests/purposes/",
    "badges": "gates/badges/?q=li",
    "badge": ("gates/badges/", r"gates/badges/guests/\d+/"),
    "badge-print": "gates/badges/print/",
    "badge-layouts": "gates/badges/layouts/",
    "badge-layout": ("gates/badges/layouts/", r"gates/badges/layouts/\d+/"),
    "pickup": "gates/badges/pickup/",
    "zones": "gates/",
    "zone": ("gates/", r"gates/zones/\d+/"),
    "zone-new": "gates/zones/new/",
    "gate": ("gates/", r"gates/points/\d+/"),
    "rule": ("gates/", r"gates/rules/\d+/"),
    "devices": "gates/devices/",
    "device": ("gates/devices/", r"gates/devices/\d+/"),
    "incidents": "gates/incidents/",
    "incident": ("gates/incidents/", r"gates/incidents/\d+/"),
    "scans": "gates/scans/?q=wang",
    "figures": "gates/figures/",
    "closing-figures": "figures/",
    "reception": "protocol/people/?q=an",
    "received": ("protocol/people/", r"protocol/people/\d+/"),
    "precedence-lists": "protocol/precedence/",
    "precedence": ("protocol/precedence/", r"protocol/precedence/[\w-]+/"),
    "seating": "protocol/seating/",
    "seating-plan": ("protocol/seating/", r"protocol/seating/[\w-]+/"),
    "name-plates": ("@seating-plan", r"protocol/seating/[\w-]+/plates/"),
    "flags": "protocol/flags/",
    "arrivals": "protocol/arrivals/",
    "arrivals-table": "protocol/arrivals/table/",
    "journey": ("protocol/arrivals/", r"protocol/journeys/\d+/"),
    "rides": "protocol/transfers/",
    "hotels": "protocol/hotels/",
    "meals": "protocol/meals/",
    "health-step": "protocol/health/",
}
BY_ROLE: dict[str, dict[str, str | tuple[str, str]]] = {
    "director": CONSOLE,
    "interpreter": {"my-turns": "run/mine/", "pack": ("run/mine/", r"run/mine/sessions/[\w-]+/")},
    "accreditation": {"visa-waiting": "guests/visa-letters/issue/"},
    "data_protection": {"data-protection": "guests/data-protection/"},
}
"""What the director does not see, or sees otherwise, by the role that does."""
LANGUAGES = ("en", "zh-hans", "ar")
WIDTHS = (1440, 390)
