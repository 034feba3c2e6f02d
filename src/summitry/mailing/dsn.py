"""Reading a delivery status notification (RFC 3464): which of our letters it is about, and whether it came back.

Anybody can send such a mail, so everything in it is doubted: it is read up to a limit, a letter is only known by its
secret token, and what cannot be read is no report. Nothing here asks the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

LIMIT = 512 * 1024
"""A report is small; what lies beyond is not looked at."""
MAX_PARTS = 50
MAX_RECIPIENTS = 50
_SHAPE = r"(?<![0-9a-f])([0-9a-f]{24})(?![0-9a-f])"
_RETURNED_TO = re.compile(r"\+" + _SHAPE + "@", re.IGNORECASE)
_MESSAGE_ID = re.compile("<" + _SHAPE + "@", re.IGNORECASE)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_FIELDS = ("message-id", "in-reply-to", "references")
_ENVELOPE = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


class Fate(StrEnum):
    """What a report says about a delivery."""

    FAILED = "failed"
    DELAYED = "delayed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """A report about one letter: its token, its fate, and the server's words (one line)."""

    token: str
    fate: Fate
    detail: str


def read_report(data: bytes) -> Report | None:
    """Return what a mail reports about one of our letters; None where it is no such report, whatever else it is."""
    try:
        mail = message_from_bytes(data[:LIMIT])
        parts = list(_parts(mail))
        status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
        if status is None:
            return None
        token = _token(mail, parts)
        if not token:
            return None
        fate, detail = _fate(status)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # The standard library's parser has its own opinions about what mail can contain.
        return None
    return Report(token, fate, detail)


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts, outermost first, without recursion and up to a limit."""
    waiting = [mail]
    for _number in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/delivery-status":
            waiting += [one for one in payload if isinstance(one, Message)][:MAX_PARTS]


def _token(mail: Message, parts: list[Message]) -> str:
    """Find the letter's token: in the address the report was sent to, else in the returned letter's headers."""
    for name in _ENVELOPE:
        for value in mail.get_all(name, []):
            if match := _RETURNED_TO.search(str(value)):
                return match[1].lower()
    for part in parts[1:]:
        for name in _FIELDS:
            for value in part.get_all(name, []):
                if match := _MESSAGE_ID.search(str(value)):
                    return match[1].lower()
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_bytes(_bytes(part))
            if match := _MESSAGE_ID.search(str(headers.get("message-id", ""))):
                return match[1].lower()
    return ""


def _fate(status: Message) -> tuple[Fate, str]:
    """Read the fields of the recipients: failed where any of them says so, else delayed, else anything."""
    blocks = status.get_payload()
    fates = []
    for block in (blocks if isinstance(blocks, list) else [])[:MAX_RECIPIENTS]:
        if not isinstance(block, Message):
            continue
        action = str(block.get("action", "")).strip().lower()
        code = _STATUS.search(str(block.get("status", "")))
        if not action and code is None:
            continue
        fates.append((_fate_of(action, code[1] if code else ""), _detail(block, code)))
    for wanted in (Fate.FAILED, Fate.DELAYED):
        for fate, detail in fates:
            if fate is wanted:
                return fate, detail
    return (Fate.OTHER, fates[0][1]) if fates else (Fate.OTHER, "")


def _fate_of(action: str, status_class: str) -> Fate:
    if action == "failed":
        # A server that gives up after days says failed with a class of 4: for us it has come back all the same.
        return Fate.FAILED
    if action == "delayed" or (not action and status_class == "4"):
        return Fate.DELAYED
    return Fate.FAILED if not action and status_class == "5" else Fate.OTHER


def _detail(block: Message, code: re.Match[str] | None) -> str:
    diagnostic = str(block.get("diagnostic-code", "")).partition(";")[2]
    words = " ".join(f"{code[0] if code else ''} {diagnostic}".split())
    return "".join(char for char in words if char.isprintable())[:500]


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
