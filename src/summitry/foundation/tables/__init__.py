"""Tables in files: CSV of any delimiter and encoding, XLSX, ODS and XLS become columns and rows of values.

Formulas are never evaluated. A hostile file is refused before it exhausts the machine; what is wrong is told by code and
place. It knows nothing of Django, nor of what the columns mean: that is for whoever imports them.
"""

from summitry.foundation.tables.findings import FileCode, Problem, Problems, Severity
from summitry.foundation.tables.reading import Cell, Row, TableReading, letter, place, read_table

__all__ = [
    "Cell",
    "FileCode",
    "Problem",
    "Problems",
    "Row",
    "Severity",
    "TableReading",
    "letter",
    "place",
    "read_table",
]
