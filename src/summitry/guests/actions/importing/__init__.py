"""Importing guests from a table: read, checked cell by cell, compared with the directory, shown, and only then written.

Nobody is merged by the program: whoever may be known already is proposed, and the person who imports decides. What was
imported once changes nothing when it is imported again.
"""

from summitry.guests.actions.importing.applying import ImportResult, apply_import
from summitry.guests.actions.importing.columns import Field, guess_targets
from summitry.guests.actions.importing.planning import ImportPlan, Rest, plan_import

__all__ = [
    "Field",
    "ImportPlan",
    "ImportResult",
    "Rest",
    "apply_import",
    "guess_targets",
    "plan_import",
]
