"""The tag by which a record's page asks for its trail: `{% load trails %}{% trail_of forum as trail %}`."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.template import Context

from summitry.foundation import trail
from summitry.foundation.lists.reader import reader_of

register = template.Library()


@register.simple_tag(takes_context=True)
def trail_of(context: Context, record: Model) -> list[trail.Step]:
    """Return the steps of a record's trail that this page's reader may see."""
    request = context["request"]
    return trail.trail_of(record, reader_of(request, request.edition))
