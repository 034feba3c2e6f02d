"""The programme in the API: forums, sessions, speakers and schedule versions of an edition."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["programme"])
