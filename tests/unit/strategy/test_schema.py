"""The JSON Schema for editors says the same as the reader."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest
from factories.packs import SHELVES, write_pack

from strandline.strategy.reading import SHIPPED
from strandline.strategy.reading.tree import plain_data, read_tree
from strandline.strategy.schema import pack_schema

FILES = sorted((*SHIPPED.glob("*/*.yaml"), *SHELVES.glob("*/*.yaml")))


def as_json(value):
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def errors(path):
    schema = pack_schema(included=path.name != "pack.yaml")
    tree = as_json(plain_data(read_tree(path.read_text(encoding="utf-8"), file=path.name)))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(tree)]


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(pack_schema())
    jsonschema.Draft202012Validator.check_schema(pack_schema(included=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_pack_file_follows_the_schema(path):
    assert errors(path) == []


@pytest.mark.parametrize(
    "sections",
    [
        "rulez: {}",
        "categories: [{title: No code}]",
        "in_force: {from: yesterday}",
        "inspections: {predecessors: some}",
        "cadence: [{key: a, title: A, kind: visit, every: often}]",
        "roles: [{key: a, title: A, cite: {source: paper}}]",
        "rules: {a: {when: 3}}",
    ],
)
def test_what_the_reader_refuses_for_its_form_the_schema_refuses_too(tmp_path, sections):
    assert errors(write_pack(tmp_path, sections) / "pack.yaml") != []
