"""Who may do what with editions and their venue, and the roles that are granted for a whole edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Building, Deadline, Edition, EditionOrganiser, Phase, Room, Summit, Venue
from summitry.foundation.access import Role, ScopedPolicy
from summitry.foundation.models import WebhookDelivery, WebhookEndpoint

M = TypeVar("M", bound=Model)

DIRECTOR = Role(
    "director", ("edition",), _("Edition director"), _("Configures an edition and everything in it.")
)
EDITOR = Role("editor", ("edition",), _("Programme editor"), _("Edits and publishes an edition's programme."))
TRANSLATOR = Role("translator", ("edition",), _("Translator"), _("Translates an edition's texts."))
VIEWER = Role(
    "viewer", ("edition",), _("Viewer"), _("Sees an edition's console and drafts, changes nothing.")
)
PARTNER = Role(
    "partner",
    ("edition",),
    _("Partner"),
    _("Enters an edition's console; sees there what other roles give, and nothing by this one."),
)
CREW = Role(
    "crew",
    ("edition",),
    _("Crew"),
    _(
        "Enters an edition's console for a duty of another role, in a room or a booth; sees nothing by this one."
    ),
)
ROLES = (DIRECTOR, EDITOR, TRANSLATOR, VIEWER, PARTNER, CREW)
# Who may go through the console's door; what they find behind it is for their other roles to say.
ENTERING = frozenset({PARTNER.code, CREW.code})
STAFF = frozenset(role.code for role in (DIRECTOR, EDITOR, TRANSLATOR, VIEWER))


class EditionPolicy(ScopedPolicy[Edition]):
    """Public editions are everybody's to view; directors edit their own. `enter` opens the console's door."""

    model = Edition
    verbs = ("view", "view_draft", "enter", "create", "edit", "clone")
    paths: ClassVar[Mapping[str, str]] = {"edition": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": STAFF | ENTERING,
        "view_draft": STAFF,
        "enter": STAFF | ENTERING,
        "edit": frozenset({DIRECTOR.code}),
        "clone": frozenset({DIRECTOR.code}),
    }
    public: ClassVar[Mapping[str, Any] | None] = {"is_public": True}


class SummitPolicy(ScopedPolicy[Summit]):
    """The series is known to everybody; administrators found one."""

    model = Summit
    verbs = ("view", "create", "edit")
    public: ClassVar[Mapping[str, Any] | None] = {}


class PartPolicy(ScopedPolicy[M]):
    """A part of an edition is as public as the edition; its directors edit it."""

    verbs = ("view", "edit")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF, "edit": frozenset({DIRECTOR.code})}
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    public: ClassVar[Mapping[str, Any] | None] = {"edition__is_public": True}


class PhasePolicy(PartPolicy[Phase]):
    """Phases."""

    model = Phase


class VenuePolicy(PartPolicy[Venue]):
    """Venues."""

    model = Venue


class BuildingPolicy(PartPolicy[Building]):
    """Buildings, by the edition of their venue."""

    model = Building
    paths: ClassVar[Mapping[str, str]] = {"edition": "venue__edition_id"}
    public: ClassVar[Mapping[str, Any] | None] = {"venue__edition__is_public": True}


class RoomPolicy(PartPolicy[Room]):
    """Rooms."""

    model = Room


class DeadlinePolicy(PartPolicy[Deadline]):
    """Deadlines: for those who work on the edition, not for the public."""

    model = Deadline
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": STAFF | ENTERING,
        "edit": frozenset({DIRECTOR.code}),
    }
    public: ClassVar[Mapping[str, Any] | None] = None


class OrganiserPolicy(PartPolicy[EditionOrganiser]):
    """Organisers."""

    model = EditionOrganiser


class EndpointPolicy(ScopedPolicy[WebhookEndpoint]):
    """Webhooks carry news of an edition out of the house: its directors' affair, to see as to edit."""

    model = WebhookEndpoint
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": frozenset({DIRECTOR.code}),
        "edit": frozenset({DIRECTOR.code}),
    }


class DeliveryPolicy(ScopedPolicy[WebhookDelivery]):
    """What was sent to an endpoint, for those who see the endpoint."""

    model = WebhookDelivery
    paths: ClassVar[Mapping[str, str]] = {"edition": "endpoint__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": frozenset({DIRECTOR.code})}


POLICIES = (
    EditionPolicy,
    SummitPolicy,
    PhasePolicy,
    VenuePolicy,
    BuildingPolicy,
    RoomPolicy,
    DeadlinePolicy,
    OrganiserPolicy,
    EndpointPolicy,
    DeliveryPolicy,
)
