"""The root addresses. Each room names what it answers, in three lists: public (under an edition), console, and bare."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from summitry.editions import urls as editions
from summitry.foundation import urls as foundation
from summitry.insight import urls as insight
from summitry.live import urls as live
from summitry.mailing import urls as mailing
from summitry.programme import urls as programme
from summitry.site import urls as site
from summitry.translation import urls as translation

urlpatterns = [
    path("", include((site.bare, "bare"))),
    path("", include((foundation.bare, "files"))),
    path("", include((programme.bare, "programme_bare"))),
    path("", include((mailing.bare, "mail"))),
    *i18n_patterns(
        path("", include((site.everywhere, "site"))),
        path("account/", include("summitry.foundation.account_urls")),
        path("console/progress/", include((foundation.everywhere, "progress"))),
        path("record/", include((insight.public, "insight"))),
        path("speak/", include((programme.by_link, "speaking"))),
        path("console/<edition:edition>/programme/", include((programme.console, "programme_console"))),
        path("console/<edition:edition>/", include((editions.console, "editions"))),
        path("console/<edition:edition>/mail/", include((mailing.console, "mailing"))),
        path("console/<edition:edition>/translation/", include((translation.console, "translation"))),
        path("console/<edition:edition>/run/", include((live.console, "live"))),
        path("console/<edition:edition>/", include((site.edition_console, "site_console"))),
        path("<edition:edition>/", include((site.public, "home"))),
        path("<edition:edition>/", include((programme.public, "programme"))),
        prefix_default_language=True,
    ),
]
