-- open_school: the schools open on the as-at day.
-- Grain:  urn.
-- Source: school_row. A closing date is the last day open; a school without an opening date is an old one. A row
--         marked closed without a date counts as closed only when the register is not later than the as-at day.
-- Units:  none.
SELECT
    school_row.*,
    coalesce(school_row.la_code, school_row.laestab // 10000) AS printed_la,
    school_row.later AS is_reconstructed
FROM school_row
CROSS JOIN ask
WHERE coalesce(school_row.closed_on >= ask.as_at, school_row.later OR lower(coalesce(status, 'open')) NOT LIKE 'closed%')
    AND coalesce(school_row.opened_on <= ask.as_at, lower(coalesce(status, 'open')) NOT LIKE 'proposed to open%')
