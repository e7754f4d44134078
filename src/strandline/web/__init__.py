"""The web application that officers open on Monday. Django lives only here; engine rooms only through `runs`."""
