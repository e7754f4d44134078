-- school_inspection: the known inspections that count for each school, the latest of each event numbered 1.
-- Grain:  urn × first day × event.
-- Source: lineage, inspection_event; framework (the regimes by date); school. A predecessor that lives on (after a
--         split) counts with what was found before the school opened, or what the inspectorate counts for it.
-- Units:  grades 1 (best) to 4.
WITH counted AS (
    SELECT
        lineage.urn AS school,
        inspection_event.*,
        CASE event WHEN 'graded' THEN which WHEN 'report_card' THEN 'card' ELSE event END AS block,
        framework.framework,
        framework.has_overall_grade,
        framework.words
    FROM lineage
    JOIN inspection_event ON inspection_event.at_urn = lineage.ancestor
    JOIN framework ON inspected_on BETWEEN framework.first_day AND framework.last_day
    JOIN school AS described ON described.urn = lineage.urn
    WHERE inspection_event.at_urn = lineage.urn
        OR inspection_event.urn = lineage.urn
        OR coalesce(inspection_event.inspected_on < described.opened_on, TRUE)
    QUALIFY row_number() OVER (
        PARTITION BY school, inspected_on, event ORDER BY (at_urn = school) DESC, report_on DESC NULLS LAST, at_urn
    ) = 1
)
SELECT *, row_number() OVER (PARTITION BY school, event ORDER BY inspected_on DESC) AS place
FROM counted
