"""Forms of composed pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    """What a new API token is called and may do."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    may_write = forms.BooleanField(
        label=_("It may also change what I may change"),
        help_text=_("Without this it only reads."),
        required=False,
    )
