"""The house keeps its own rules: layers, reasons, sizes, notices, no traces of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "strandline"
ROOMS = sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and any(p.glob("*.py")))
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".sql", ".html", ".css", ".lock", ".json", ".typ", ""}
LINES_IN_A_MODULE = 400
LINES_IN_A_FUNCTION = 50


def tracked() -> list[Path]:
    """Every file that git knows and that is still there."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    wanted = [line for line in lines if re.match(r'\s+"[A-Za-z0-9_.\[\]-]+\s*(==|>=)', line)]
    assert len(wanted) > 20
    assert [line for line in wanted if not re.search(r'",?\s*# \S+ \S+', line)] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        text = lock.read_text()
        assert "://" not in text, lock.name
        pins = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
        assert pins, lock.name
        assert text.count("--hash=sha256:") >= len(pins), lock.name


def test_every_tracked_text_is_free_of_machine_paths_and_registry_hosts() -> None:
    hosts = ("files.python" + "hosted.org", "pypi" + ".org", "registry.npm" + "js.org", "deb.debian" + ".org")
    paths = ("/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/")
    found = []
    for path in tracked():
        if path.suffix not in TEXT or path.stat().st_size > 2_000_000 or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {word}" for word in (*hosts, *paths) if word in text]
    assert found == []


def test_no_tracked_file_is_larger_than_a_megabyte() -> None:
    assert [str(p.relative_to(ROOT)) for p in tracked() if p.stat().st_size > 1_000_000] == []


def test_no_module_is_two_rooms() -> None:
    sizes = {
        str(p.relative_to(SOURCE)): len(p.read_text().splitlines()) for p in modules() if "migrations" not in p.parts
    }
    assert {name: size for name, size in sizes.items() if size > LINES_IN_A_MODULE} == {}


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_function_hides_two() -> None:
    """The body counts, from its first statement: a long list of documented options is no second function."""
    long = {}
    for path in modules():
        for node in functions(ast.parse(path.read_text())):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0
            if lines > LINES_IN_A_FUNCTION:
                long[f"{path.relative_to(SOURCE)}:{node.name}"] = lines
    assert long == {}


def test_every_room_says_what_it_is() -> None:
    silent = [name for name in ROOMS if not ast.get_docstring(ast.parse((SOURCE / name / "__init__.py").read_text()))]
    assert silent == []


def test_source_holds_no_assert_and_no_bare_except() -> None:
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            bare = isinstance(node, ast.ExceptHandler) and node.type is None
            if bare or isinstance(node, ast.Assert):
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "core", "base", "misc"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert [p for p in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*/")) if p.stem == name and "vendor" not in p.parts] == []


def test_everything_vendored_is_in_the_notice_with_its_licence_beside_it() -> None:
    notice = (ROOT / "NOTICE.md").read_text()
    kinds = {".woff2", ".woff", ".ttf", ".otf", ".min.js", ".min.css"}
    vendored = {p.parent for p in tracked() if p.suffix in kinds or p.name.endswith((".min.js", ".min.css"))}
    for folder in sorted(vendored):
        name = str(folder.relative_to(ROOT))
        assert name in notice, f"{name} is missing from NOTICE.md"
        assert any("LICEN" in p.name.upper() or "OFL" in p.name.upper() for p in folder.iterdir()), (
            f"{name} has no licence"
        )


def test_the_demo_data_is_generated_and_no_official_file_is_tracked() -> None:
    data = [p for p in tracked() if p.suffix in {".csv", ".xlsx", ".parquet", ".geojson"}]
    ours = [p for p in data if p.is_relative_to(SOURCE) and p.stat().st_size < 20_000]  # small tables with a citation
    assert [str(p.relative_to(ROOT)) for p in data if p not in ours] == []


def test_commands_in_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"^make (\w+)", text, flags=re.MULTILINE)) | set(re.findall(r"`make (\w+)`", text))
    makefile = (ROOT / "Makefile").read_text()
    assert targets
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, flags=re.MULTILINE)] == []


def test_the_wheel_declares_the_python_versions_that_the_stack_supports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert {"web", "reports", "spark", "dev"} <= set(project["optional-dependencies"])
