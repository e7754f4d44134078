"""Every school: the desk's mirror of what runs knew, the list, the map, the school page and the whole trail."""
