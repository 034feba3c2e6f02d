"""2,500 badges in six scripts as PDF: from the database to recorded files, every code read back from the rendered pages.

Beside it stands ReportLab, the library that the common ticket systems print badges with, alone: four fields and a code drawn
from values in memory, in one Latin font, no word measured, no script joined, nothing checked or recorded. Each side runs in a
process of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from bench import ours
from bench.progress import step
from bench.table import aligned, figure, ratio_line

BADGES = 2500
SECONDS = 60
"""How long the printing may take, of CPU time on one core; it uses two."""
REPORTLAB = "reportlab==4.4.4"
PEER = ours.HOME.parent / "reportlab"
BARE = """
import json, resource, sys, time
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
n = int(sys.argv[1])
begun = time.perf_counter()
canvas = Canvas(sys.argv[2], pagesize=(105 * mm, 148 * mm))
for each in range(n):
    for y, size, text in ((80, 24, f"Anna Example {each}"), (65, 12, f"Organisation {each % 300}"), (8, 15, "Delegate")):
        canvas.setFont("Helvetica", size)
        canvas.drawCentredString(52 * mm, y * mm, text)
    drawing = Drawing(26 * mm, 26 * mm)
    drawing.add(QrCodeWidget(f"TOKEN{each:011}", barWidth=26 * mm, barHeight=26 * mm))
    renderPDF.draw(drawing, canvas, 40 * mm, 25 * mm)
    canvas.showPage()
canvas.save()
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": time.perf_counter() - begun, "cpu": time.process_time(), "peak": used.ru_maxrss / 1024}))
"""


def run() -> None:
    """Prepare, measure both sides, and print the table and the ratio line."""
    shutil.rmtree(ours.HOME, ignore_errors=True)
    ours.HOME.mkdir(parents=True)
    with step(f"installing {REPORTLAB}"):
        python = peer()
    with step(f"{REPORTLAB}: {BADGES} badges"):
        bare = figures_of([python, "-c", BARE, str(BADGES), str(ours.HOME / "bare.pdf")])
    with step(f"{ours.NAME}: {BADGES} badges, and reading every code"):
        mine = figures_of([sys.executable, "-m", "bench.badges_ours", str(BADGES)])
    if (mine["read"], mine["pages"], mine["records"]) != (BADGES, BADGES, BADGES):
        raise ours.OursFailedError(f"codes read, pages and records are not all {BADGES}: {mine}")
    if mine["cpu"] > SECONDS:
        raise ours.OursFailedError(f"{mine['cpu']:.0f} CPU s of {SECONDS}")
    print(*report(bare, mine), sep="\n")


def peer() -> str:
    """Return the Python of an environment that has ReportLab and nothing else."""
    python = PEER / "bin" / "python"
    if not (PEER / "complete").exists():
        venv.create(PEER, with_pip=True, clear=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", REPORTLAB], check=True, timeout=ours.PATIENCE
        )
        (PEER / "complete").touch()
    return str(python)


def figures_of(command: list[str]) -> dict[str, float]:
    """Run one side and return the figures it prints last."""
    done = subprocess.run(
        command,
        env={**ours.settings(), "SUMMITRY_DATA": str(ours.HOME)},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=ours.PATIENCE * 4,
        check=False,
    )
    if done.returncode:
        raise ours.OursFailedError(f"{done.stdout}{done.stderr}"[-3000:])
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def report(bare: dict[str, float], mine: dict[str, float]) -> Iterator[str]:
    """The table, the remarks and the last line."""
    lines = [
        ["side", "what", "s", "CPU s", "peak MB"],
        [REPORTLAB, "three Latin lines and a code, from memory", *_figures(bare)],
        [
            ours.NAME,
            "the whole job: checked, set with photos in six scripts, stored, recorded",
            *_figures(mine),
        ],
    ]
    yield aligned(lines)
    yield ""
    yield (
        f"{mine['read']:.0f} codes of {BADGES} read from the rendered pages; of the job, {mine['check']:.1f} s were the check "
        f"of what fits; the largest typesetting process held {mine['child']:.0f} MB."
    )
    yield f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}."
    yield ""
    yield ratio_line(
        bare["cpu"] / mine["cpu"],
        f"ReportLab drawing three lines against Summitry's whole job, {BADGES} badges, CPU time",
    )


def _figures(figures: dict[str, float]) -> list[str]:
    return [figure(figures[name]) for name in ("seconds", "cpu", "peak")]


if __name__ == "__main__":
    run()
