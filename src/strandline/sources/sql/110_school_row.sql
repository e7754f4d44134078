-- school_row: the register row that says who a school was on the as-at day.
-- Grain:  urn.
-- Source: the national register with the best standing, and every authority's extract that stands better; where no
--         national register is held, every extract.
-- Units:  none.
WITH base AS (
    SELECT min(standing) AS standing FROM register_release WHERE is_national
),
chosen AS (
    SELECT register_release.*
    FROM register_release, base
    WHERE base.standing IS NULL
        OR register_release.standing = base.standing
        OR (NOT register_release.is_national AND register_release.standing < base.standing)
)
SELECT
    register_row.urn,
    register_row.release_id,
    register_row.la_code,
    register_row.laestab,
    register_row.establishment_type,
    register_row.status,
    register_row.opened_on,
    register_row.closed_on,
    chosen.later
FROM register_row
JOIN chosen USING (release_id)
QUALIFY row_number() OVER (PARTITION BY register_row.urn ORDER BY chosen.standing) = 1
