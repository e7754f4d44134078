"""Make the virtual environment and install exactly what the lock names, by hash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UV = "uv==0.13.9"


def run(*command: str | Path) -> int:
    """Run a command in the open and return its exit code."""
    return subprocess.run([str(part) for part in command], check=False).returncode


def main(folder: str, lock: str) -> int:
    """Create `folder` (with venv, or with virtualenv where Debian leaves venv out) and install `lock` into it."""
    if sys.version_info < (3, 11) or sys.version_info >= (3, 14):
        sys.stderr.write(f"Strandline needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.\n")
        return 2
    venv = Path(folder)
    python = venv / "bin" / "python"
    if not python.exists() and run(sys.executable, "-m", "venv", venv) != 0:
        fallback = (sys.executable, "-m", "pip", "install", "--quiet", "--user", "virtualenv")
        if run(*fallback) != 0 and run(*fallback, "--break-system-packages") != 0:
            return 1
        if run(sys.executable, "-m", "virtualenv", "--quiet", venv) != 0:
            return 1
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    uv = venv / "bin" / "uv"
    synced = (
        uv.exists() and run(uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock) == 0
    )
    if not synced:
        slow = run(
            python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock
        )
        if slow != 0:
            return slow
    return run(
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "-e",
        ".",
    )


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
