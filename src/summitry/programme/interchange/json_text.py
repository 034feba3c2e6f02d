"""From untrusted text to JSON values, in bounded time and memory, or to a problem that names the place."""

import json
import math
from typing import NoReturn

from summitry.foundation.tables.findings import FileCode
from summitry.programme.interchange.document import Json
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.texts import MAX_DEPTH, clean_json
from summitry.programme.interchange.values import LARGEST_INTEGER

MAX_CONTAINERS = 300_000
MAX_VALUES = 3_000_000
_LONGEST_INTEGER = 20


class _RepeatedKey(ValueError):
    pass


def parse_json(text: str, problems: Problems) -> Json:
    """The value, with text cleaned; None (with an error) where it is not JSON or is built to exhaust the reader."""
    if text.count("{") + text.count("[") > MAX_CONTAINERS or text.count(",") > MAX_VALUES:
        problems.error(FileCode.TOO_COMPLEX, "", limit=MAX_CONTAINERS)
        return None

    def without_repetition(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        return found if len(found) == len(pairs) else _merged(pairs, problems)

    try:
        value: Json = json.loads(
            text,
            strict=False,
            object_pairs_hook=without_repetition,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_refuse_constant,
        )
        return clean_json(value)
    except json.JSONDecodeError as error:
        problems.error(ProblemCode.JSON_SYNTAX, f"line {error.lineno}", column=error.colno, reason=error.msg)
    except _RepeatedKey as error:
        problems.error(ProblemCode.KEY_REPEATED, str(error), key=str(error))
    except RecursionError:
        problems.error(ProblemCode.TOO_DEEP, "", limit=MAX_DEPTH)
    except ValueError as error:
        problems.error(ProblemCode.JSON_SYNTAX, "", column=0, reason=str(error)[:200])
    return None


def _merged(pairs: list[tuple[str, Json]], problems: Problems) -> dict[str, Json]:
    """An object with a repeated key: lists (a room given twice) are joined, equal values count once."""
    merged: dict[str, Json] = {}
    for key, value in pairs:
        known = merged.get(key)
        if key not in merged or known == value:
            merged[key] = value
        elif isinstance(known, list) and isinstance(value, list):
            merged[key] = known + value
            problems.warning(ProblemCode.KEYS_MERGED, key[:80], key=key[:80])
        else:
            raise _RepeatedKey(key[:80])
    return merged


def _integer(digits: str) -> int | str:
    """Numbers beyond 64 bits stay text: nothing here counts so far, and converting them can take forever."""
    number = int(digits) if len(digits) <= _LONGEST_INTEGER else None
    return digits if number is None or abs(number) > LARGEST_INTEGER else number


def _decimal(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _refuse_constant(name: str) -> NoReturn:
    msg = f"{name} is not a JSON value"
    raise ValueError(msg)
