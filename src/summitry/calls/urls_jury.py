"""Addresses of eligibility, jurors and conflicts."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import conflicts, eligibility, jury, mine, rules
from summitry.calls.views.juror_import import JurorImport, import_problems
from summitry.editions.views.importing import import_urls

console: list[URLPattern] = [
    *import_urls(JurorImport, at="~import-jurors/"),
    path("~import-jurors/problems/", import_problems, name="import_jurors_problems"),
    path("<slug:call>/eligibility/", eligibility.queue, name="eligibility"),
    path("<slug:call>/eligibility/<int:number>/", eligibility.entry, name="eligibility_entry"),
    path("<slug:call>/eligibility/rules/", rules.rules, name="eligibility_rules"),
    path("<slug:call>/eligibility/rules/new/", rules.rule, name="rule_new"),
    path("<slug:call>/eligibility/rules/<slug:slug>/", rules.rule, name="rule"),
    path("<slug:call>/jury/", jury.jury, name="jury"),
    path("<slug:call>/jury/new/", jury.juror_new, name="juror_new"),
    path("<slug:call>/jury/balance/", jury.balance, name="jury_balance"),
    path("<slug:call>/jury/panels/new/", jury.panel, name="jury_panel_new"),
    path("<slug:call>/jury/panels/<int:pk>/", jury.panel, name="jury_panel"),
    path("<slug:call>/jury/<int:pk>/", jury.juror, name="juror"),
    path("<slug:call>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("<slug:call>/conflicts/new/", conflicts.conflict_new, name="conflict_new"),
    path("<slug:call>/conflicts/groups/", conflicts.groups, name="conflict_groups"),
    path("<slug:call>/mine/", mine.own, name="mine"),
    path("<slug:call>/mine/entries/", mine.entries, name="mine_entries"),
    path("<slug:call>/mine/entries/<int:number>/conflict/", mine.conflict, name="mine_conflict"),
]
by_link: list[URLPattern] = []
public: list[URLPattern] = []
