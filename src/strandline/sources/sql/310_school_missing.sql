-- school_missing: why something about a school itself is not known.
-- Grain:  urn × feature, missing features only.
-- Source: school, school_attribute; derived_feature (which attribute a worked-out feature rests on).
-- Units:  none.
WITH printed AS (
    SELECT urn, attribute, reason, release_id, value FROM school_attribute
),
worked_out AS (
    SELECT
        school.urn,
        derived_feature.feature,
        CASE
            WHEN derived_feature.from_type AND school.is_stand_in THEN 'not_available'
            WHEN printed.reason IS NOT NULL THEN printed.reason
            ELSE 'unknown_token'
        END AS reason,
        CASE
            WHEN derived_feature.from_type AND school.is_stand_in THEN 'opened ' || school.opened_on::VARCHAR
            WHEN printed.reason IS NULL THEN printed.value
        END AS token,
        printed.release_id
    FROM school
    CROSS JOIN derived_feature
    JOIN printed ON printed.urn = school.urn AND printed.attribute = derived_feature.attribute
),
placed AS (
    SELECT
        urn,
        unnest([
            {'feature': 'la', 'missing': la IS NULL, 'reason': 'not_matched'},
            {'feature': 'la_name', 'missing': la_name IS NULL, 'reason': if(la IS NULL, 'not_matched', 'no_release')},
            {'feature': 'region', 'missing': region IS NULL, 'reason': if(la IS NULL, 'not_matched', 'no_release')}
        ], recursive := true)
    FROM school
)
SELECT school.urn, attribute AS feature, printed.reason, NULL AS token, printed.release_id
FROM school JOIN printed USING (urn)
WHERE printed.reason IS NOT NULL
UNION ALL
SELECT urn, 'laestab', 'not_matched', value, release_id FROM printed WHERE attribute = 'laestab' AND value IS NOT NULL
UNION ALL
SELECT urn, feature, reason, token, release_id FROM worked_out
UNION ALL
SELECT urn, feature, reason, NULL, NULL FROM placed WHERE missing
UNION ALL
SELECT urn, 'predecessor_urn', if((SELECT count(*) FROM link) = 0, 'no_release', 'no_previous'), NULL, NULL FROM school
