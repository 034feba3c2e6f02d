"""Webhooks: what happens in an edition, told to other systems: signed, tried again, replayable, to public addresses only.

It follows the Standard Webhooks specification. It does not decide what is worth telling: each room registers its events.

    register_webhook_event("programme.schedule.published", SchedulePublished, payload, _("A schedule was published"))
"""

from summitry.foundation.webhooks.kinds import Kind, kinds, register_webhook_event

__all__ = ["Kind", "kinds", "register_webhook_event"]
