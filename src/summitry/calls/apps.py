"""Registers what this room contributes."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.calls"
    label = "calls"

    def ready(self) -> None:
        from summitry.calls import (  # noqa: PLC0415 - needs loaded models
            contributes_awards,
            contributes_entries,
            contributes_finals,
            contributes_jury,
            contributes_record,
            contributes_reviews,
            contributes_rounds,
            contributes_setup,
            permissions,
            permissions_judging,
            sentences,
            sentences_awards,
            sentences_entries,
            sentences_finals,
            sentences_jury,
            sentences_record,
            sentences_reviews,
            sentences_rounds,
            sentences_setup,
        )
        from summitry.calls.models import Call  # noqa: PLC0415 - needs loaded models
        from summitry.editions.actions.partners import register_partner_duty  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models

        for role in permissions.ROLES:
            register_role(role)
        for policy in (*permissions.POLICIES, *permissions_judging.POLICIES):
            register_policy(policy())
        register_partner_duty("call", lambda edition: Call.objects.filter(edition=edition).values("pk"))
        for words in (
            sentences,
            sentences_setup,
            sentences_entries,
            sentences_jury,
            sentences_rounds,
            sentences_reviews,
            sentences_finals,
            sentences_awards,
            sentences_record,
        ):
            sentences.register(words.SENTENCES)
        for part in (
            contributes_setup,
            contributes_entries,
            contributes_jury,
            contributes_rounds,
            contributes_reviews,
            contributes_finals,
            contributes_awards,
            contributes_record,
        ):
            part.register()
