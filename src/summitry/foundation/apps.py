"""Registers what the foundation contributes: its policies, audit sentences and recurring jobs."""

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.foundation"
    label = "foundation"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.audit import register_sentence  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs import every  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs.housekeeping import tidy_up  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.live.topics import RECORD, may_listen_to_record, register_topic  # noqa: PLC0415 - as above
        from summitry.foundation.permissions import FilePolicy, ProgressPolicy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.webhooks.delivery import forget_old_messages, send_overdue  # noqa: PLC0415 - as above
        from summitry.foundation.webhooks.sentences import SENTENCES  # noqa: PLC0415 - as above

        register_policy(FilePolicy())
        register_policy(ProgressPolicy())
        register_topic(RECORD, may_listen_to_record)
        register_sentence("foundation.file.stored", _("%(actor)s stored the file “%(object)s”."))
        register_sentence("foundation.role.granted", _("%(actor)s gave %(object)s the role %(role)s."))
        register_sentence(
            "foundation.role.withdrawn", _("%(actor)s withdrew the role %(role)s from %(object)s.")
        )
        register_sentence(
            "foundation.token.issued", _("%(actor)s issued the API token “%(object)s” (%(scopes)s).")
        )
        register_sentence("foundation.token.revoked", _("%(actor)s revoked the API token “%(object)s”."))
        register_sentence("foundation.account.created", _("%(actor)s created the account %(object)s."))
        for action, sentence in SENTENCES.items():
            register_sentence(action, sentence)
        every(dt.timedelta(hours=6), tidy_up)
        every(dt.timedelta(minutes=5), send_overdue)
        every(dt.timedelta(days=1), forget_old_messages)
