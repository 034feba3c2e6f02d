"""What the log says of calls, their forms and what people ask about them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.call.created": _("%(actor)s made the call %(object)s."),
    "calls.call.updated": _("%(actor)s changed the call %(object)s."),
    "calls.call.published": _("%(actor)s published the call %(object)s."),
    "calls.call.cancelled": _("%(actor)s cancelled the call %(object)s."),
    "calls.call.reopened": _("%(actor)s made the call %(object)s a draft again."),
    "calls.area.created": _("%(actor)s added the area %(object)s."),
    "calls.area.updated": _("%(actor)s changed the area %(object)s."),
    "calls.area.removed": _("%(actor)s removed the area %(object)s."),
    "calls.question.created": _("%(actor)s added the question %(object)s to the form of a call."),
    "calls.question.updated": _("%(actor)s changed the question %(object)s of the form of a call."),
    "calls.question.removed": _("%(actor)s removed the question %(object)s from the form of a call."),
    "calls.questions.ordered": _("%(actor)s put the questions of the call %(object)s in another order."),
    "calls.areas.ordered": _("%(actor)s put the areas of the call %(object)s in another order."),
    "calls.awards.ordered": _("%(actor)s put the awards of the call %(object)s in another order."),
    "calls.rules_text.created": _("%(actor)s wrote version %(number)s of the rules of the call %(object)s."),
    "calls.rules_text.updated": _(
        "%(actor)s changed the rules of the call %(object)s before its publication."
    ),
    "calls.access_codes.created": _("%(actor)s made %(count)s access codes of the call %(object)s."),
    "calls.access_code.closed": _("%(actor)s closed an access code: %(object)s."),
    "calls.access_code.used": _("%(actor)s used an access code: %(object)s."),
    "calls.inquiry.asked": _("%(actor)s asked something about a call."),
    "calls.inquiry.written": _("%(actor)s wrote a question and its answer for a call."),
    "calls.inquiry.answered": _("%(actor)s answered a question about a call."),
    "calls.inquiry.updated": _("%(actor)s changed a question or its answer about a call."),
    "calls.inquiry.dismissed": _("%(actor)s set a question about a call aside."),
    "calls.inquiry.removed": _("%(actor)s removed a question about a call."),
    "calls.inquiries.forgotten": _(
        "%(actor)s removed the addresses of %(count)s people who had asked about calls."
    ),
    "calls.award.created": _("%(actor)s added the award %(object)s."),
    "calls.award.updated": _("%(actor)s changed the award %(object)s."),
    "calls.award.removed": _("%(actor)s removed the award %(object)s."),
    "calls.quota.created": _("%(actor)s added a quota: %(object)s."),
    "calls.quota.updated": _("%(actor)s changed a quota: %(object)s."),
    "calls.quota.removed": _("%(actor)s removed a quota: %(object)s."),
    "calls.drafts.reminded": _("%(actor)s reminded %(count)s entrants of the deadline."),
}
