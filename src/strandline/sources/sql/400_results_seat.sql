-- results_seat: the one release that tells the figures of a group, for each school and year.
-- Grain:  urn × group × years back.
-- Source: wanted_measure (which release holds which feature of which year), entity_seat (which school is in which
--         release), release. A year's own release goes before a later one that repeats the year; then final before
--         revised before provisional; then the one with more features (an original before a trim); then the latest.
-- Units:  years back: 0 is the latest results year.
WITH telling AS (
    SELECT release_id, group_name, back, min(lag) AS lag, count(*) AS features
    FROM wanted_measure
    GROUP BY release_id, group_name, back
)
SELECT entity_seat.urn, telling.group_name, telling.back, telling.release_id, release.status
FROM telling
JOIN release USING (release_id)
JOIN entity_seat USING (release_id)
WHERE entity_seat.urn IN (SELECT urn FROM school_authority)
QUALIFY row_number() OVER (
    PARTITION BY entity_seat.urn, telling.group_name, telling.back
    ORDER BY
        telling.lag,
        CASE release.status WHEN 'final' THEN 1 WHEN 'revised' THEN 2 WHEN 'provisional' THEN 4 ELSE 3 END,
        telling.features DESC,
        release.published_on DESC,
        release.release_id
) = 1
