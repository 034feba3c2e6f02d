"""What a bench says while it works: on standard error, so that standard output is the table and nothing else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import track

CONSOLE = Console(stderr=True, highlight=False)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a spinner while the block runs, and a line with its duration once it is done."""
    began = time.perf_counter()
    with CONSOLE.status(title):
        yield
    note(f"{title}: {time.perf_counter() - began:.1f} s")


def rounds(count: int) -> Iterator[int]:
    """Count through the rounds of a measurement with a progress bar."""
    yield from track(range(count), "measuring", console=CONSOLE)


def note(text: str) -> None:
    """Say something in passing, as it is."""
    CONSOLE.print(text, markup=False, soft_wrap=True)
