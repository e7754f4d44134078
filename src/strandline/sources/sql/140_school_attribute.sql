-- school_attribute: each attribute of each school asked for, as `v`, with the release `r` that prints it best.
-- Grain:  urn. An attribute is null as a whole where no release may speak of it.
-- Source: register_row, register_release. A lasting attribute is taken from the best release that prints it. A passing
--         one (FILTER … AND holds_…) is taken from the best release not later than the as-at day whose table holds it at
--         all, blank or not: a later one would tell what was not yet so.
-- Units:  metres of the National Grid; percentages 0 to 100.
WITH holding AS (
    SELECT
        register_release.release_id,
        register_release.standing,
        NOT later AND max(closed_on IS NOT NULL) AS holds_closed_on,
        NOT later AND max(idaci_quintile IS NOT NULL) AS holds_idaci_quintile,
        NOT later AND max(trust_uid IS NOT NULL) AS holds_trust_uid,
        NOT later AND max(trust_name IS NOT NULL) AS holds_trust_name,
        NOT later AND max(sponsor_name IS NOT NULL) AS holds_sponsor_name,
        NOT later AND max(federation_name IS NOT NULL) AS holds_federation_name,
        NOT later AND max(pupils_on_roll IS NOT NULL) AS holds_pupils_on_roll,
        NOT later AND max(capacity IS NOT NULL) AS holds_capacity,
        NOT later AND max(fsm_percent IS NOT NULL) AS holds_fsm_percent
    FROM register_row
    JOIN register_release USING (release_id)
    GROUP BY register_release.release_id, register_release.standing, register_release.later
),
asked AS (
    SELECT register_row.*, holding.* EXCLUDE (release_id)
    FROM register_row
    JOIN holding USING (release_id)
    WHERE register_row.urn IN (SELECT urn FROM school_authority)
)
SELECT
    urn,
    arg_min({'v': school_name, 'r': release_id}, standing) FILTER (school_name IS NOT NULL) AS school_name,
    arg_min({'v': laestab, 'r': release_id}, standing) FILTER (laestab IS NOT NULL) AS laestab,
    arg_min({'v': establishment_type, 'r': release_id}, standing) FILTER (establishment_type IS NOT NULL)
        AS establishment_type,
    arg_min({'v': phase, 'r': release_id}, standing) FILTER (phase IS NOT NULL) AS phase,
    arg_min({'v': ofsted_phase, 'r': release_id}, standing) FILTER (ofsted_phase IS NOT NULL) AS ofsted_phase,
    arg_min({'v': tables_phase, 'r': release_id}, standing) FILTER (tables_phase IS NOT NULL) AS tables_phase,
    arg_min({'v': opened_on, 'r': release_id}, standing) FILTER (opened_on IS NOT NULL) AS opened_on,
    arg_min({'v': closed_on, 'r': release_id}, standing) FILTER (holds_closed_on) AS closed_on,
    arg_min({'v': statutory_low_age, 'r': release_id}, standing) FILTER (statutory_low_age IS NOT NULL)
        AS statutory_low_age,
    arg_min({'v': statutory_high_age, 'r': release_id}, standing) FILTER (statutory_high_age IS NOT NULL)
        AS statutory_high_age,
    arg_min({'v': easting, 'r': release_id}, standing) FILTER (easting IS NOT NULL) AS easting,
    arg_min({'v': northing, 'r': release_id}, standing) FILTER (northing IS NOT NULL) AS northing,
    arg_min({'v': postcode, 'r': release_id}, standing) FILTER (postcode IS NOT NULL) AS postcode,
    arg_min({'v': ward, 'r': release_id}, standing) FILTER (ward IS NOT NULL) AS ward,
    arg_min({'v': district, 'r': release_id}, standing) FILTER (district IS NOT NULL) AS district,
    arg_min({'v': constituency, 'r': release_id}, standing) FILTER (constituency IS NOT NULL) AS constituency,
    arg_min({'v': idaci_quintile, 'r': release_id}, standing) FILTER (holds_idaci_quintile) AS idaci_quintile,
    arg_min({'v': trust_uid, 'r': release_id}, standing) FILTER (holds_trust_uid) AS trust_uid,
    arg_min({'v': trust_name, 'r': release_id}, standing) FILTER (holds_trust_name) AS trust_name,
    arg_min({'v': sponsor_name, 'r': release_id}, standing) FILTER (holds_sponsor_name) AS sponsor_name,
    arg_min({'v': federation_name, 'r': release_id}, standing) FILTER (holds_federation_name) AS federation_name,
    arg_min({'v': religious_character, 'r': release_id}, standing) FILTER (religious_character IS NOT NULL)
        AS religious_character,
    arg_min({'v': diocese, 'r': release_id}, standing) FILTER (diocese IS NOT NULL) AS diocese,
    arg_min({'v': pupils_on_roll, 'r': release_id}, standing) FILTER (holds_pupils_on_roll) AS pupils_on_roll,
    arg_min({'v': capacity, 'r': release_id}, standing) FILTER (holds_capacity) AS capacity,
    arg_min({'v': fsm_percent, 'r': release_id}, standing) FILTER (holds_fsm_percent) AS fsm_percent
FROM asked
GROUP BY urn
