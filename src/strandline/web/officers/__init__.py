"""Who works with which school: named officers, declarations, tasks, visits."""
