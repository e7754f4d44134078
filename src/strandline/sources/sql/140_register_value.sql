-- register_value: what every register-like release prints of each attribute of the schools asked for.
-- Grain:  urn × release × attribute, printed values only.
-- Source: register_row.
-- Units:  as printed, as text; dates in ISO form.
SELECT urn, release_id, attribute, value
FROM (
    SELECT
        register_row.urn,
        register_row.release_id,
        school_name::VARCHAR AS school_name,
        laestab::VARCHAR AS laestab,
        establishment_type::VARCHAR AS establishment_type,
        phase::VARCHAR AS phase,
        ofsted_phase::VARCHAR AS ofsted_phase,
        tables_phase::VARCHAR AS tables_phase,
        opened_on::VARCHAR AS opened_on,
        closed_on::VARCHAR AS closed_on,
        statutory_low_age::VARCHAR AS statutory_low_age,
        statutory_high_age::VARCHAR AS statutory_high_age,
        easting::VARCHAR AS easting,
        northing::VARCHAR AS northing,
        postcode::VARCHAR AS postcode,
        ward::VARCHAR AS ward,
        district::VARCHAR AS district,
        constituency::VARCHAR AS constituency,
        idaci_quintile::VARCHAR AS idaci_quintile,
        trust_uid::VARCHAR AS trust_uid,
        trust_name::VARCHAR AS trust_name,
        sponsor_name::VARCHAR AS sponsor_name,
        federation_name::VARCHAR AS federation_name,
        religious_character::VARCHAR AS religious_character,
        diocese::VARCHAR AS diocese,
        pupils_on_roll::VARCHAR AS pupils_on_roll,
        capacity::VARCHAR AS capacity,
        fsm_percent::VARCHAR AS register_fsm_percent
    FROM register_row
    WHERE register_row.urn IN (SELECT urn FROM school_authority)
)
UNPIVOT (value FOR attribute IN (COLUMNS(* EXCLUDE (urn, release_id))))
