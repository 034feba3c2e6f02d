"""Addresses of entries, from draft to frozen."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.lists.entries import ENTRIES
from summitry.calls.views import entering, entries, entry, entry_door, entry_team
from summitry.calls.views.entry_import import EntryImport, import_problems
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.importing import import_urls
from summitry.foundation.lists import list_urls

ONE = "<slug:call>/entries/"
console: list[URLPattern] = [
    *list_urls(ENTRIES, edition_of, at="~entries/"),
    path(ONE, entries.entries_of, name="entries_of"),
    path(f"{ONE}new/", entries.new, name="entry_new"),
    path(f"{ONE}<int:number>/", entries.entry, name="entry"),
    path(f"{ONE}<int:number>/file/<str:sha256>/", entries.entry_file, name="entry_file"),
    path("<slug:call>/nominations/", entries.nominations, name="nominations"),
    *import_urls(EntryImport, at="~import/"),
    path("~import/problems/", import_problems, name="import_problems"),
]
by_link: list[URLPattern] = [
    path("member/<str:secret>/", entry_team.member, name="member"),
    path("<str:secret>/", entry.page, name="page"),
    path("<str:secret>/fill/", entry.fill, name="fill"),
    path("<str:secret>/autosave/", entry.autosave, name="autosave"),
    path("<str:secret>/submit/", entry.submit, name="submit"),
    path("<str:secret>/reopen/", entry.reopen, name="reopen"),
    path("<str:secret>/withdraw/", entry.withdraw, name="withdraw"),
    path("<str:secret>/receipt/", entry.receipt, name="receipt"),
    path("<str:secret>/file/<slug:slug>/", entry.file, name="file"),
    path("<str:secret>/again/", entry_door.send_again, name="again"),
    path("<str:secret>/team/", entry_team.add, name="add_member"),
    path("<str:secret>/team/<int:pk>/", entry_team.change, name="change_member"),
    path("<str:secret>/relations/", entry_team.declare, name="declare"),
    path("<str:secret>/relations/<int:pk>/", entry_team.take_back, name="take_back"),
]
public: list[URLPattern] = [
    path("<slug:call>/enter/", entering.begin, name="begin"),
    path("<slug:call>/nominate/", entering.nominating, name="nominate"),
]
