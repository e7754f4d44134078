"""JSON, GeoJSON and Parquet as rows of text."""

from __future__ import annotations

import io
import json
from typing import Any

import polars as pl

from strandline.sources.decoding.tables import Sheet, text_table, undecodable


def json_sheet(name: str, content: bytes) -> Sheet:
    """The one sheet of a JSON file. Raises: Undecodable."""
    try:
        data = json.loads(content)
    except RecursionError as error:
        raise undecodable(
            name, "The JSON is nested deeper than any publication", "It is damaged: get it again"
        ) from error
    except ValueError as error:
        raise undecodable(
            name, f"The file begins as JSON but is not: {error}", "It is cut short or damaged: get it again"
        ) from error
    container, records = _json_records(name, data)
    headers = tuple(dict.fromkeys(field for record in records for field in record))
    rows = [tuple(_json_cell(record.get(header)) for header in headers) for record in records]
    frame = pl.DataFrame(rows, schema={str(n): pl.String for n in range(len(headers))}, orient="row")
    return Sheet(
        file=name,
        container=container,
        heads=(headers,),
        read=lambda _: text_table(headers, frame, first_row=1),
    )


def _json_records(name: str, data: object) -> tuple[str, list[dict[str, Any]]]:
    """A list of objects; an object of objects, whose keys become `_key`; or the features of a GeoJSON collection."""
    match data:
        case {"type": "FeatureCollection", "features": [*features]} if all(map(_is_feature, features)):
            return "geojson", [{**f["properties"], "geometry": f["geometry"]} for f in features]
        case dict() if data and all(isinstance(value, dict) for value in data.values()):
            return "json", [{"_key": key, **value} for key, value in data.items()]
        case list() if data and all(isinstance(value, dict) for value in data):
            return "json", data
    raise undecodable(
        name, "The JSON is neither a list of records nor records by key", "Get it again from the publisher"
    )


def _is_feature(value: object) -> bool:
    match value:
        case {"properties": dict(), "geometry": _}:
            return True
    return False


def _json_cell(value: object) -> str | None:
    match value:
        case None | "":
            return None
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return repr(value)
        case _:
            return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def parquet_sheet(name: str, content: bytes) -> Sheet:
    """The one sheet of a Parquet file. Raises: Undecodable."""
    try:
        frame = pl.read_parquet(io.BytesIO(content))
        headers = tuple(frame.columns)
        text = frame.select(pl.col(header).cast(pl.String).alias(str(n)) for n, header in enumerate(headers))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise undecodable(
            name, "The Parquet file is cut short or damaged", "Get it again from the publisher"
        ) from error
    return Sheet(
        file=name,
        container="parquet",
        heads=(headers,),
        read=lambda _: text_table(headers, text, first_row=1),
    )
