"""What may be known about a school. The seam between the sources and the engine, and the data dictionary's source."""

from strandline.catalogue.dictionary import FEATURES, UnknownFeature, feature, groups, nearest_names
from strandline.catalogue.feature import Feature, Group, Kind

__all__ = ["FEATURES", "Feature", "Group", "Kind", "UnknownFeature", "feature", "groups", "nearest_names"]
