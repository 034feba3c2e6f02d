"""Building small schedules around one oddity."""

from collections.abc import Iterable

from summitry.programme.interchange.document import Event, Reading
from summitry.programme.interchange.frab_xml import read_frab_xml

GUID_A = "00000000-0000-4000-8000-00000000000a"
GUID_B = "00000000-0000-4000-8000-00000000000b"


def event(body: str = "", attributes: str = f'id="1" guid="{GUID_A}"') -> str:
    """An event; its usual parts stand unless the body brings its own."""
    usual = {
        "title": "Talk",
        "date": "2024-08-01T10:00:00+02:00",
        "start": "10:00",
        "duration": "00:30",
        "room": "Weir",
    }
    parts = "".join(f"<{name}>{text}</{name}>" for name, text in usual.items() if f"<{name}" not in body)
    return f"<event {attributes}>{parts}{body}</event>"


def schedule(
    *events: str,
    day: str = 'index="1" date="2024-08-01" start="2024-08-01T09:00:00+02:00" end="2024-08-02T04:00:00+02:00"',
    conference: str = "<acronym>rt24</acronym><title>T</title><time_zone_name>Europe/Berlin</time_zone_name>",
) -> bytes:
    inner = "".join(events)
    return (
        f"<schedule><version>1</version><conference>{conference}</conference>"
        f'<day {day}><room name="Weir">{inner}</room></day></schedule>'
    ).encode()


def read(data: bytes) -> tuple[tuple[Event, ...], list[tuple[str, str]]]:
    """The events and what was told: severity and code."""
    reading = read_frab_xml(data)
    return told(reading)


def told(reading: Reading) -> tuple[tuple[Event, ...], list[tuple[str, str]]]:
    events = reading.document.events if reading.document else ()
    return events, [(str(problem.severity), str(problem.code)) for problem in reading.problems]


def starts(events: Iterable[Event]) -> list[str]:
    return [event.starts_at.isoformat() for event in events]
