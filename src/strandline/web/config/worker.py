"""The process for background work, started beside the desk: `python -m strandline.web.config.worker`."""

from __future__ import annotations

from strandline.web.config import serving

if __name__ == "__main__":
    serving.set_up()
    serving.work()
