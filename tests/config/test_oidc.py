"""Sign-in through an OpenID Connect provider is switched on by its address alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
answer = Client(headers={"host": "localhost"}).get("/en/account/login/")
print("City sign-in" in answer.content.decode(), "https://id.example.org" in answer["Content-Security-Policy"])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "expected"), [("https://id.example.org/realms/city", "True True"), ("", "False False")]
)
def test_the_provider_appears_where_it_is_configured(tmp_path: Path, url: str, expected: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "summitry.config.settings",
        "SUMMITRY_DATA": str(tmp_path),
        "SUMMITRY_DEBUG": "1",
        "SUMMITRY_OIDC_URL": url,
        "SUMMITRY_OIDC_NAME": "City sign-in",
        "SUMMITRY_OIDC_CLIENT_ID": "summitry",
        "SUMMITRY_OIDC_SECRET": "secret",
    }
    environment.pop("DATABASE_URL", None)
    result = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.stdout.strip() == expected, result.stderr[-500:]
