"""Choices of this room: what gates decide and why, what becomes of badges, devices and incidents."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Which way somebody passes a gate."""

    IN = "in", pgettext_lazy("direction", "In")
    OUT = "out", pgettext_lazy("direction", "Out")


class GateDirection(TextChoices):
    """Which ways a gate is passed."""

    IN = "in", _("In only")
    OUT = "out", _("Out only")
    BOTH = "both", _("In and out")


class GateKind(TextChoices):
    """What stands at a gate: the registration desk, a gate of a zone, or the door of a room."""

    DESK = "desk", _("Registration desk")
    GATE = "gate", pgettext_lazy("kind", "Gate")
    ROOM = "room", _("Door of a room")


class Again(TextChoices):
    """Whether somebody who has entered a zone may enter it again."""

    FREELY = "freely", _("As often as she likes")
    AFTER_EXIT = "after_exit", _("Only after leaving")
    ONCE = "once", _("Once")


class CredentialState(TextChoices):
    """What a badge is worth."""

    ACTIVE = "active", _("Valid")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    REVOKED = "revoked", pgettext_lazy("badge", "Revoked")


class Carrier(TextChoices):
    """What bears a token."""

    BADGE = "badge", _("Printed badge")
    E_BADGE = "e_badge", _("Badge on a telephone")
    WALLET = "wallet", _("Wallet pass")
    CHIP = "chip", _("Chip")


class DeviceState(TextChoices):
    """Whether a device may scan."""

    INVITED = "invited", _("To be enrolled")
    ENROLLED = "enrolled", _("Enrolled")
    REVOKED = "revoked", pgettext_lazy("device", "Shut out")


class ScanKind(TextChoices):
    """How a row came into the log of scans."""

    SCAN = "scan", _("Scanned")
    MANUAL = "manual", _("Found by name")
    UNDO = "undo", _("Taken back")
    EXCEPTION = "exception", _("Let in by exception")
    WALK_IN = "walk_in", _("Walk-in")


class Decision(TextChoices):
    """What is done with whoever stands at the gate."""

    ADMIT = "admit", pgettext_lazy("gate", "Let in")
    REFUSE = "refuse", pgettext_lazy("gate", "Do not let in")


class Reason(TextChoices):
    """Why. The words are what the agent at the gate reads."""

    OK = "ok", _("Welcome.")
    AGAIN = "again", _("Was here before.")
    LEFT = "left", _("Goodbye.")
    UNKNOWN = "unknown", _("This code is not one of ours.")
    REVOKED = "revoked", _("This badge is no longer valid.")
    SUPERSEDED = "superseded", _("This badge was replaced by a newer one.")
    GONE = "gone", _("This guest is not accredited.")
    NO_ZONE = "no_zone", _("This badge does not open this zone.")
    NOT_NOW = "not_now", _("This badge does not open this zone at this time.")
    INSIDE = "inside", _("This badge is inside already.")
    ONCE = "once", _("This badge was used here already.")
    FULL = "full", _("The zone is full.")
    QUOTA = "quota", _("All passes of this delegation are inside.")
    EXCEPTION = "exception", _("Let in by exception.")
    UNDONE = "undone", _("Taken back.")
    NOTHING = "nothing", _("There is nothing to take back.")
    GATE = "gate", _("This gate is not one of this edition.")
    BAD_ROW = "bad_row", _("This row cannot be read.")


class IncidentKind(TextChoices):
    """What two gates, or a gate and the office, disagree about."""

    SAME_BADGE = "same_badge", _("One badge let in twice")
    TRAVEL = "travel", _("One badge in two places")
    REVOKED = "revoked", _("Let in with a badge that was no longer valid")
    NO_ACCESS = "no_access", _("Let in without access to the zone")
    CAPACITY = "capacity", _("More people than the zone holds")
    QUOTA = "quota", _("More of a delegation than it has passes")
    UNKNOWN = "unknown", _("A code that is not one of ours")
    EXCEPTION = "exception", _("Let in by exception")
    CLOCK = "clock", _("The clock of a device is wrong")


class IncidentState(TextChoices):
    """Whether somebody has looked into it."""

    OPEN = "open", pgettext_lazy("incident", "Open")
    SETTLED = "settled", pgettext_lazy("incident", "Settled")


class Effect(TextChoices):
    """What a grant does."""

    ALLOW = "allow", _("Opens the zone")
    DENY = "deny", _("Closes the zone")


class Channel(TextChoices):
    """Where somebody is present."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


class BadgeElement(TextChoices):
    """What can stand on a badge."""

    NAME = "name", _("Name")
    SECOND_NAME = "second_name", _("Name in the second script")
    LINE = "line", _("Post, or the guest’s own line")
    ORGANISATION = "organisation", _("Organisation")
    DELEGATION = "delegation", _("Delegation")
    ENTITY = "entity", _("Country or region")
    CATEGORY = "category", _("Category")
    ZONES = "zones", _("Zones")
    TEXT = "text", _("Fixed text")
    TOKEN = "token", _("Number of the badge")
    CODE = "code", _("Square code")
    FLAG = "flag", _("Flag")
    PHOTO = "photo", _("Photo")
    BAND = "band", _("Band in the colour of the category")
    BOX = "box", _("Coloured area")
    PICTURE = "picture", _("Picture")


class BadgeProblem(TextChoices):
    """What is wrong with a badge before it is printed."""

    NO_LAYOUT = "no_layout", _("No layout for this category")
    TOO_LONG = "too_long", _("Does not fit")
    GLYPHS = "glyphs", _("Characters that cannot be printed")
    NO_PHOTO = "no_photo", _("Photo missing")


class BadgeOrder(TextChoices):
    """In which order badges are printed."""

    NAME = "name", _("By name")
    DELEGATION = "delegation", _("By delegation, then by name; each delegation begins a new sheet")
    CATEGORY = "category", _("By category, then by name")
    NUMBER = "number", _("As they were issued")


class SheetKind(TextChoices):
    """What badges are printed on."""

    SINGLE = "single", _("One badge on each page, in its own size")
    A4 = "a4", _("As many as fit on a sheet of A4")
    A3 = "a3", _("As many as fit on a sheet of A3")
