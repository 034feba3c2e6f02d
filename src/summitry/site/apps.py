"""Registers the navigation entries of composed pages."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.site"
    label = "site"

    def ready(self) -> None:
        from summitry.foundation.access import ADMINISTRATOR, Actor, policy_for  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.models import WebhookEndpoint  # noqa: PLC0415 - as above
        from summitry.foundation.web.navigation import NavEntry, Phase, register_nav  # noqa: PLC0415 - as above
        from summitry.site import dependencies, hub  # noqa: PLC0415 - as above

        def console(edition: Any, actor: Actor) -> str:
            return reverse("site_console:home", args=[edition.slug]) if edition else reverse("site:console")

        def jobs(edition: Any, actor: Actor) -> str | None:
            return reverse("site:jobs") if actor.holds(ADMINISTRATOR) else None

        def api(edition: Any, actor: Actor) -> str:
            return reverse("site:api")

        def webhooks(edition: Any, actor: Actor) -> str | None:
            if edition is None or not policy_for(WebhookEndpoint).may(
                actor, "edit", WebhookEndpoint(edition_id=edition.pk)
            ):
                return None
            return reverse("site_console:webhooks", args=[edition.slug])

        def search(edition: Any) -> str | None:
            return reverse("home:search", args=[edition.slug]) if edition else None

        hub.register()
        dependencies.register()
        register_nav(NavEntry("search", _("Search"), 90, search, icon="search"))
        register_nav(NavEntry("overview", _("Readiness"), 0, console, icon="check"), console=True)
        register_nav(NavEntry("jobs", _("Background jobs"), 10, jobs, "clock", Phase.SYSTEM), console=True)
        register_nav(NavEntry("api", _("API"), 20, api, "external", Phase.SYSTEM), console=True)
        register_nav(
            NavEntry("webhooks", _("Webhooks"), 30, webhooks, "broadcast", Phase.SYSTEM), console=True
        )
