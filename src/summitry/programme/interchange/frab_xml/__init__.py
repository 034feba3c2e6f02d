"""The schedule XML of pentabarf, frab, pretalx, wafer, OSEM and others: reading every dialect, writing one.

What is written validates against the schema that video pipelines and schedule apps check. Not here: what the values
mean (``assembly``) and which format a file has (``detect``).
"""

from summitry.programme.interchange.frab_xml.reading import read_frab_xml
from summitry.programme.interchange.frab_xml.writing import write_frab_xml

__all__ = ["read_frab_xml", "write_frab_xml"]
