"""Strategies as they are published: versions, what they say in words, who was consulted, who has read them."""
