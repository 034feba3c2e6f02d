"""What changed between two versions of a text, in words (in characters where a script has no spaces)."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from summitry.translation.checking.tokens import tokens

LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kind` is same, gone or new."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from `before` to `after`, what goes before what comes.

    All pieces but the new ones join to `before`, all but the gone ones to `after`. Of very long texts only the ends
    that they share are kept apart: an exact comparison would take too long.
    """
    old, new = tokens(before), tokens(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [Piece("same", "".join(old[:start]))]
    if len(middle_old) + len(middle_new) > LONGEST:
        pieces += [Piece("gone", "".join(middle_old)), Piece("new", "".join(middle_new))]
    else:
        pieces += _compared(middle_old, middle_new)
    pieces.append(Piece("same", "".join(old[len(old) - end :])))
    return [piece for piece in pieces if piece.text]


def _compared(old: list[str], new: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
        else:
            pieces += [Piece("gone", "".join(old[a:b])), Piece("new", "".join(new[c:d]))]
    return pieces


def _shared(one: list[str], other: list[str]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
