"""Deciding: the reference evaluator, the compiled SQL, and the words that explain either."""
