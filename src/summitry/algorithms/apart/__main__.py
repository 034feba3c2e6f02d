"""`python -m summitry.algorithms.apart NAME [SECONDS MEGABYTES]`: one JSON problem in, one JSON answer out.

Standard error carries a line `{"done": 0.4, "stage": "…"}` now and then; standard output `{"result": …}`, or
`{"refused": "…"}` where the problem is malformed. Exit codes: 0 answered, 1 crashed, 2 usage, 3 out of memory.
"""

import sys

from summitry.algorithms.apart.child import serve
from summitry.algorithms.apart.table import PLACES


def main(arguments: list[str]) -> int:
    """Run the named computation."""
    match arguments:
        case [name] if name in PLACES:
            serve(name, PLACES)
        case [name, seconds, megabytes] if name in PLACES:
            serve(name, PLACES, seconds=float(seconds), megabytes=int(megabytes))
        case _:
            sys.stderr.write(f"usage: NAME [SECONDS MEGABYTES], where NAME is one of {', '.join(PLACES)}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
