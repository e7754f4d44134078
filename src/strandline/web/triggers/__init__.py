"""The trigger register: what was met, what was decided, and which powers exist."""
