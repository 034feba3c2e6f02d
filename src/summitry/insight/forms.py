"""The form of the closing figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.insight.queries.closing import possible_hosts


class HostForm(forms.Form):
    """Which country or region is the host: whoever stands for another one is from abroad."""

    host = forms.ChoiceField(
        label=_("Host"),
        required=False,
        help_text=_("Whoever stands for another country than this one is counted as a guest from abroad."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = EntityNames(edition.naming_profile_id, get_language() or "en", edition.fallback)
        self._hosts = {entity.code: entity for entity in possible_hosts()}
        choices = [(entity.code, names.short(entity).text) for entity in names.in_order(self._hosts.values())]
        self.fields["host"].choices = [("", _("Not stated")), *choices]  # type: ignore[attr-defined]

    @property
    def entity(self) -> Entity | None:
        """The host that was chosen."""
        return self._hosts.get(self.cleaned_data.get("host", ""))
