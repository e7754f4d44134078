-- school_attribute: each attribute of each school asked for, from the release that stands best for it.
-- Grain:  urn × attribute; value null with a reason.
-- Source: register_value; attribute (which attributes last, and what a blank means). A lasting attribute is taken
--         from the best release that prints it. A passing one is taken from the best release not later than the
--         as-at day whose table holds it at all, blank or not: a later one would tell what was not yet so.
-- Units:  as printed, as text.
WITH held AS (
    SELECT DISTINCT release_id, attribute FROM register_value
),
seat AS (
    SELECT register_row.urn, register_row.release_id, register_release.standing, register_release.later
    FROM register_row
    JOIN register_release USING (release_id)
    WHERE register_row.urn IN (SELECT urn FROM school_authority)
),
printed AS (
    SELECT
        seat.urn, held.attribute, seat.release_id, seat.standing, seat.later, attribute.lasting, register_value.value,
        (attribute.lasting AND register_value.value IS NOT NULL) OR (NOT attribute.lasting AND NOT seat.later) AS usable
    FROM seat
    JOIN held USING (release_id)
    JOIN attribute ON attribute.attribute = held.attribute
    LEFT JOIN register_value
        ON register_value.urn = seat.urn
        AND register_value.release_id = seat.release_id
        AND register_value.attribute = held.attribute
),
best AS (
    SELECT
        urn,
        attribute,
        arg_min({'value': value, 'release_id': release_id}, standing) FILTER (usable) AS choice,
        bool_or(NOT lasting AND later) AS is_known_later
    FROM printed
    GROUP BY urn, attribute
),
anywhere AS (
    SELECT DISTINCT attribute FROM held
)
SELECT
    school_authority.urn,
    attribute.attribute,
    best.choice.value AS value,
    best.choice.release_id AS release_id,
    CASE
        WHEN best.choice.value IS NOT NULL THEN NULL
        WHEN best.choice IS NOT NULL THEN attribute.blank_means
        WHEN best.is_known_later THEN 'not_yet_published'
        WHEN best.urn IS NOT NULL THEN attribute.blank_means
        WHEN anywhere.attribute IS NOT NULL THEN 'no_record'
        ELSE 'no_release'
    END AS reason
FROM school_authority
CROSS JOIN attribute
LEFT JOIN best ON best.urn = school_authority.urn AND best.attribute = attribute.attribute
LEFT JOIN anywhere ON anywhere.attribute = attribute.attribute
