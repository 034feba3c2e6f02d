"""The printed result: an aligned table, remarks, and the `ratio:` line that scripts read."""

from collections.abc import Sequence
from statistics import quantiles

from bench.contest import Result, ratio

HEADINGS = "system|page|KB|CPU ms|per CPU s|per s|p50 ms|p99 ms|requests|times the peer".split("|")
WORDS = 2
"""How many columns, from the start, hold words; the others hold figures and are aligned to the right."""


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines with every column as wide as its widest cell, a rule below the first row."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    headings, *lines = [
        "  ".join(
            pad(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([headings, "  ".join("-" * width for width in widths), *lines])


def pad(cell: str, width: int, column: int) -> str:
    """Words to the left, figures to the right."""
    return cell.ljust(width) if column < WORDS else cell.rjust(width)


def figure(number: float) -> str:
    """A positive number with three significant digits and no exponent: 0.617, 5.43, 48.1, 612, 1,650."""
    decimals = 3 if number < 1 else 2 if number < 10 else 1 if number < 100 else 0
    return f"{number:,.{decimals}f}"


def percentile(waits: Sequence[float], percent: int) -> float:
    """The percentile by linear interpolation; of a single wait, that wait."""
    return quantiles(waits, n=100, method="inclusive")[percent - 1] if len(waits) > 1 else waits[0]


def row(result: Result, peer: Result) -> list[str]:
    """One lane's row; the last cell compares it with the peer's lane, and is empty for the peer itself."""
    total = result.total
    return [
        result.lane.system.name,
        result.lane.label,
        figure(result.size / 1000),
        figure(total.cpu_each * 1000),
        figure(total.per_cpu_second),
        figure(total.per_second),
        figure(percentile(total.waits, 50) * 1000),
        figure(percentile(total.waits, 99) * 1000),
        str(total.requests),
        "" if result is peer else figure(ratio(result, peer)),
    ]


def printed(pairs: Sequence[tuple[Result, Result]]) -> str:
    """The table of results, each paired with the peer's result it is compared with."""
    return aligned([HEADINGS, *(row(result, peer) for result, peer in pairs)])


def ratio_line(number: float, explanation: str) -> str:
    """The last line: `ratio: <number> (<what against what>)`."""
    return f"ratio: {number:.2f} ({explanation})"
