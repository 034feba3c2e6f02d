"""Serves the gates of a hall from a laptop in it."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings

from summitry import __version__
from summitry.config.cli.server import check_address, out, prepare
from summitry.gates.cli import open_relay
from summitry.gates.relay.door import with_relay
from summitry.gates.relay.upstream import Upstream


def relay(
    upstream: str, code: str, name: str, host: str, port: int, certificate: Path | None, key: Path | None
) -> int:
    """Enrol at the first start, mirror the roster, then serve the hall's devices until interrupted."""
    check_address(host, port)
    prepare(quiet=True)
    answers, forwarder = open_relay(Path(settings.DATA), Upstream(upstream.rstrip("/")), code, name)
    forwarder.start()
    os.environ.setdefault("SUMMITRY_JOBS", "none")
    pages: Any = importlib.import_module("summitry.config.asgi").application
    scheme = "https" if certificate else "http"
    out.print(f"Summitry {__version__} relays {upstream} on {scheme}://{host}:{port}/  (Ctrl+C ends it)")
    try:
        uvicorn.run(
            with_relay(answers, pages, f"/{settings.LANGUAGE_CODE}/gate/"),
            host=host,
            port=port,
            log_level=settings.LOG_LEVEL.lower(),
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
    finally:
        forwarder.stop()
    return 0
