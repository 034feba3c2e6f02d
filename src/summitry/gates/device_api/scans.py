"""Scans: many uploads that come at the same time share one transaction, and each gets an answer of its own."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.gates.actions.devices import heard_from
from summitry.gates.actions.taking import Sender, Taken, Upload, take
from summitry.gates.device_api.boards import Boards
from summitry.gates.device_api.messages import (
    Answer,
    Asked,
    language_of,
    ok,
    problem,
    sent_object,
    skew_of,
    trouble,
)
from summitry.gates.enums import Reason
from summitry.gates.errors import DeviceUnknown
from summitry.gates.queries.devices import DeviceFacts, devices_by
from summitry.gates.queries.rows import MOST_ROWS, read_row

logger = logging.getLogger(__name__)
boards = Boards()
SHOWN = ("name", "name2", "org", "category", "colour", "flag", "photo", "note", "vip")


def answer_scans(requests: Sequence[Asked]) -> list[Answer]:
    """Return the answers to many uploads, which share one transaction; where that fails, each has one of its own."""
    try:
        return _scans(requests)
    except Exception:
        if len(requests) > 1:
            logger.warning("Scans taken in together failed; each upload is taken in alone", exc_info=True)
            return [answer_scans([asked])[0] for asked in requests]
        logger.exception("An upload of scans failed")
        return [trouble()]


def _scans(requests: Sequence[Asked]) -> list[Answer]:
    devices = devices_by([asked.authorization for asked in requests])
    now = clock.now()
    answers: list[Answer | None] = [None] * len(requests)
    uploads: dict[int, Upload] = {}
    for number, (asked, device) in enumerate(zip(requests, devices, strict=True)):
        try:
            uploads[number] = _upload(asked, device, now)
        except SummitryError as error:
            with translation.override(language_of(asked.languages)):
                answers[number] = problem(error)
    taken = dict(zip(uploads, take(list(uploads.values())), strict=True)) if uploads else {}
    for number, rows in taken.items():
        device, upload = devices[number], uploads[number]
        if device is not None:
            heard_from(device, upload.skew_ms, now)
            with translation.override(language_of(requests[number].languages)):
                answers[number] = _told(device, upload, rows, now)
    for edition in {upload.sender.edition for upload in uploads.values()}:
        boards.scanned(edition)
    return [one or trouble() for one in answers]


def _upload(asked: Asked, device: DeviceFacts | None, now: dt.datetime) -> Upload:
    if device is None:
        raise DeviceUnknown
    sent = sent_object(asked.body)
    rows = sent.get("scans")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise InvalidInput(fields={"scans": [_("A list of at most %(most)d rows.") % {"most": MOST_ROWS}]})
    sender = Sender(device.pk, device.edition, device.gate, device.revision, device.rule_version)
    return Upload(sender, [read_row(row) for row in rows], skew_of(sent, now))


def _told(device: DeviceFacts, upload: Upload, rows: Sequence[Taken], now: dt.datetime) -> Answer:
    return ok(
        {
            "now": now,
            "skew_ms": upload.skew_ms,
            "revision": device.revision,
            "rule_version": device.rule_version,
            "scans": [_told_row(row) for row in rows],
        }
    )


def _told_row(row: Taken) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": row.id,
        "verdict": row.verdict,
        "reason": row.reason,
        "message": str(Reason(row.reason).label),
        "first": row.is_first,
        "incident": row.incident,
        "guest": None,
    }
    if row.guest is not None:
        told["guest"] = {"id": row.guest} | {name: row.facts[name] for name in SHOWN if name in row.facts}
    if row.since is not None:
        told |= {"since": row.since, "at_gate": row.at_gate}
    if row.fields:
        told["errors"] = row.fields
    return told
