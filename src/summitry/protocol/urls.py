"""Addresses of this room's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.protocol.lists.people import PEOPLE
from summitry.protocol.lists.stays import STAYS
from summitry.protocol.lists.travel import JOURNEYS, TRANSFERS
from summitry.protocol.views import (
    arrivals,
    arrivals_table,
    flags,
    meals,
    own_health,
    people,
    precedence,
    printing,
    seating,
    stays,
    travel,
)

LISTS = (PEOPLE, JOURNEYS, TRANSFERS, STAYS)

console: list[URLPattern] = [
    path("precedence/", precedence.lists, name="precedence_lists"),
    path("precedence/<slug:slug>/", precedence.precedence, name="precedence"),
    path("precedence/<slug:slug>/edit/", precedence.precedence_edit, name="precedence_edit"),
    path("precedence/<slug:slug>/propose/", precedence.propose, name="propose_order"),
    path("precedence/<slug:slug>/versions/", precedence.versions, name="precedence_versions"),
    path("seating/", seating.plans, name="seating"),
    path("seating/<slug:slug>/", seating.seating, name="seating_plan"),
    path("seating/<slug:slug>/tables/", seating.tables, name="seating_tables"),
    path("seating/<slug:slug>/rules/", seating.rules, name="seating_rules"),
    path("seating/<slug:slug>/propose/", seating.propose, name="seating_propose"),
    path("seating/<slug:slug>/plates/", printing.plates, name="seating_plates"),
    path("seating/<slug:slug>/plates.pdf", printing.plates_pdf, name="seating_plates_pdf"),
    path("flags/", flags.flags, name="flags"),
    path("flags/sheet/", flags.flag_sheet, name="flag_sheet"),
    *(url for spec in LISTS for url in list_urls(spec, edition_of)),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/desk/", people.deskword, name="deskword"),
    path("people/<int:pk>/greeting/", people.greeting, name="greeting"),
    path("people/<int:pk>/diet/", people.diet, name="diet"),
    path("people/<int:pk>/health/", people.health_result, name="health_result"),
    path("people/<int:guest>/journey/", travel.journey_new, name="journey_new"),
    path("people/<int:guest>/stay/", stays.stay_new, name="stay_new"),
    path("arrivals/", arrivals.board, name="arrivals"),
    path("arrivals/table/", arrivals_table.table, name="arrivals_table"),
    path("journeys/<int:pk>/", travel.journey, name="journey"),
    path("transfers/new/", travel.transfer_new, name="transfer_new"),
    path("transfers/<int:pk>/", travel.transfer, name="transfer"),
    path("fleet/", travel.fleet, name="fleet"),
    path("stays/<int:pk>/", stays.stay, name="stay"),
    path("hotels/", stays.hotels, name="hotels"),
    path("hotels/<int:pk>/", stays.allotment, name="allotment"),
    path("meals/", meals.meals, name="meals"),
    path("meals/<int:pk>/", meals.meal, name="meal"),
    path("health/", meals.health, name="health"),
]
"""Under an edition's console."""
by_link: list[URLPattern] = [path("<str:secret>/health/", own_health.page, name="health")]
"""By the link of the guest whom it concerns."""
