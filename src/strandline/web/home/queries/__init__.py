"""What the front pages ask of the other rooms: a fixed number of queries, however many schools there are."""
