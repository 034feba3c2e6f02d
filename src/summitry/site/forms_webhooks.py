"""Forms of the console's page of webhooks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, ZonedDateTimeField
from summitry.foundation.models import WebhookEndpoint
from summitry.foundation.webhooks import kinds


class EndpointForm(RecordForm[WebhookEndpoint]):
    """What an endpoint is called, where it is, and which events it is told."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("What receives the messages."))
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("It must begin with https:// and be reachable from the public internet."),
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def add_fields(self) -> None:
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("Events"),
            choices=[(kind.name, kind.label) for kind in kinds().values()],
            widget=forms.CheckboxSelectMultiple,
        )


class ReplayForm(forms.Form):
    """From when on messages are sent again, by the edition's clock."""

    is_all = forms.BooleanField(label=_("Also those that were delivered"), required=False)

    def __init__(self, data: object = None, *, edition: Edition) -> None:
        super().__init__(data)  # type: ignore[arg-type] # the form takes what a request holds
        since = ZonedDateTimeField(
            label=_("Since"), zone=edition.zone, help_text=_("By the clock of the venue.")
        )
        self.fields = {"since": since, **self.fields}
