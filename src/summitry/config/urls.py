"""The root addresses. Each room names what it answers in lists: public (under an edition), console, and others.

What only those who work on a summit or have a link of their own ask for is loaded late, when somebody does.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from summitry.editions.addresses import EditionSlug
from summitry.foundation import urls as foundation
from summitry.foundation.web.late import late
from summitry.insight import urls as insight
from summitry.programme import urls as programme
from summitry.site import urls as site

register_converter(EditionSlug, "edition")

CONSOLE = "summitry.config.console_urls"
CONSOLES = (
    ("console/progress/", "progress", "progress"),
    ("console/<edition:edition>/programme/", "programme", "programme_console"),
    ("console/<edition:edition>/calls/", "calls", "calls"),
    ("console/<edition:edition>/", "editions", "editions"),
    ("console/<edition:edition>/mail/", "mailing", "mailing"),
    ("console/<edition:edition>/translation/", "translation", "translation"),
    ("console/<edition:edition>/run/", "live", "live"),
    ("console/<edition:edition>/guests/", "guests", "guests"),
    ("console/<edition:edition>/gates/", "gates", "gates"),
    ("console/<edition:edition>/figures/", "insight", "insight_console"),
    ("console/<edition:edition>/protocol/", "protocol", "protocol"),
    ("console/<edition:edition>/", "site", "site_console"),
)

urlpatterns = [
    path("", include((site.bare, "bare"))),
    path("", include((foundation.bare, "files"))),
    path("", include((programme.bare, "programme_bare"))),
    late("mail/", "summitry.mailing.urls.by_link", "mail"),
    *i18n_patterns(
        path("", include((site.everywhere, "site"))),
        path("account/", include("summitry.foundation.account_urls")),
        path("record/", include((insight.public, "insight"))),
        late("speak/", "summitry.programme.urls_speaking.by_link", "speaking"),
        late("guest/", "summitry.guests.urls.by_link", "guest"),
        late("guest/", "summitry.gates.urls_badges.by_link", "badge"),
        late("guest/", "summitry.protocol.urls.by_link", "care"),
        late("guest/", "summitry.site.urls_attending.by_link", "attending"),
        late("entry/", "summitry.calls.urls.by_link", "entry"),
        late("gate/", "summitry.gates.urls_desk.by_device", "desk"),
        *(late(route, f"{CONSOLE}.{room}", namespace) for route, room, namespace in CONSOLES),
        path("<edition:edition>/", include((site.public, "home"))),
        path("<edition:edition>/", include((programme.public, "programme"))),
        late("<edition:edition>/", "summitry.guests.urls.public", "guests_public"),
        late("<edition:edition>/calls/", "summitry.calls.urls.public", "calls_public"),
        prefix_default_language=True,
    ),
]
