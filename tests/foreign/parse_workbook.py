"""Reads a workbook (.xlsx) with openpyxl and prints what it saw as JSON.

    python parse_workbook.py FILE     {"title", "created", "sheets": [{"name", "rows", "formats", "charts", "frozen"}]}

Cells keep their types: numbers, booleans, texts, dates as ISO 8601; an empty one is null. A formula would be told as a
text that begins with "=", of the type "f".
"""

import datetime
import json
import sys

import openpyxl


def value(cell):
    if cell.data_type == "f":
        return {"formula": str(cell.value)}
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date().isoformat()
    return cell.value


def sheet(of):
    rows = list(of.iter_rows())
    return {
        "name": of.title,
        "rows": [[value(cell) for cell in row] for row in rows],
        "formats": [cell.number_format for cell in rows[1]] if len(rows) > 1 else [],
        "charts": [{"kind": type(chart).__name__, "series": len(chart.series)} for chart in of._charts],
        "frozen": of.freeze_panes,
    }


book = openpyxl.load_workbook(sys.argv[1])
seen = {
    "title": book.properties.title,
    "created": book.properties.created.isoformat(),
    "sheets": [sheet(of) for of in book.worksheets],
}
print(json.dumps(seen, ensure_ascii=False))
