"""Build the wheel, install it with only its core dependencies in a fresh environment, import every room, run it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("kernel", "catalogue", "strategy", "engine", "sources", "insight", "generate", "runs", "cli")


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command and return what it printed; stop with its own words where it fails."""
    done = subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True, cwd=cwd)
    if done.returncode != 0:
        sys.stderr.write(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
        raise SystemExit(done.returncode)
    return done.stdout


def main() -> int:
    """Fail where the wheel lacks a file that it needs or a core room asks for an optional library."""
    binaries = Path(sys.executable).parent
    uv = binaries / "uv"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
        (wheel,) = folder.glob("*.whl")
        python = folder / "venv" / "bin" / "python"
        run(uv, "venv", "--quiet", "--python", sys.executable, folder / "venv")
        run(
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "-r",
            ROOT / "requirements/core.lock",
        )
        run(uv, "pip", "install", "--quiet", "--python", python, "--no-deps", wheel)
        imports = "; ".join(f"import strandline.{room}" for room in ROOMS)
        run(python, "-c", imports, cwd=folder)
        run(python, "-m", "strandline.cli", "--version", cwd=folder)
        checked = run(python, "-m", "strandline.cli", "packs", "check", cwd=folder)
        sys.stdout.write(
            f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, imports and runs with core dependencies\n{checked}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
