"""The use cases: flat keyword-only functions, the one place where the layers meet."""
