-- inspection_of: each printed inspection with the URN that was inspected.
-- Grain:  row of an inspection file.
-- Source: inspection_row; register_row for opening dates. A file that never tells a predecessor's inspection from
--         the school's own (no row with another URN) is not believed for a day before the school opened: the URN is
--         then taken from a file that says it, else written as minus the school's URN, "a predecessor unnamed".
-- Units:  none.
WITH candid AS (
    SELECT release_id, bool_or(inspected_urn <> urn) AS names_predecessors FROM inspection_row GROUP BY release_id
),
opened AS (
    SELECT urn, min(opened_on) AS opened_on FROM register_row WHERE opened_on IS NOT NULL GROUP BY urn
),
told AS (
    SELECT urn, inspected_on, max(inspected_urn) AS inspected_urn
    FROM inspection_row WHERE inspected_urn <> urn GROUP BY urn, inspected_on
)
SELECT
    inspection_row.row_id,
    inspection_row.urn,
    CASE
        WHEN inspection_row.inspected_urn <> inspection_row.urn THEN inspection_row.inspected_urn
        WHEN names_predecessors OR coalesce(inspection_row.inspected_on >= opened.opened_on, TRUE)
            THEN inspection_row.urn
        ELSE coalesce(told.inspected_urn, -inspection_row.urn)
    END AS at_urn
FROM inspection_row
JOIN candid USING (release_id)
LEFT JOIN opened USING (urn)
LEFT JOIN told ON told.urn = inspection_row.urn AND told.inspected_on = inspection_row.inspected_on
