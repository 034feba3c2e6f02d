"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import SummitryError


class CodeUnknown(SummitryError):
    """The code of a device is wrong, was used, or is too old."""

    code = "code-unknown"
    status = 404
    message = _(
        "This code does not work. Codes work once, for ten minutes: make a new one on the page of devices."
    )


class DeviceUnknown(SummitryError):
    """Whoever asks is no enrolled device."""

    code = "device-unknown"
    status = 401
    message = _("This device may not scan. Enrol it again.")


class NotAccredited(SummitryError):
    """Only an accredited guest has a badge."""

    code = "not-accredited"
    message = _("%(guest)s is not accredited, and so has no badge.")


class AlreadySettled(SummitryError):
    """Somebody settled the incident before."""

    code = "already-settled"
    message = _("%(by)s has settled this already.")


class InUse(SummitryError):
    """What has been scanned at, or has parts, cannot be removed."""

    code = "in-use"
    message = _("This is in use and cannot be removed.")
