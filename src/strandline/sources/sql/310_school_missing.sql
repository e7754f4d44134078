-- school_missing: why something about a school itself is not known.
-- Grain:  urn × feature, missing features only.
-- Source: school, school_attribute, attribute_gap; derived_feature (which attribute a worked-out feature rests on).
-- Units:  none.
WITH worked_out AS (
    SELECT
        school.urn,
        derived_feature.feature,
        CASE
            WHEN derived_feature.from_type AND school.is_stand_in THEN 'not_available'
            ELSE coalesce(attribute_gap.reason, 'unknown_token')
        END AS reason,
        CASE
            WHEN derived_feature.from_type AND school.is_stand_in THEN 'opened ' || school.opened_on::VARCHAR
            WHEN attribute_gap.urn IS NULL THEN CASE derived_feature.attribute
                WHEN 'establishment_type' THEN school_attribute.establishment_type.v
                WHEN 'phase' THEN school_attribute.phase.v
                WHEN 'religious_character' THEN school_attribute.religious_character.v
            END
        END AS token,
        attribute_gap.release_id
    FROM school
    CROSS JOIN derived_feature
    JOIN school_attribute USING (urn)
    LEFT JOIN attribute_gap ON attribute_gap.urn = school.urn AND attribute_gap.attribute = derived_feature.attribute
    WHERE school.is_stand_in
        OR attribute_gap.urn IS NOT NULL
        OR school.legal_form IS NULL
        OR school.phase IS NULL
        OR school.sector IS NULL
        OR lower(school_attribute.religious_character.v) IN ('unknown', 'not recorded')
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
SELECT urn, feature, reason, NULL AS token, release_id FROM attribute_gap WHERE feature <> ''
UNION ALL
SELECT urn, 'laestab', 'not_matched', school_attribute.laestab.v::VARCHAR, school_attribute.laestab.r
FROM school_attribute JOIN school USING (urn)
WHERE school.laestab IS NULL AND school_attribute.laestab IS NOT NULL
UNION ALL
SELECT urn, feature, reason, token, release_id FROM worked_out
UNION ALL
SELECT urn, feature, reason, NULL, NULL FROM placed WHERE missing
UNION ALL
SELECT urn, 'predecessor_urn', if((SELECT count(*) FROM link) = 0, 'no_release', 'no_previous'), NULL, NULL
FROM school
WHERE predecessor_urn IS NULL
