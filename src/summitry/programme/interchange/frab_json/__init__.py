"""The schedule JSON of frab, pretalx, the CCC hub and others: reading its variants, writing one.

What is written validates against the published JSON schema. Not here: what the values mean (``assembly``) and which
format a file has (``detect``).
"""

from summitry.programme.interchange.frab_json.reading import read_frab_json
from summitry.programme.interchange.frab_json.writing import write_frab_json

__all__ = ["read_frab_json", "write_frab_json"]
