-- open_school: the schools open on the as-at day.
-- Grain:  urn.
-- Source: school_row; register_row and link for schools that a later register shows. A closing date is the last day
--         open; a school without an opening date is an old one. A row marked closed without a date counts as closed only
--         when the register is not later than the as-at day. Where the register is later and prints no opening date,
--         another register's date is looked up: a school that opened after the day is left out, unless it continues a
--         school (a link says so; or, where no links are held, its type is one that schools convert to), for then it
--         stands for the school that was there.
-- Units:  none.
WITH opened AS (
    SELECT register_row.urn, arg_min(register_row.opened_on, register_release.standing) AS opened_on
    FROM register_row
    JOIN register_release USING (release_id)
    WHERE register_row.opened_on IS NOT NULL
    GROUP BY register_row.urn
),
continuing AS (
    SELECT urn FROM link WHERE link_type LIKE 'Predecessor%'
    UNION
    SELECT link_urn FROM link WHERE link_type LIKE 'Successor%'
),
linked AS (SELECT count(*) > 0 AS links_are_held FROM link),
judged AS (
    SELECT
        school_row.*,
        lower(coalesce(school_row.status, 'open')) AS state,
        opened.opened_on > ask.as_at AS opened_later,
        continuing.urn IS NOT NULL OR (
            NOT linked.links_are_held
            AND coalesce(establishment_type.legal_form, '')
                NOT IN ('free_school', 'university_technical_college', 'studio_school')
        ) AS continues,
        ask.as_at AS day
    FROM school_row
    CROSS JOIN ask
    CROSS JOIN linked
    LEFT JOIN opened USING (urn)
    LEFT JOIN continuing USING (urn)
    LEFT JOIN establishment_type ON establishment_type.wording = lower(trim(school_row.establishment_type))
)
SELECT
    judged.* EXCLUDE (state, opened_later, continues, day),
    coalesce(la_code, laestab // 10000) AS printed_la,
    later AS is_reconstructed
FROM judged
WHERE coalesce(closed_on >= day, later OR state NOT LIKE 'closed%')
    AND coalesce(opened_on <= day, state NOT LIKE 'proposed to open%')
    AND NOT (later AND coalesce(opened_later, FALSE) AND NOT continues)
