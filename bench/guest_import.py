"""The import of 20,000 guests from an Excel file with 5 % dirty rows: time, memory, and whether every bad cell is named.

Compared with the least that anybody could do: reading the same file with the same reader and inserting bare rows, a person
and a guest each, nothing checked, nothing compared, nobody told. Each side runs in a process of its own on a fresh SQLite
database; what the import has to have done is counted afterwards, and a wrong count is a failure.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped] # no annotations in it

from bench import ours
from bench.progress import step
from bench.table import aligned, figure, ratio_line

ROWS = 20_000
DIRTY = 20
"""Every so many rows one cell cannot be taken: 5 %."""
SECONDS = 60
"""How long the import may take."""
MEGABYTES = 400
"""How much memory the importing process may hold at its peak."""
FILE = ours.HOME / "guests.xlsx"
HEAD = (
    "Name",
    "姓名",
    "E-mail",
    "Category",
    "Country or region",
    "Organisation",
    "Position",
    "Attendance",
    "Language",
)
BAD = (
    (0, ""),
    (2, "no address"),
    (3, "Nobles"),
    (4, "Atlantis"),
    (7, "by horse"),
    (8, "Klingon"),
    (2, 1.38e10),
)
GIVEN = "Ada Bo Chen Dara Elif Fen Gao Hana Ines Jun Kofi Lena Mina Noor Oana Pia Qi Rosa Sana Tomas".split()
FAMILY = (
    "Abadi Bauer Cruz Duarte Eze Fischer Garcia Haddad Ito Jensen Kim Lopez Meyer Nwosu Okafor Petrov".split()
)
HAN_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
HAN_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国文辉力志永林嘉怡雨晨子涵浩然思远"


def run() -> None:
    """Prepare, measure both sides, and print the table and the ratio line."""
    shutil.rmtree(ours.HOME, ignore_errors=True)
    ours.HOME.mkdir(parents=True)
    with step(f"writing a list of {ROWS} guests"):
        write()
    figures = {}
    for side in ("bare", "import"):
        with step(f"{side}: a fresh database and {ROWS} rows"):
            figures[side] = measured(side)
    check(figures["import"])
    print(*report(figures["bare"], figures["import"]), sep="\n")


def write() -> None:
    """Write the file; the same each time."""
    with xlsxwriter.Workbook(str(FILE), {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEAD, *rows())):
            sheet.write_row(number, 0, row)


def rows() -> Iterator[list[object]]:
    """Guests, of whom none is like another; every twentieth has one cell that cannot be taken."""
    dice = random.Random(20_000)
    names: set[str] = set()
    for number in range(ROWS):
        word = "".join(dice.choice("abcdefghiklmnoprstuvz") for _ in range(9)).title()
        native = ""
        if number % 4 == 0:
            while not native or native in names:
                native = dice.choice(HAN_FAMILY) + "".join(dice.sample(HAN_GIVEN, 3)) + "氏"
            names.add(native)
        row: list[object] = [
            f"{dice.choice(GIVEN)} {word} {dice.choice(FAMILY)}", native, f"guest{number}@example.org",
            ("Delegate", "speaker", "Media")[number % 3], ("CN", "France", "KE")[number % 3],
            f"Institute {number % 700}", ("Director", "Fellow", "")[number % 3], ("On site", "online", "")[number % 3],
            ("fr", "English", "")[number % 3],
        ]  # fmt: skip
        if number % DIRTY == 0:
            column, value = BAD[number // DIRTY % len(BAD)]
            row[column] = value
            if column == 0:
                row[1] = ""
        yield row


def measured(side: str) -> dict[str, float]:
    """Run one side in a process of its own and return the figures it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.guest_import_ours", side, str(FILE)],
        env={**ours.settings(), "SUMMITRY_DATA": str(ours.HOME / side)},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=ours.PATIENCE * 2,
        check=False,
    )
    if done.returncode:
        raise ours.OursFailedError(f"{side} failed:\n{done.stdout}{done.stderr}"[-3000:])
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def check(figures: dict[str, float]) -> None:
    """Fail where the import did not do what it had to."""
    dirty = ROWS // DIRTY
    wanted = {
        "guests": ROWS - dirty,
        "people": ROWS - dirty,
        "invitations": ROWS - dirty,
        "named": dirty,
        "again": 0,
    }
    wrong = {name: figures[name] for name, number in wanted.items() if figures[name] != number}
    if wrong:
        raise ours.OursFailedError(f"the import is wrong: {wrong} instead of {wanted}")
    if (
        figures["cpu"] > SECONDS or figures["peak"] > MEGABYTES
    ):  # it has one thread: on an idle machine the time it takes
        raise ours.OursFailedError(
            f"{figures['cpu']:.0f} CPU s of {SECONDS}, {figures['peak']:.0f} MB of {MEGABYTES}"
        )


def report(bare: dict[str, float], mine: dict[str, float]) -> Iterator[str]:
    """The table, the remarks and the last line."""
    lines = [
        ["side", "what", "s", "CPU s", "peak MB"],
        ["bare", "read the file, insert people and guests unchecked", *_figures(bare, "")],
        [ours.NAME, "dry run: read, check, compare", *_figures(mine, "plan_")],
        [ours.NAME, "the whole import", *_figures(mine, "")],
        [ours.NAME, "the same file once more, which changes nothing", *_figures(mine, "again_")],
    ]
    yield aligned(lines)
    yield ""
    yield f"{mine['guests']:.0f} guests written, {mine['named']:.0f} bad cells named by row and column, none missed."
    yield f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}."
    yield ""
    yield ratio_line(
        bare["cpu"] / mine["cpu"],
        f"reading and inserting bare rows against Summitry's whole import of {ROWS} guests, CPU time",
    )


def _figures(figures: dict[str, float], prefix: str) -> list[str]:
    return [figure(figures[prefix + name]) for name in ("seconds", "cpu", "peak")]


if __name__ == "__main__":
    run()
