-- inspection_event: each inspection that was known on the as-at day, told once.
-- Grain:  inspected URN × first day × event.
-- Source: inspection_of, release. Of several files that tell the same inspection the fullest is taken, then the
--         latest. Known means published by the as-at day; where no file says when the report came out (the history
--         does not), the day of the inspection stands for it.
-- Units:  grades 1 (best) to 4.
WITH told AS (
    SELECT
        inspection_of.*,
        max(inspection_of.published_on) OVER same AS report_on,
        row_number() OVER (
            PARTITION BY at_urn, inspected_on, event
            ORDER BY
                (overall_grade IS NOT NULL)::INT + (quality_of_education IS NOT NULL)::INT
                    + (leadership_management IS NOT NULL)::INT + (behaviour_attitudes IS NOT NULL)::INT
                    + (personal_development IS NOT NULL)::INT + (early_years IS NOT NULL)::INT
                    + (sixth_form IS NOT NULL)::INT + (safeguarding_effective IS NOT NULL)::INT
                    + (category_of_concern IS NOT NULL)::INT + (inspection_of.published_on IS NOT NULL)::INT
                    + (ungraded_outcome IS NOT NULL)::INT + (rc_inclusion IS NOT NULL)::INT
                    + (inspection_number IS NOT NULL)::INT DESC,
                release.published_on DESC,
                inspection_of.release_id
        ) AS choice
    FROM inspection_of
    JOIN release USING (release_id)
    WHERE at_urn IN (SELECT ancestor FROM lineage)
    WINDOW same AS (PARTITION BY at_urn, inspected_on, event)
)
SELECT told.* EXCLUDE (choice)
FROM told CROSS JOIN ask
WHERE choice = 1 AND inspected_on <= ask.as_at AND coalesce(report_on, inspected_on) <= ask.as_at
