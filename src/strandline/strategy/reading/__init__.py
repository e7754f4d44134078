"""Packs from YAML: what is not of the form is refused with every reason, file, line and the nearest known name."""

from strandline.strategy.reading.packs import SHIPPED, PackNotFound, PackRefused, pack_ids, read_pack

__all__ = ["SHIPPED", "PackNotFound", "PackRefused", "pack_ids", "read_pack"]
