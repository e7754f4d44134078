"""The pages of decisions: each fetches, permits, calls one action or query, and renders."""
