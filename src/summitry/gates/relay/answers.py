"""What devices get from a relay: the same operations as from the server, by what the relay has mirrored and seen."""

from __future__ import annotations

import datetime as dt
import hmac
import json
import logging
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from summitry.foundation import clock, sealing
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.gates.actions.taking import AT_GATE, DECIDED_THERE
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
from summitry.gates.enums import Decision, Direction, Reason, ScanKind
from summitry.gates.errors import DeviceUnknown
from summitry.gates.queries.devices import secret_digest
from summitry.gates.queries.rows import MOST_ROWS, BadRow, Row, read_row
from summitry.gates.queries.verdict import Asked as Question
from summitry.gates.queries.verdict import Verdict, decide
from summitry.gates.relay.store import RelayStore
from summitry.gates.relay.upstream import NoUpstream, Upstream

logger = logging.getLogger(__name__)
USE = "gates.relay.key"
SHOWN = ("id", "name", "name2", "org", "category", "colour", "flag", "photo", "note", "vip")


class NeedsServer(SummitryError):
    """What only the server can do, and there is no line to it."""

    code = "needs-server"
    status = 503


class Relay:
    """Answers devices. The door calls it from one thread, so that of two gates that ask at once one is first."""

    def __init__(self, store: RelayStore, upstream: Upstream, photos: Path) -> None:
        self.store = store
        self.upstream = upstream
        self.photos = photos

    def answer(self, asked: Asked) -> Answer:
        """Return the answer to one request; whatever goes wrong is an answer too."""
        with translation.override(language_of(asked.languages)):
            try:
                return self._answered(asked)
            except SummitryError as error:
                return problem(error)
            except Exception:
                logger.exception("A request of a device failed: %s", asked.operation)
                return trouble()

    def _answered(self, asked: Asked) -> Answer:
        if (asked.method, asked.operation) == ("POST", "enrol"):
            return self._enrol(asked)
        pk, told = self._device(asked.authorization)
        name, _slash, rest = asked.operation.partition("/")
        if (asked.method, name) == ("GET", "roster"):
            return self._roster(asked, told)
        if (asked.method, name) == ("POST", "scans"):
            return self._scans(asked, pk, told)
        if (asked.method, name) == ("GET", "photos"):
            return self._photo(asked, rest)
        return self._passed_on(asked, pk, told)

    def _device(self, header: str) -> tuple[int, dict[str, Any]]:
        number, _dot, key = header.removeprefix("Device ").partition(".")
        kept = (
            self.store.device(int(number))
            if number.isascii() and number.isdecimal() and len(number) < 19
            else None
        )
        if kept is None or not kept[0] or not hmac.compare_digest(kept[0], secret_digest(key)):
            raise DeviceUnknown
        return int(number), kept[2]

    def key_of(self, pk: int) -> str:
        """Return a device's credentials, for handing on what it sent."""
        kept = self.store.device(pk)
        return f"{pk}.{sealing.unseal(kept[1], USE)}" if kept else f"{pk}."

    def _enrol(self, asked: Asked) -> Answer:
        answer = self._asked_upstream(asked)
        if answer.status == HTTPStatus.CREATED:
            told = json.loads(answer.body)
            key = told.pop("key")
            self.store.put_device(told["device"], secret_digest(key), sealing.seal(key, USE), told)
        return answer

    def _roster(self, asked: Asked, told: Mapping[str, Any]) -> Answer:
        since = asked.query.get("since", "")
        roster = self.store.roster(
            int(since) if since.isascii() and since.isdecimal() and len(since) < 19 else 0
        )
        if roster is None:
            raise NeedsServer(_("This relay has no list yet."))
        return ok({**roster, "gate": told["gate"]})

    def _photo(self, asked: Asked, guest: str) -> Answer:
        line = (
            self.store.guest(int(guest))
            if guest.isascii() and guest.isdecimal() and len(guest) < 19
            else None
        )
        if line is None or not line["photo"]:
            raise NotFound
        kept = self.photos / f"{line['id']}-{line['photo']}"
        if kept.is_file():
            media_type, _line, body = sealing.unseal(kept.read_text(), USE).partition("\n")
            return Answer(HTTPStatus.OK, bytes.fromhex(body), media_type, cache="private, max-age=3600")
        answer = self._asked_upstream(asked)
        if answer.status == HTTPStatus.OK:
            self.photos.mkdir(parents=True, exist_ok=True)
            kept.write_text(sealing.seal(f"{answer.media_type}\n{answer.body.hex()}", USE))
        return answer

    def _passed_on(self, asked: Asked, pk: int, told: Mapping[str, Any]) -> Answer:
        """What the server answers if there is a line; how many are inside and that it lives, a relay can say itself."""
        try:
            answer = self._asked_upstream(asked)
        except NeedsServer:
            now = clock.now()
            if asked.operation == "heartbeat":
                head = self.store.fact("roster") or {"revision": 0, "rule_version": 0}
                skew = skew_of(sent_object(asked.body), now)
                return ok(
                    {
                        "now": now,
                        "skew_ms": skew,
                        "revision": head["revision"],
                        "rule_version": head["rule_version"],
                        "gate": told["gate"],
                    }
                )
            if asked.operation == "counters":
                zones = [{"id": zone, "inside": inside} for zone, inside in self.store.inside().items()]
                return ok({"now": now, "zones": zones, "gates": {}, "entered": None})
            raise
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self.store.shut_out(pk)
        return answer

    def _asked_upstream(self, asked: Asked) -> Answer:
        headers = {
            "authorization": asked.authorization,
            "accept-language": asked.languages,
            "content-type": "application/json",
        }
        try:
            return self.upstream.ask(asked.method, asked.operation, asked.body, headers)
        except NoUpstream as error:
            raise NeedsServer(_("This needs the line to the server. Try again when it is back.")) from error

    # --- scans -----------------------------------------------------------------------------------------------------
    def _scans(self, asked: Asked, pk: int, told: Mapping[str, Any]) -> Answer:
        sent, now = sent_object(asked.body), clock.now()
        rows = sent.get("scans")
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise InvalidInput(
                fields={"scans": [_("A list of at most %(most)d rows.") % {"most": MOST_ROWS}]}
            )
        skew = skew_of(sent, now)
        head = self.store.fact("roster") or {"revision": 0, "rule_version": 0}
        answers = [self._take(raw, pk, told["gate"], now, skew) for raw in rows]
        return ok(
            {
                "now": now,
                "skew_ms": skew,
                "revision": head["revision"],
                "rule_version": head["rule_version"],
                "scans": answers,
            }
        )

    def _take(self, raw: Any, device: int, gate: int, now: dt.datetime, skew: int) -> dict[str, Any]:
        row = read_row(raw)
        if isinstance(row, BadRow):
            told = _told(row.id, Verdict(Decision.REFUSE, Reason.BAD_ROW)) | {"errors": row.fields}
            if row.id is None or self.store.answer(str(row.id)) is not None:
                return told
            self.store.keep(_kept(str(row.id), device, raw, told, now))
            return told
        present = self.store.answer(str(row.id))
        if present is None:
            return self._take_new(row, raw, device, row.gate or gate, now, skew)
        if row.offline and row.decision and row.decision != self.store.decision(str(row.id)):
            self._take({**raw, "id": str(uuid.uuid5(AT_GATE, str(row.id)))}, device, gate, now, skew)
        return present

    def _take_new(
        self, row: Row, raw: Mapping[str, Any], device: int, gate: int, now: dt.datetime, skew: int
    ) -> dict[str, Any]:
        at = row.at - dt.timedelta(milliseconds=skew) if row.at else now
        verdict, guest, zone, before = self._decided(row, gate, at)
        told = _told(row.id, verdict, guest) | before
        was_decided = bool(row.decision) and (row.offline or row.kind in DECIDED_THERE)
        done = Verdict(Decision(row.decision), Reason(row.reason or Reason.OK)) if was_decided else verdict
        outward = {
            **raw,
            "decision": done.decision,
            "reason": done.reason,
            "at": at.isoformat(),
            "offline": row.offline or not self.upstream.is_up,
            "relayed": True,
        }
        facts = {
            "guest": guest["id"] if guest else None,
            "zone": zone,
            "gate": gate,
            "direction": row.direction,
            "passed": done.admits and row.kind != ScanKind.UNDO,
        }
        self.store.keep(_kept(str(row.id), device, outward, told, at) | facts)
        return told

    def _decided(
        self, row: Row, gate: int, at: dt.datetime
    ) -> tuple[Verdict, dict[str, Any] | None, int | None, dict[str, Any]]:
        if row.kind == ScanKind.UNDO:
            undone = self.store.scanned(str(row.undoes))
            guest = self.store.guest(undone["guest"]) if undone and undone["guest"] else None
            reason = Reason.UNDONE if undone else Reason.NOTHING
            return Verdict(Decision.REFUSE, reason), guest, undone["zone"] if undone else None, {}
        head = self.store.fact("roster") or {"gates": [], "zones": []}
        place = next((one for one in head["gates"] if one["id"] == gate), None)
        if place is None:
            return Verdict(Decision.REFUSE, Reason.GATE), None, None, {}
        zone = next(one for one in head["zones"] if one["id"] == place["zone"])
        state, owner = self.store.badge(row.digest) if row.digest else ("active", row.guest)
        guest = self.store.guest(owner) if owner else None
        passages = self.store.passages(owner, zone["id"]) if owner else []
        question = Question(
            state=state,
            is_gone=guest is None,
            access=guest["access"] if guest else (),
            zone=zone["id"],
            again=zone["again"],
            direction=row.direction,
            at=int(at.timestamp()),
            inside=bool(passages) and passages[-1]["direction"] == Direction.IN,
            entered=any(one["direction"] == Direction.IN for one in passages),
        )
        before: dict[str, Any] = {}
        if question.inside:
            names = {one["id"]: one["name"] for one in head["gates"]}
            before = {"since": passages[-1]["at"], "at_gate": names.get(passages[-1]["gate"], "")}
        return decide(question), guest, zone["id"], before


def _told(pk: object, verdict: Verdict, guest: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "id": str(pk) if pk else None,
        "verdict": verdict.decision.value,
        "reason": verdict.reason.value,
        "message": str(verdict.reason.label),
        "first": verdict.reason == Reason.OK,
        "incident": None,
        "guest": {name: guest[name] for name in SHOWN if name in guest} if guest else None,
    }


def _kept(pk: str, device: int, row: Any, told: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
    nothing = {"guest": None, "zone": None, "gate": None, "direction": None, "passed": False}
    written = {
        "row": json.dumps(row, ensure_ascii=False),
        "answer": json.dumps(told, ensure_ascii=False, default=str),
    }
    return {"id": pk, "device": device, "at": at.isoformat(), **written, **nothing}
