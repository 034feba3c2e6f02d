"""Large schedules are read and written fast; measured in CPU time, so that a busy machine does not matter."""

import time
from collections.abc import Callable

from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml
from tests.programme.interchange.wild import event, schedule

EVENTS = 1400


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def test_fourteen_hundred_events_take_less_than_a_second():
    body = f"<abstract>{'Words of an abstract. ' * 40}</abstract><persons><person id='5'>Ada Weir</person></persons>"
    data = schedule(*(event(body, f'id="{number}"') for number in range(1, EVENTS + 1)))
    document = read_schedule(data).document
    assert document is not None
    assert len(document.events) == EVENTS
    as_json = write_frab_json(document)
    assert seconds(lambda: read_schedule(data)) < 1
    assert seconds(lambda: read_schedule(as_json)) < 1
    assert seconds(lambda: write_frab_xml(document)) < 2
    assert seconds(lambda: write_frab_json(document)) < 2


def test_thousands_of_equal_guids_take_no_longer():
    data = schedule(*[event()] * 5000)
    assert seconds(lambda: read_schedule(data)) < 3
