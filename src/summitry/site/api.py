"""The root of `/api/v1`: it gathers the rooms' routers."""

from __future__ import annotations

from summitry import __version__
from summitry.calls.api_awards import router as laureates
from summitry.calls.api_entries import router as entries
from summitry.calls.api_jury import router as juries
from summitry.calls.api_reviews import router as own_reviews
from summitry.calls.api_rounds import router as rounds
from summitry.calls.api_setup import router as calls
from summitry.directory.api import router as directory
from summitry.directory.api_terms import router as terms
from summitry.editions.api import router as editions
from summitry.editions.api_console import router as console
from summitry.foundation.api import SummitryAPI, identify
from summitry.gates.api_access import router as access_rules
from summitry.gates.api_badges import router as badges
from summitry.gates.api_devices import router as devices
from summitry.gates.api_grants import router as grants
from summitry.gates.api_grounds import router as grounds
from summitry.gates.api_incidents import router as incidents
from summitry.guests.api_decisions import router as applications
from summitry.guests.api_delegations import router as delegations
from summitry.guests.api_guests import router as guests
from summitry.guests.api_invitations import router as invitations
from summitry.guests.api_meetings import router as meetings
from summitry.insight.api import router as insight
from summitry.live.api import router as live
from summitry.live.api_cues import router as cues
from summitry.live.api_interpretation import router as interpretation
from summitry.mailing.api import router as mailing
from summitry.programme.api import router as programme
from summitry.programme.api_board import router as board
from summitry.programme.api_changes import router as changes
from summitry.programme.api_materials import router as materials
from summitry.programme.api_speaking import router as speaking
from summitry.programme.api_work import router as work
from summitry.protocol.api import router as protocol
from summitry.site.api_webhooks import router as webhooks
from summitry.translation.api import router as translation

api = SummitryAPI(
    title="Summitry",
    version="1",
    description=f"The API of Summitry {__version__}. Errors are problem reports (RFC 9457); lists come in cursor pages.",
    auth=identify,
    urls_namespace="api",
    docs_url=None,  # the interactive page of the library loads scripts from elsewhere; ours is at /<language>/api/
)
api.add_router("/directory", directory, tags=["directory"])
api.add_router("/directory", terms, tags=["terms"])
api.add_router("/editions", editions, tags=["editions"])
api.add_router("/editions", console, tags=["console"])
api.add_router("/editions", programme, tags=["programme"])
api.add_router("/editions", board, tags=["programme"])
api.add_router("/editions", work, tags=["co-organisers"])
api.add_router("/editions", changes, tags=["co-organisers"])
api.add_router("/editions", speaking, tags=["speakers"])
api.add_router("/editions", materials, tags=["speakers"])
api.add_router("/editions", guests, tags=["guests"])
api.add_router("/editions", applications, tags=["guests"])
api.add_router("/editions", invitations, tags=["guests"])
api.add_router("/editions", meetings, tags=["guests"])
api.add_router("/editions", delegations, tags=["delegations"])
api.add_router("/editions", badges, tags=["badges"])
api.add_router("/editions", grounds, tags=["gates"])
api.add_router("/editions", access_rules, tags=["gates"])
api.add_router("/editions", grants, tags=["gates"])
api.add_router("/editions", devices, tags=["gates"])
api.add_router("/editions", incidents, tags=["gates"])
api.add_router("/editions", calls, tags=["calls"])
api.add_router("/editions", entries, tags=["calls"])
api.add_router("/editions", juries, tags=["calls"])
api.add_router("/editions", laureates, tags=["calls"])
api.add_router("/editions", mailing, tags=["mail"])
api.add_router("/editions", translation, tags=["translation"])
api.add_router("/editions", live, tags=["run of show"])
api.add_router("/editions", cues, tags=["run of show"])
api.add_router("/editions", interpretation, tags=["interpretation"])
api.add_router("/editions", own_reviews, tags=["calls"])
api.add_router("/editions", rounds, tags=["calls"])
api.add_router("/editions", protocol, tags=["protocol"])
api.add_router("/record", insight, tags=["record"])
api.add_router("/editions", webhooks, tags=["webhooks"])
