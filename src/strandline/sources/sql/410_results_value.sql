-- results_value: each figure that the chosen release prints for a school, or the publisher's reason for none.
-- Grain:  urn × feature.
-- Source: results_seat, wanted_measure (one field per release, year and feature), entity_value. Where the publisher
--         prints two counts and no percentage (`per`), 100 × count ÷ total; a total of zero gives no figure.
-- Units:  the feature's own.
SELECT
    results_seat.urn,
    wanted_measure.feature,
    CASE WHEN wanted_measure.per = '' THEN figure.value WHEN total.value > 0 THEN 100 * figure.value / total.value END
        AS value,
    coalesce(figure.reason, total.reason) AS reason,
    coalesce(figure.token, total.token) AS token,
    CASE WHEN figure.value IS NULL THEN results_seat.release_id END AS release_id
FROM results_seat
JOIN wanted_measure USING (release_id, group_name, back)
JOIN entity_value AS figure
    ON figure.release_id = results_seat.release_id
    AND figure.urn = results_seat.urn
    AND figure.indicator = wanted_measure.field
LEFT JOIN entity_value AS total
    ON total.release_id = results_seat.release_id
    AND total.urn = results_seat.urn
    AND total.indicator = wanted_measure.per
