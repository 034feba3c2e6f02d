"""Registers what this room contributes."""

import datetime as dt

from django.apps import AppConfig


class GuestsConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.guests"
    label = "guests"

    def ready(self) -> None:
        from summitry.editions.actions.partners import register_partner_duty  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs import every  # noqa: PLC0415 - needs loaded models
        from summitry.guests import (  # noqa: PLC0415 - needs loaded models
            audiences,
            field_names_delegations,
            field_names_office,
            handlers_deciding,
            handlers_delegations,
            handlers_invitations,
            handlers_registering,
            handlers_waiting,
            holdings,
            hub_accreditation,
            hub_letters,
            hub_meetings,
            navigation_accreditation,
            navigation_delegations,
            navigation_invitations,
            navigation_office,
            navigation_registering,
            permissions,
            permissions_accreditation,
            permissions_meetings,
            readiness_accreditation,
            readiness_delegations,
            readiness_invitations,
            readiness_office,
            sentences,
            webhooks,
        )
        from summitry.guests.actions.invitation_reminders import see_to_invitations  # noqa: PLC0415 - needs loaded models
        from summitry.guests.actions.meeting import expire_meetings  # noqa: PLC0415 - needs loaded models
        from summitry.guests.actions.registration import drop_registrations  # noqa: PLC0415 - needs loaded models
        from summitry.guests.actions.waiting_list import admit_everywhere  # noqa: PLC0415 - needs loaded models
        from summitry.guests.models import Delegation  # noqa: PLC0415 - needs loaded models
        from summitry.mailing.permissions import guard_notices  # noqa: PLC0415 - needs loaded models

        guard_notices(permissions.GUARDED_NOTICES, permissions.OFFICE | permissions.OFFICERS)
        for role in permissions.ROLES:
            register_role(role)
        register_partner_duty(
            "delegation", lambda edition: Delegation.objects.filter(edition=edition).values("pk")
        )
        for policy in (
            *permissions.POLICIES,
            *permissions_accreditation.POLICIES,
            *permissions_meetings.POLICIES,
        ):
            register_policy(policy())
        sentences.register()
        webhooks.register()
        holdings.register()
        audiences.register()
        field_names_delegations.register()
        field_names_office.register()
        navigation_delegations.register()
        navigation_invitations.register()
        navigation_office.register()
        navigation_registering.register()
        readiness_delegations.register()
        readiness_invitations.register()
        readiness_office.register()
        every(dt.timedelta(hours=1), see_to_invitations)
        every(dt.timedelta(hours=1), drop_registrations)
        every(dt.timedelta(hours=1), admit_everywhere)
        handlers_waiting.connect()
        handlers_deciding.connect()
        hub_accreditation.register()
        hub_letters.register()
        hub_meetings.register()
        every(dt.timedelta(minutes=15), expire_meetings)
        navigation_accreditation.register()
        readiness_accreditation.register()
        handlers_delegations.connect()
        handlers_invitations.connect()
        handlers_registering.connect()
