"""Programmes kept in tables: reading CSV, XLSX, ODS and XLS, mapping columns to fields, writing CSV and XLSX.

Formulas are never evaluated when reading and never written. Not here: what times and identities mean (``assembly``).
"""

from summitry.foundation.tables.reading import Cell, Row, TableReading, read_table
from summitry.programme.interchange.table.mapping import ColumnMapping, ColumnTarget, Field, guess_mapping
from summitry.programme.interchange.table.schedule import to_document
from summitry.programme.interchange.table.writing import Sheet, write_csv, write_xlsx

__all__ = [
    "Cell",
    "ColumnMapping",
    "ColumnTarget",
    "Field",
    "Row",
    "Sheet",
    "TableReading",
    "guess_mapping",
    "read_table",
    "to_document",
    "write_csv",
    "write_xlsx",
]
