"""The outbox over the API: audiences with their counts, mailings and their steps, letters, and bounces."""

from ninja import Router

from summitry.mailing.api.letters import router as letters
from summitry.mailing.api.mailings import router as mailings

router = Router()
router.add_router("", mailings)
router.add_router("", letters)

__all__ = ["router"]
