"""The `summitry` command: one program for everything that is done outside the browser.

Exit codes that scripts can trust: 0 done, 1 refused (with the reasons on standard error), 2 wrong usage.
"""


def main() -> int:
    """Run the command that the command line names and return its exit code."""
    # Each server process begins by importing the program that started it, and needs nothing of it.
    from summitry.config.cli.main import main as run  # noqa: PLC0415 - see above

    return run()
