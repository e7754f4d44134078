"""Install the few Debian programs that the tests look through, where they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "chromium": "chromium",  # drives the pages
    "soffice": "libreoffice-writer-nogui",  # opens the Word document
    "pdftoppm": "poppler-utils",  # turns PDF pages into pictures
    "/usr/lib/chromium/locales/en-GB.pak": "chromium-l10n",  # draws dates as they are written here
}


def main(programs: list[str]) -> int:
    """Install what is missing; say what to do where this user may not."""
    missing = [PACKAGES[name] for name in programs if shutil.which(name) is None and not Path(name).is_file()]
    if not missing:
        return 0
    apt = shutil.which("apt-get")
    prefix = [] if os.geteuid() == 0 else [shutil.which("sudo") or ""]
    if apt is None or prefix == [""]:
        sys.stderr.write(f"Install these packages, then try again: {' '.join(missing)}\n")
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sys.stdout.write(f"Installing {' '.join(missing)} …\n")
    subprocess.run([*prefix, apt, "update", "-qq"], check=True, env=environment)
    install = [*prefix, apt, "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
