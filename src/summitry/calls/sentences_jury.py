"""What the log says of eligibility, jurors and conflicts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.juror.appointed": _("%(actor)s proposed %(object)s for the jury."),
    "calls.jurors.imported": _("%(actor)s imported %(count)s jurors."),
    "calls.juror.invited": _("%(actor)s invited %(object)s to the jury."),
    "calls.juror.accepted": _("%(actor)s entered that %(object)s takes part in the jury."),
    "calls.juror.declined": _("%(actor)s entered that %(object)s does not take part in the jury."),
    "calls.juror.left": _("%(actor)s ended the work of %(object)s in the jury."),
    "calls.juror.changed": _("%(actor)s changed what is known of the juror %(object)s."),
    "calls.conflict.declared": _("%(actor)s declared a conflict of interest: %(object)s."),
    "calls.conflict.again": _("%(actor)s declared a conflict of interest again: %(object)s."),
    "calls.conflict.upheld": _("%(actor)s upheld a conflict of interest: %(object)s."),
    "calls.conflict.dismissed": _("%(actor)s dismissed a conflict of interest: %(object)s."),
    "calls.conflicts.derived": _(
        "%(actor)s looked for conflicts of interest in %(object)s: %(new)s new, %(again)s open again, %(gone)s gone."
    ),
    "calls.conflicts.domains_set_aside": _(
        "%(actor)s looked for conflicts of interest in %(object)s: no conflict rests on domains that so many have (%(domains)s)."
    ),
    "calls.organisation_groups.set": _("%(actor)s set which organisations of %(object)s count as one house."),
    "calls.eligibility.checked": _(
        "%(actor)s checked the entries of %(object)s: %(checked)s findings, %(passed)s eligible."
    ),
    "calls.eligibility.looked_at": _("%(actor)s looked at the rule “%(rule)s” for the entry %(object)s."),
    "calls.eligibility.confirmed": _("%(actor)s confirmed that the entry %(object)s is eligible."),
    "calls.rejection.proposed": _("%(actor)s proposed to hold the entry %(object)s not eligible."),
    "calls.rejection.dropped": _("%(actor)s dropped the proposal to hold the entry %(object)s not eligible."),
    "calls.rule.created": _("%(actor)s added the rule of eligibility %(object)s."),
    "calls.rule.updated": _("%(actor)s changed the rule of eligibility %(object)s."),
    "calls.rule.removed": _("%(actor)s removed the rule of eligibility %(object)s."),
    "calls.panel.created": _("%(actor)s added the panel %(object)s."),
    "calls.panel.updated": _("%(actor)s changed the panel %(object)s."),
    "calls.panel.removed": _("%(actor)s removed the panel %(object)s."),
    "calls.bids.placed": _("%(actor)s said which entries %(object)s would like to read."),
}
