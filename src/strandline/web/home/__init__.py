"""The front page of each role, and the demonstration that fills a desk with authorities that never were."""
