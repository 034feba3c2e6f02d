"""What the log says of the record of a call."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.record.exported": _("%(actor)s took the auditors’ record of %(object)s."),
}
