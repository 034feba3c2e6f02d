"""Why an import is refused, each with a sentence for people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import StaleState, SummitryError
from summitry.programme.actions.exchange.report import Refusal


class PlanOutdated(StaleState):
    """The edition is no longer as it was when the plan was made."""

    code = "plan-outdated"
    message = _(
        "The schedule changed since this report was made. Nothing was written; please look at a new report."
    )


class ImportRefused(SummitryError):
    """The plan has refusals; `reasons` says which."""

    code = "import-refused"
    message = _("This file is not imported as it stands: %(reasons)s")

    def __init__(self, reasons: Sequence[Refusal]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(reasons=" ".join(str(reason) for reason in reasons))
