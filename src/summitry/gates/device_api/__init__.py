"""What devices ask: `/api/v1/gates/…` (docs/develop/gates.md). A plain function from a request to an answer.

It knows neither sessions nor middleware: a scan must cost little. Two doors lead here, `device_door` in front of Django's
threads and `views.devices` among its addresses, so that a server without the one still answers by the other.
"""

from __future__ import annotations

import logging

from django.utils import translation

from summitry.foundation.errors import SummitryError
from summitry.gates.device_api.messages import Answer, Asked, language_of, problem, trouble
from summitry.gates.device_api.operations import answered
from summitry.gates.device_api.scans import answer_scans

logger = logging.getLogger(__name__)
ROOT = "/api/v1/gates/"
LARGEST_BODY = 2_000_000

__all__ = ["LARGEST_BODY", "ROOT", "Answer", "Asked", "answer", "answer_scans", "trouble"]


def answer(asked: Asked) -> Answer:
    """Return the answer to one request; whatever goes wrong is an answer too."""
    if asked.is_scan:
        return answer_scans([asked])[0]
    with translation.override(language_of(asked.languages)):
        try:
            return answered(asked)
        except SummitryError as error:
            return problem(error)
        except Exception:
            logger.exception("A request of a device failed: %s", asked.operation)
            return trouble()
