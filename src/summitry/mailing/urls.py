"""Addresses of this room: `console` in an edition's console, `by_link` under `/mail/`, without a language."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.mailing.views import addresses, compose, letters, lists, mailing, notices, preview, unsubscribe

by_link: list[URLPattern] = [
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
console: list[URLPattern] = [
    path("", RedirectView.as_view(pattern_name="mailing:outbox"), name="mail"),
    *list_urls(lists.OUTBOX, edition_of),
    *list_urls(lists.LETTERS, edition_of),
    path("letters/<int:letter>/", letters.letter, name="letter"),
    path("letters/<int:letter>/frame/", letters.letter_frame, name="letter_frame"),
    path("letters/<int:letter>/resend/", letters.resend, name="resend"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<slug:key>/", notices.notice, name="notice"),
    path("addresses/", addresses.addresses, name="addresses"),
    path("new/", compose.new, name="new"),
    path("<int:mailing>/", mailing.mailing, name="mailing"),
    path("<int:mailing>/audience/", compose.audience, name="audience"),
    path("<int:mailing>/text/", compose.text, name="text"),
    path("<int:mailing>/preview/", preview.preview, name="preview"),
    path("<int:mailing>/preview/frame/", preview.preview_frame, name="preview_frame"),
    path("<int:mailing>/test/", preview.test, name="test"),
    re_path(rf"^(?P<mailing>\d+)/(?P<verb>{'|'.join(mailing.VERBS)})/$", mailing.step, name="step"),
]
