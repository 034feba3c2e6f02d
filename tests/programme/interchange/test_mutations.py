"""Real files with something broken in them are read as far as they can be, and never raise."""

import copy
import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.document import Reading
from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml

ODD: list[Any] = [
    *(None, True, 0, -1, 1e308, "", "x", [], {}, [None], {"a": 1}, [[1]], {"en": "x"}, ["x", "y"], 10**18),
    *(
        "2019-13-45",
        "9999-12-31T23:59:59+14:00",
        "0001-01-01T00:00:00Z",
        "2019-08-21",
        "25:99",
        "1:02:00:00",
        "P1D",
    ),
    *("<b>", "\0", "\ud800", "-5", "9" * 30, "00:00", "2019-08-21T11:00:00", "24:00", "１２:３０", "²"),
]
_FEW = settings(deadline=None, max_examples=40)


def _answered(reading: Reading) -> bool:
    return reading.document is not None or any(problem.severity == "error" for problem in reading.problems)


@_FEW
@given(seed=st.integers(0, 2**32))
def test_bytes_changed_anywhere_are_answered(debconf_xml, camp_json, seed):
    chance = random.Random(seed)
    for original in (debconf_xml, camp_json):
        data = bytearray(original[: chance.choice([3000, 30_000, len(original)])])
        for _ in range(chance.choice([1, 3])):
            start = chance.randrange(len(data))
            data[start : start + chance.choice([0, 1, 30])] = bytes(
                chance.choices(range(256), k=chance.choice([0, 1, 4]))
            )
        assert _answered(read_schedule(bytes(data)))


@_FEW
@given(seed=st.integers(0, 2**32))
def test_json_values_changed_anywhere_are_answered(camp_json, json_errors, seed):
    chance = random.Random(seed)
    root = json.loads(camp_json)
    del root["schedule"]["conference"]["days"][2:]
    for _ in range(chance.choice([1, 5, 30])):
        holder, key = _somewhere(root, chance)
        holder[key] = copy.deepcopy(chance.choice(ODD))
    reading = read_schedule(json.dumps(root).encode())
    assert _answered(reading)
    if reading.document is not None:
        written = write_frab_json(reading.document)
        assert json_errors(written) == []
        assert read_schedule(written).document == reading.document


def _somewhere(root: Any, chance: random.Random) -> tuple[Any, Any]:
    holder: Any = {"root": root}
    key: Any = "root"
    for _ in range(chance.randint(1, 9)):
        node = holder[key]
        if not node or not isinstance(node, dict | list):
            break
        holder, key = (
            node,
            chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node)),
        )
    return holder, key


@_FEW
@given(seed=st.integers(0, 2**32))
def test_xml_elements_changed_anywhere_are_answered(debconf_xml, xml_errors, seed):
    chance = random.Random(seed)
    root = etree.fromstring(debconf_xml)
    for day in root.findall("day")[2:]:
        root.remove(day)
    elements = list(root.iter())
    for _ in range(chance.choice([1, 10, 60])):
        _change(chance.choice(elements), chance)
    reading = read_schedule(etree.tostring(root))
    assert _answered(reading)
    if reading.document is not None:
        written = write_frab_xml(reading.document)
        assert xml_errors(written) == []
        assert read_schedule(written).document == reading.document


def _change(element: Any, chance: random.Random) -> None:
    text = chance.choice([odd for odd in ODD if isinstance(odd, str) and odd not in ("\0", "\ud800")])
    match chance.randrange(5):
        case 0 if element.getparent() is not None:
            element.getparent().remove(element)
        case 1:
            element.text = text
        case 2 if element.attrib:
            element.set(chance.choice(list(element.attrib)), text)
        case 3 if element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        case _:
            element.tag = chance.choice(["event", "day", "room", "persons", "start", "foo", "link"])
