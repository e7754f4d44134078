-- results_value: each figure that the chosen release prints for a school, or the publisher's reason for none.
-- Grain:  urn × feature.
-- Source: results_seat, wanted_measure, entity_value. Where the publisher prints two counts and no percentage
--         (`per`), 100 × count ÷ total; a total of zero gives no figure.
-- Units:  the feature's own.
SELECT
    results_seat.urn,
    wanted_measure.feature,
    CASE WHEN wanted_measure.per = '' THEN figure.value WHEN total.value > 0 THEN 100 * figure.value / total.value END
        AS value,
    coalesce(figure.reason, total.reason) AS reason,
    coalesce(figure.token, total.token) AS token,
    results_seat.release_id
FROM results_seat
JOIN wanted_measure USING (release_id, group_name, back)
LEFT JOIN entity_value AS figure
    ON figure.release_id = results_seat.release_id
    AND figure.urn = results_seat.urn
    AND figure.indicator = wanted_measure.field
LEFT JOIN entity_value AS total
    ON total.release_id = results_seat.release_id
    AND total.urn = results_seat.urn
    AND total.indicator = wanted_measure.per
WHERE figure.urn IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY results_seat.urn, wanted_measure.feature
    ORDER BY (figure.value IS NULL), wanted_measure.per <> '', wanted_measure.field
) = 1
