-- register_release: how well each register-like release shows the schools of the as-at day.
-- Grain:  release that says of schools what they are and which authority they are in.
-- Source: register_row, release, ask.
-- Units:  distance in days; standing 1 is best: not later than the as-at day, then nearest, then fullest.
WITH fullness AS (
    SELECT
        release_id,
        max(establishment_type IS NOT NULL)::INT + max(status IS NOT NULL)::INT + max(opened_on IS NOT NULL)::INT
            + max(closed_on IS NOT NULL)::INT + max(phase IS NOT NULL)::INT + max(easting IS NOT NULL)::INT
            + max(statutory_low_age IS NOT NULL)::INT AS fullness
    FROM register_row
    GROUP BY release_id
    HAVING max(establishment_type IS NOT NULL) AND max(coalesce(la_code, laestab) IS NOT NULL)
)
SELECT
    release.release_id,
    coalesce(release.as_at, release.published_on) AS shows_on,
    shows_on > ask.as_at AS later,
    release.coverage = 'national' AS is_national,
    row_number() OVER (
        ORDER BY shows_on > ask.as_at, abs(date_diff('day', shows_on, ask.as_at)), fullness DESC, release.release_id
    ) AS standing
FROM release
JOIN fullness USING (release_id)
CROSS JOIN ask
