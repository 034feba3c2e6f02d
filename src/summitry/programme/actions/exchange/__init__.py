"""Taking foreign schedules into an edition: first a plan that only reads, then one transaction that carries it out.

A file and the edits made here since its last version are brought together field by field: the file counts where it
has changed itself. It is not the place for reading files (`interchange`) nor for showing reports (the doors).
"""

from summitry.programme.actions.exchange.applying import apply_import
from summitry.programme.actions.exchange.errors import ImportRefused, PlanOutdated
from summitry.programme.actions.exchange.planning import plan_import
from summitry.programme.actions.exchange.report import ImportPlan, ImportResult

__all__ = ["ImportPlan", "ImportRefused", "ImportResult", "PlanOutdated", "apply_import", "plan_import"]
