-- inspection_event: each inspection that was known on the as-at day, told once.
-- Grain:  inspected URN × first day × event.
-- Source: inspection_of, release. Of several files that tell the same inspection the fullest is taken, then the
--         latest. Known means published by the as-at day; where no file says when the report came out (the history
--         does not), the day of the inspection stands for it.
-- Units:  grades 1 (best) to 4.
WITH told AS (
    SELECT
        inspection_row.row_id,
        inspection_of.at_urn,
        inspection_row.inspected_on,
        inspection_row.event,
        inspection_row.published_on,
        release.published_on AS told_on,
        release.release_id,
        (overall_grade IS NOT NULL)::INT + (quality_of_education IS NOT NULL)::INT
            + (leadership_management IS NOT NULL)::INT + (behaviour_attitudes IS NOT NULL)::INT
            + (personal_development IS NOT NULL)::INT + (early_years IS NOT NULL)::INT
            + (sixth_form IS NOT NULL)::INT + (safeguarding_effective IS NOT NULL)::INT
            + (category_of_concern IS NOT NULL)::INT + (inspection_row.published_on IS NOT NULL)::INT
            + (ungraded_outcome IS NOT NULL)::INT + (rc_inclusion IS NOT NULL)::INT
            + (inspection_number IS NOT NULL)::INT AS fullness
    FROM inspection_of
    JOIN inspection_row USING (row_id)
    JOIN release USING (release_id)
    WHERE at_urn IN (SELECT ancestor FROM lineage)
),
chosen AS (
    SELECT row_id, at_urn, max(published_on) OVER same AS report_on
    FROM told
    WINDOW same AS (PARTITION BY at_urn, inspected_on, event)
    QUALIFY row_number() OVER (
        PARTITION BY at_urn, inspected_on, event ORDER BY fullness DESC, told_on DESC, release_id, row_id
    ) = 1
)
SELECT inspection_row.* EXCLUDE (row_id, published_on), chosen.at_urn, chosen.report_on
FROM chosen
JOIN inspection_row USING (row_id)
CROSS JOIN ask
WHERE inspection_row.inspected_on <= ask.as_at
    AND coalesce(chosen.report_on, inspection_row.inspected_on) <= ask.as_at
