"""Square codes: what they hold, drawn as one path, for print and for pages alike."""

from __future__ import annotations

import segno


def square_code(text: str, *, correction: str = "q") -> str:
    """Return an SVG drawing of the code of `text`, its quiet zone of four modules included.

    Capital letters and digits make the smallest code: sixteen of them fit into 21 modules at a quarter of redundancy.
    """
    code = segno.make(text, error=correction, micro=False, boost_error=False)
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    path = "".join(
        f"M{start} {line}h{width}v1h-{width}z"
        for line, row in enumerate(rows)
        for start, width in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{len(rows)}v{len(rows)}H0z"/><path d="{path}"/></svg>'
    )


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
