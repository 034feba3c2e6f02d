"""What the log says of the review panel of jurors."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.review.begun": _("%(actor)s began the review %(object)s."),
    "calls.review.submitted": _("%(actor)s handed in the review %(object)s."),
    "calls.review.reopened": _("%(actor)s opened the review %(object)s again."),
    "calls.review.recused": _("%(actor)s recused herself: %(object)s."),
    "calls.remark.said": _("%(actor)s said something in the discussion of %(entry)s."),
    "calls.jurors.reminded": _("%(actor)s reminded %(count)s jurors of their reviews."),
}
