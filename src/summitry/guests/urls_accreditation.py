"""Addresses of accreditation: the console's, a guest's by her link, and the public check of a visa letter."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.guests.lists.visa_letters import VISA_LETTERS
from summitry.guests.views import data_protection, deciding, deciding_together, privacy, screening, visa

console: list[URLPattern] = [
    path("decisions/", deciding.worklist, name="decisions"),
    path("decisions/together/", deciding_together.together, name="together"),
    path("decisions/together/<int:run>/", deciding_together.together_run, name="together_run"),
    path("decisions/<int:pk>/", deciding.application, name="application"),
    path("decisions/<int:pk>/photo/", deciding.photo, name="application_photo"),
    path("decisions/<int:pk>/files/<int:answer>/", deciding.file, name="application_file"),
    path("decisions/<int:pk>/visa-letter/", visa.visa_issue, name="visa_issue"),
    path("decisions/<int:pk>/<slug:what>/", deciding.deed, name="application_deed"),
    path("screening/", screening.screening, name="screening"),
    path("screening/<int:number>/", screening.screening_list, name="screening_list"),
    path("screening/<int:number>/<str:code>/", screening.screening_answer, name="screening_answer"),
    *list_urls(VISA_LETTERS, edition_of, "visa-letters/"),
    path("visa-letters/issue/", visa.visa_waiting, name="visa_waiting"),
    path("visa-letters/<int:number>/pdf/", visa.visa_pdf, name="visa_pdf"),
    path("visa-letters/<int:number>/withdraw/", visa.visa_withdraw, name="visa_withdraw"),
    path("data-protection/", data_protection.data_protection, name="data_protection"),
    path("data-protection/erasures/<int:pk>/", data_protection.erasure, name="erasure"),
    path("data-protection/purposes/<slug:purpose>/", data_protection.shred, name="shred"),
]
by_link: list[URLPattern] = [
    path("<str:secret>/appeal/", privacy.appeal_page, name="appeal"),
    path("<str:secret>/visa-letter/", visa.visa_own, name="visa_letter"),
    path("<str:secret>/privacy/", privacy.privacy, name="privacy"),
    path("<str:secret>/privacy/copy.json", privacy.privacy_copy, {"kind": "json"}, name="privacy_json"),
    path("<str:secret>/privacy/copy.zip", privacy.privacy_copy, {"kind": "zip"}, name="privacy_zip"),
    path("<str:secret>/privacy/<slug:what>/", privacy.privacy_deed, name="privacy_deed"),
]
public: list[URLPattern] = [
    path("verify/", visa.verify, name="verify_form"),
    path("verify/<str:code>/", visa.verify, name="verify"),
]
