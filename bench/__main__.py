"""`python -m bench NAME`: prepare both systems, serve both, measure, print the table and, last, the ratio line.

NAME is a bench (`timetable`, `speakers`, `exports`, `console`), whose ratio is that of warm pages, the bench with `-cold`, whose
ratio is that of the first request after a publication, or `memory`, whose ratio is that of what the largest workers
hold. Exit codes: 0 measured, 1 could not be measured, 2 usage.
"""

import os
import signal
import sys
from types import FrameType

from bench import (
    assignment,
    badges,
    calibration,
    checkin,
    clashes,
    console,
    effort,
    exports,
    guest_import,
    memory,
    ours,
    panel,
    selection,
    speakers,
    timetable,
    verify,
)
from bench.content import IncompleteError
from bench.load import UnexpectedAnswerError
from bench.match import Bench, Verdict
from bench.ours import OursFailedError
from bench.peers import pretalx
from bench.peers.installing import PeerFailedError
from bench.process import ServerFailedError, resident_megabytes
from bench.progress import note
from bench.summit import synthetic_summit
from bench.table import printed, ratio_line

BENCHES: dict[str, Bench] = {
    "timetable": timetable.play,
    "speakers": speakers.play,
    "exports": exports.play,
    "console": console.play,
}
COMPUTATIONS = {
    "assignment": assignment.run,
    "badges": badges.run,
    "calibration": calibration.run,
    "checkin": checkin.run,
    "clashes": clashes.run,
    "effort": effort.run,
    "guest-import": guest_import.run,
    "panel": panel.run,
    "selection": selection.run,
    "verify": verify.run,
}
"""Benches without a server: a computation on each side, in processes of their own."""

COLD = "-cold"
MEMORY = "memory"
MEASURE = "requests per CPU second"
FAILURES = (
    IncompleteError,
    OSError,
    OursFailedError,
    PeerFailedError,
    ServerFailedError,
    UnexpectedAnswerError,
)


def main(arguments: list[str]) -> int:
    """Run the named bench."""
    name = arguments[0] if len(arguments) == 1 else ""
    if name in COMPUTATIONS:
        return compute(name)
    bench = BENCHES.get(name.removesuffix(COLD))
    if bench is None and name != MEMORY:
        names = [*(known + suffix for known in BENCHES for suffix in ("", COLD)), *COMPUTATIONS, MEMORY]
        note(f"usage: python -m bench NAME, where NAME is one of {', '.join(names)}")
        return 2
    signal.signal(signal.SIGTERM, leave)
    try:
        if bench is None:
            print(memory.play())
        else:
            report(*play(bench), cold=name.endswith(COLD))
    except FAILURES as failure:
        note(f"{name}: {failure}")
        return 1
    return 0


def compute(name: str) -> int:
    """Run a bench without a server, which prints its own table."""
    try:
        COMPUTATIONS[name]()
    except FAILURES as failure:
        note(f"{name}: {failure}")
        return 1
    return 0


def leave(number: int, _frame: FrameType | None) -> None:
    """End as an exception does, so that every server is ended too."""
    sys.exit(128 + number)


def play(bench: Bench) -> tuple[Verdict, str]:
    """Prepare and serve both systems for the time of the measurement; also what memory their workers then hold."""
    summit = synthetic_summit()
    pretalx.prepare()
    ours.prepare()
    with pretalx.served() as peer, ours.served() as mine:
        verdict = bench(peer, mine, summit)
        held = [
            f"{system.name} {max(resident_megabytes(system.server)):.0f} MB" for system in (peer, mine.system)
        ]
        return verdict, f"The largest worker's resident memory afterwards: {', '.join(held)}."


def report(verdict: Verdict, held: str, *, cold: bool) -> None:
    """Print the table, the remarks and the ratio line."""
    cores, busy = os.cpu_count() or 1, os.getloadavg()[0]
    legend = (
        "Compared is requests per second of server CPU (per CPU s). Per s, p50 and p99 are the wall clock's, for the "
        f"picture: both servers and the load share {cores} cores, load average {busy:.1f}.\n"
        "Cold: each request is the first after a publication, and is compared with the peer's with one client."
    )
    warm, first = verdict.outcome.warm_ratio, verdict.outcome.cold_ratio
    if cold:
        last = ratio_line(
            first, f"{verdict.what}, first request after a publication, {MEASURE}; warm {warm:.1f}"
        )
    else:
        last = ratio_line(
            warm, f"{verdict.what}, warm, {MEASURE}; first request after a publication {first:.1f}"
        )
    print(printed(verdict.compared), "", verdict.remark, held, legend, "", last, sep="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
