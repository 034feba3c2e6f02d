"""What the audit log says of webhooks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "foundation.webhook.created": _("%(actor)s added the webhook %(object)s."),
    "foundation.webhook.changed": _("%(actor)s changed the webhook %(object)s."),
    "foundation.webhook.rotated": _("%(actor)s gave the webhook %(object)s a new secret."),
    "foundation.webhook.removed": _("%(actor)s removed the webhook %(object)s."),
    "foundation.webhook.replayed": _(
        "%(actor)s had messages of the webhook %(object)s sent again: %(count)s."
    ),
    "foundation.webhook.switched_off": _(
        "The webhook %(object)s failed for days and was switched off by %(actor)s."
    ),
}

PROBLEMS = {
    "address": _("The address is not a complete web address."),
    "scheme": _("The address does not begin with https://."),
    "private": _("The address leads into a private network."),
    "unknown-host": _("The host of this address is not known."),
    "certificate": _("The receiver's certificate is not valid."),
    "timeout": _("The receiver took too long to answer."),
    "connection": _("The receiver cannot be reached, or broke off."),
}
"""Why an attempt had no answer, by the word in the log."""
