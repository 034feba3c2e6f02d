"""Importing a jury from a table: read, checked cell by cell, shown, and only then written, all or nothing.

Who may be known already is for a human to decide; who sits on the jury already stays as she is, so that the same table changes
nothing when it comes again. Not for what jurors say themselves: acceptance, wishes, conflicts of interest.
"""

from summitry.calls.actions.juror_importing.applying import ImportResult, apply_import
from summitry.calls.actions.juror_importing.planning import Fate, ImportPlan, plan_import
from summitry.guests.actions.importing import Rest

__all__ = ["Fate", "ImportPlan", "ImportResult", "Rest", "apply_import", "plan_import"]
