"""`summitry bounce`: takes a mail server's report from standard input, as the end of a pipe in its configuration."""

from __future__ import annotations

from typing import BinaryIO

from django.db import DatabaseError

from summitry.mailing.actions.bounce import take_report
from summitry.mailing.dsn import LIMIT

DONE = 0
TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the report and hands it over again later."""


def bounce(source: BinaryIO) -> int:
    """Read one mail and mark the letter that it reports as come back. Anything else is quietly dropped.

    The exit code tells the mail server only whether to try again: an answer to a report would be a loop.
    """
    data = source.read(LIMIT)
    while source.read(LIMIT):
        pass
    try:
        take_report(data)
    except DatabaseError:
        return TRY_AGAIN
    return DONE
