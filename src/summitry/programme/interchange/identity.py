"""Names for things that a file leaves nameless: stable, so that a second reading of the file finds them again."""

import re
import uuid

_NAMESPACE = uuid.UUID("6f1c1c53-1d0a-5c6e-9a51-2f6e27b1a3d4")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LARGEST_ID = 2**31 - 1


def is_guid(text: str) -> bool:
    """Whether ``text`` is a UUID as the schemas spell it."""
    return _GUID.fullmatch(text) is not None


def derived_guid(*parts: str) -> str:
    """The GUID that these parts of an identity always give."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(part.replace("\x1f", " ") for part in parts)))


def derived_id(guid: str, taken: set[int]) -> int:
    """A number for an event that has none, or whose own is ``taken``; it fits into the 32 bits that readers expect."""
    number = int(guid.replace("-", ""), 16) % _LARGEST_ID + 1
    while number in taken:
        number = number % _LARGEST_ID + 1
    return number
