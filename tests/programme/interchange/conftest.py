"""The real schedules and the schemas; tests that need them are skipped where the shared folder is absent."""

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped] # no annotations in it
import pytest
from lxml import etree

SHARED = Path(__file__).parents[4] / "shared" / "data" / "schedules"


def _shared(name: str) -> bytes:
    path = SHARED / name
    if not path.exists():
        pytest.skip("shared data folder is absent")
    return path.read_bytes()


@pytest.fixture(scope="session")
def debconf_xml() -> bytes:
    return _shared("debconf23.xml")


@pytest.fixture(scope="session")
def camp_json() -> bytes:
    return _shared("frab-camp2019.json")


@pytest.fixture(scope="session")
def xml_errors():
    schema = etree.XMLSchema(etree.fromstring(_shared("schedule.xml.xsd")))

    def errors(data: bytes) -> list[str]:
        valid = schema.validate(etree.fromstring(data))
        return [] if valid else str(schema.error_log).splitlines()

    return errors


@pytest.fixture(scope="session")
def json_errors():
    validator = jsonschema.Draft6Validator(
        json.loads(_shared("schedule.schema.json")), format_checker=jsonschema.FormatChecker()
    )

    def errors(data: bytes) -> list[str]:
        root: Any = json.loads(data)
        return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(root)]

    return errors
