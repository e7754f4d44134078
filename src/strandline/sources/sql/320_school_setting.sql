-- school_setting: where each school is and who is responsible for it.
-- Grain:  urn.
-- Source: school_attribute. "Does not apply", "None" and their like are no religious character.
-- Units:  metres of the National Grid; percentages 0 to 100.
WITH wide AS (
    SELECT
        urn,
        any_value(value) FILTER (attribute = 'easting')::DOUBLE AS easting,
        any_value(value) FILTER (attribute = 'northing')::DOUBLE AS northing,
        any_value(value) FILTER (attribute = 'postcode') AS postcode,
        any_value(value) FILTER (attribute = 'ward') AS ward,
        any_value(value) FILTER (attribute = 'district') AS district,
        any_value(value) FILTER (attribute = 'constituency') AS constituency,
        any_value(value) FILTER (attribute = 'idaci_quintile')::BIGINT AS idaci_quintile,
        any_value(value) FILTER (attribute = 'trust_uid')::BIGINT AS trust_uid,
        any_value(value) FILTER (attribute = 'trust_name') AS trust_name,
        any_value(value) FILTER (attribute = 'sponsor_name') AS sponsor_name,
        any_value(value) FILTER (attribute = 'federation_name') AS federation_name,
        any_value(value) FILTER (attribute = 'religious_character') AS religious_character,
        any_value(value) FILTER (attribute = 'diocese') AS diocese,
        any_value(value) FILTER (attribute = 'pupils_on_roll')::BIGINT AS pupils_on_roll,
        any_value(value) FILTER (attribute = 'capacity')::BIGINT AS capacity,
        any_value(value) FILTER (attribute = 'register_fsm_percent')::DOUBLE AS register_fsm_percent
    FROM school_attribute
    GROUP BY urn
)
SELECT
    wide.*,
    CASE
        WHEN lower(religious_character) IN ('unknown', 'not recorded') THEN NULL
        ELSE lower(religious_character) NOT IN ('does not apply', 'none', 'not applicable')
    END AS church_school
FROM wide
