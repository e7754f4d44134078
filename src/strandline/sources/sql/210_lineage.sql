-- lineage: the schools whose inspections count for each school asked for: itself and, if asked, those before it.
-- Grain:  urn × ancestor (the school itself included).
-- Source: school_authority, predecessor. A circle of links ends where it meets itself.
-- Units:  none.
WITH RECURSIVE walk(urn, ancestor) AS (
    SELECT urn, urn FROM school_authority
    UNION
    SELECT walk.urn, predecessor.predecessor
    FROM walk
    JOIN predecessor ON predecessor.urn = walk.ancestor AND predecessor.carries
    CROSS JOIN ask
    WHERE ask.predecessors
)
SELECT urn, ancestor FROM walk
