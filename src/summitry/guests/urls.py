"""Addresses of this room's pages."""

from __future__ import annotations

from django.urls import URLPattern

from summitry.guests import urls_accreditation as accreditation
from summitry.guests import urls_delegations as delegations
from summitry.guests import urls_hub as hub
from summitry.guests import urls_invitations as invitations
from summitry.guests import urls_meetings as meetings
from summitry.guests import urls_office as office

console: list[URLPattern] = [
    *meetings.console,
    *accreditation.console,
    *delegations.console,
    *invitations.console,
    *office.console,
]
"""Under an edition's console."""
by_link: list[URLPattern] = [
    *meetings.by_link,
    *accreditation.by_link,
    *hub.by_link,
    *invitations.by_link,
    *office.by_link,
]
"""A guest's own page, and her invitation, by her link."""
public: list[URLPattern] = [*accreditation.public, *invitations.public]
"""Under a public edition: open registration, and the check of a visa letter."""
