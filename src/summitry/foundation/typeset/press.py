"""The program that sets one document: started by `summitry.foundation.typeset`, it knows nothing of Django.

Arguments: the document's folder, the folder of fonts, the moment (seconds), and what to make of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

MEMORY = 3 << 30
"""Bytes of address space: a document that wants more is at fault."""


def main(folder: Path, fonts: str, moment: int, order: list[str]) -> None:
    """Set main.typ of `folder` and write the pages, or the answer, into its folder `made`."""
    compiler = typst.Compiler(
        folder / "main.typ",
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        package_path=folder / "none",
        package_cache_path=folder / "none",
    )
    made = folder / "made"
    if order[0] == "query":
        (made / "0.json").write_text(compiler.query(order[1], field="value"), encoding="utf-8")
    elif order[0] == "pdf":
        made.joinpath("0.pdf").write_bytes(_only(compiler.compile(format="pdf", timestamp=moment)))
    else:
        pages = compiler.compile(format="png", ppi=float(order[1]))
        for number, page in enumerate(pages if isinstance(pages, list) else [_only(pages)]):
            made.joinpath(f"{number:05}.png").write_bytes(page)


def _only(content: bytes | list[bytes] | None) -> bytes:
    if not isinstance(content, bytes):
        raise TypeError("one document was expected")
    return content


if __name__ == "__main__":
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}")
