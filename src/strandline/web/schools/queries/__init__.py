"""Every question that is asked of schools; each begins with the schools that the actor reaches."""
