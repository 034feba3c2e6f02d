"""The `summitry` command: one program for everything that is done outside the browser.

Exit codes that scripts can trust: 0 done, 1 refused (with the reasons on standard error), 2 wrong usage.
"""

from summitry.config.cli.main import main

__all__ = ["main"]
