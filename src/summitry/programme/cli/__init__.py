"""The commands that take schedules in and write them out, and how their reports look on a terminal.

They decide nothing: reading, comparing and writing are the same actions that the console calls.
"""

from summitry.programme.cli.exporting import export_schedule
from summitry.programme.cli.importing import import_schedule

__all__ = ["export_schedule", "import_schedule"]
