"""Importing entries from a table: read, checked cell by cell, shown, and only then written, all or nothing.

What was imported once changes nothing when it comes again; entries that likely repeat another one are proposed as such
afterwards, like those that entrants hand in. Not for files, which entrants bring by their links.
"""

from summitry.calls.actions.entry_importing.applying import ImportResult, apply_import
from summitry.calls.actions.entry_importing.planning import ImportPlan, plan_import

__all__ = ["ImportPlan", "ImportResult", "apply_import", "plan_import"]
