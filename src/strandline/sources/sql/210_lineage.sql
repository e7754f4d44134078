-- lineage: the schools whose inspections count for each school asked for: itself and, if asked, those before it.
-- Grain:  urn × ancestor (the school itself included).
-- Source: school_authority, predecessor, register_row. A school that opened after the as-at day stands, in a register
--         that was worked back, for the school that it continues: what was found there then is its own, asked or not.
--         A circle of links ends where it meets itself.
-- Units:  none.
WITH RECURSIVE stand_in AS (
    SELECT urn FROM register_row CROSS JOIN ask GROUP BY urn HAVING min(opened_on) > any_value(ask.as_at)
),
walk(urn, ancestor) AS (
    SELECT urn, urn FROM school_authority
    UNION
    SELECT walk.urn, predecessor.predecessor
    FROM walk
    JOIN predecessor ON predecessor.urn = walk.ancestor AND predecessor.carries
    CROSS JOIN ask
    WHERE ask.predecessors OR walk.ancestor IN (SELECT urn FROM stand_in)
)
SELECT urn, ancestor FROM walk
