-- predecessor: which school came directly before which, as far as it was so on the as-at day.
-- Grain:  urn × predecessor × evidence.
-- Source: link (the register's own links, from either end); inspection_row (an inspection that the inspectorate
--         counts for a school but that was of another URN). `carries` says that an inspection outcome follows the
--         link: where the register links several predecessors (a merger) it does not say whose outcome would.
-- Units:  none.
WITH linked AS (
    SELECT urn, link_urn AS predecessor, linked_on FROM link WHERE link_type LIKE 'Predecessor%'
    UNION
    SELECT link_urn, urn, linked_on FROM link WHERE link_type LIKE 'Successor%'
),
stand_in AS (
    SELECT urn FROM register_row CROSS JOIN ask GROUP BY urn HAVING min(opened_on) > any_value(ask.as_at)
),
standing AS (
    SELECT urn, predecessor, max(linked_on) AS linked_on
    FROM linked CROSS JOIN ask
    WHERE urn <> predecessor
        AND (coalesce(linked_on <= ask.as_at, TRUE) OR urn IN (SELECT urn FROM stand_in))
    GROUP BY urn, predecessor
)
SELECT urn, predecessor, linked_on, count(*) OVER (PARTITION BY urn) = 1 AS carries, TRUE AS is_linked FROM standing
UNION ALL
SELECT DISTINCT urn, inspected_urn, NULL::DATE, TRUE, FALSE
FROM inspection_row CROSS JOIN ask
WHERE inspected_urn <> urn AND inspected_on <= ask.as_at
UNION ALL
-- an inspection before the school opened, in a file that does not say whose it was: a predecessor without a URN
SELECT DISTINCT urn, -urn, NULL::DATE, TRUE, FALSE FROM inspection_of WHERE at_urn = -urn
