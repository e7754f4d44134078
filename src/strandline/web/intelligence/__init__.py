"""Local intelligence: what the service hears of a school, and who may know it."""
