"""What goes in comes out: through either format, for real schedules and for invented documents."""

from hypothesis import HealthCheck, given, settings

from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.frab_json import read_frab_json, write_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml, write_frab_xml
from tests.programme.interchange.documents import documents

_LENIENT = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


def test_debconf_schedule_survives_both_formats(debconf_xml, xml_errors, json_errors):
    document = read_frab_xml(debconf_xml).document
    assert document is not None
    assert len(document.events) == 117
    as_xml, as_json = write_frab_xml(document), write_frab_json(document)
    assert xml_errors(as_xml) == []
    assert json_errors(as_json) == []
    assert read_frab_xml(as_xml).document == document
    assert read_frab_json(as_json).document == document


def test_camp_schedule_survives_both_formats(camp_json, xml_errors, json_errors):
    document = read_frab_json(camp_json).document
    assert document is not None
    assert len(document.events) == 79
    as_xml, as_json = write_frab_xml(document), write_frab_json(document)
    assert xml_errors(as_xml) == []
    assert json_errors(as_json) == []
    assert read_frab_xml(as_xml).document == document
    assert read_frab_json(as_json).document == document


@_LENIENT
@given(document=documents())
def test_written_xml_is_valid_and_reads_back_the_same(xml_errors, document: ScheduleDocument):
    written = write_frab_xml(document)
    assert xml_errors(written) == []
    assert read_frab_xml(written).document == document


@_LENIENT
@given(document=documents())
def test_written_json_is_valid_and_reads_back_the_same(json_errors, document: ScheduleDocument):
    written = write_frab_json(document)
    assert json_errors(written) == []
    assert read_frab_json(written).document == document


@_LENIENT
@given(document=documents())
def test_each_format_carries_what_the_other_one_left(document: ScheduleDocument):
    through_json = read_frab_json(write_frab_json(document)).document
    assert through_json is not None
    assert read_frab_xml(write_frab_xml(through_json)).document == document
