"""Runs as a program of its own: a workbook comes in on standard input, its cells go out as JSON.

The spreadsheet reader is native code. A workbook can be made so that it asks for more memory than there is, and then
it does not raise but ends the process; so that is a small process with little memory and time, and not the server.
This file is started by its path, imports nothing of ours, and takes the name of the sheet as its argument.
"""

import datetime as dt
import io
import json
import sys

MOST_MEMORY = 1024**3
MOST_SECONDS = 60


def main(sheet: str, most_rows: int) -> None:
    """Write ``{"sheets", "rows"}``, or ``{"error"}`` where the workbook cannot be read."""
    import python_calamine  # noqa: PLC0415 - the server knows this file by its path and never reads a workbook itself

    _limit()
    try:
        with python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read())) as workbook:
            names = workbook.sheet_names
            chosen = workbook.get_sheet_by_name(sheet if sheet in names else names[0]) if names else None
            rows = chosen.to_python(skip_empty_area=False, nrows=most_rows) if chosen else []
    except python_calamine.PasswordError:
        answer: dict[str, object] = {"locked": True}
    except Exception as error:  # noqa: BLE001 -- whatever it is, the file cannot be read
        answer = {"error": str(error)[:200]}
    else:
        answer = {"sheets": names, "rows": [[_plain(cell) for cell in row] for row in rows]}
    json.dump(answer, sys.stdout)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- only Unix has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(cell: object) -> object:
    """A date or time as a list of its kind and its text; everything else is itself."""
    if isinstance(cell, dt.datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    if isinstance(cell, dt.time):
        return ["time", cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        return ["length", cell.total_seconds()]
    return cell


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
