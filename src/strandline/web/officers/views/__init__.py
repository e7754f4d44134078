"""The pages about officers, tasks and visits."""
