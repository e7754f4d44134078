-- judgement_missing: why a judgement of an inspection that took place is not there.
-- Grain:  urn × feature, missing judgements only.
-- Source: school_inspection; inspection_missing (the publisher's marks); inspection_row (what a file holds at all).
-- Units:  none.
WITH printed AS (
    FROM (
        SELECT
            school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade,
            overall_grade::VARCHAR AS overall_grade,
            quality_of_education::VARCHAR AS quality_of_education,
            behaviour_attitudes::VARCHAR AS behaviour_attitudes,
            personal_development::VARCHAR AS personal_development,
            leadership_management::VARCHAR AS leadership_management,
            early_years::VARCHAR AS early_years,
            sixth_form::VARCHAR AS sixth_form,
            safeguarding_effective::VARCHAR AS safeguarding_effective,
            category_of_concern::VARCHAR AS category_of_concern,
            report_on::VARCHAR AS published_on,
            ungraded_outcome::VARCHAR AS ungraded_outcome,
            rc_inclusion::VARCHAR AS rc_inclusion,
            rc_curriculum_teaching::VARCHAR AS rc_curriculum_teaching,
            rc_achievement::VARCHAR AS rc_achievement,
            rc_attendance_behaviour::VARCHAR AS rc_attendance_behaviour,
            rc_personal_development::VARCHAR AS rc_personal_development,
            rc_leadership_governance::VARCHAR AS rc_leadership_governance,
            rc_early_years::VARCHAR AS rc_early_years,
            rc_post_16::VARCHAR AS rc_post_16,
            rc_safeguarding::VARCHAR AS rc_safeguarding
        FROM school_inspection
        WHERE place = 1 OR (place = 2 AND event = 'graded')
    )
    UNPIVOT INCLUDE NULLS (
        value FOR field IN (COLUMNS(* EXCLUDE (
            school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade
        )))
    )
),
held AS (
    SELECT DISTINCT release_id, event, field
    FROM (
            SELECT
                release_id, event,
                max(overall_grade)::VARCHAR AS overall_grade,
                max(quality_of_education)::VARCHAR AS quality_of_education,
                max(behaviour_attitudes)::VARCHAR AS behaviour_attitudes,
                max(personal_development)::VARCHAR AS personal_development,
                max(leadership_management)::VARCHAR AS leadership_management,
                max(early_years)::VARCHAR AS early_years,
                max(sixth_form)::VARCHAR AS sixth_form,
                max(safeguarding_effective::INT)::VARCHAR AS safeguarding_effective,
                max(category_of_concern)::VARCHAR AS category_of_concern,
                max(published_on)::VARCHAR AS published_on,
                max(ungraded_outcome)::VARCHAR AS ungraded_outcome,
                max(rc_inclusion)::VARCHAR AS rc_inclusion,
                max(rc_curriculum_teaching)::VARCHAR AS rc_curriculum_teaching,
                max(rc_achievement)::VARCHAR AS rc_achievement,
                max(rc_attendance_behaviour)::VARCHAR AS rc_attendance_behaviour,
                max(rc_personal_development)::VARCHAR AS rc_personal_development,
                max(rc_leadership_governance)::VARCHAR AS rc_leadership_governance,
                max(rc_early_years)::VARCHAR AS rc_early_years,
                max(rc_post_16)::VARCHAR AS rc_post_16,
                max(rc_safeguarding)::VARCHAR AS rc_safeguarding
            FROM inspection_row
            GROUP BY release_id, event
    )
    UNPIVOT (value FOR field IN (COLUMNS(* EXCLUDE (release_id, event))))
)
SELECT
    printed.school AS urn,
    judgement.feature,
    CASE
        WHEN printed.field = 'overall_grade' AND (overall_token = 'Not judged' OR NOT has_overall_grade)
            THEN 'not_judged'
        WHEN inspection_missing.reason IS NOT NULL THEN inspection_missing.reason
        WHEN judgement.first_framework > printed.framework THEN 'not_judged'
        WHEN held.field IS NULL THEN 'no_release'
        WHEN judgement.is_optional THEN 'not_applicable'
        ELSE 'blank'
    END AS reason,
    coalesce(
        CASE WHEN printed.field = 'overall_grade' THEN printed.overall_token END, inspection_missing.token
    ) AS token,
    printed.release_id
FROM printed
JOIN judgement ON judgement.field = printed.field
    AND judgement.event = printed.event
    AND judgement.place = printed.place
LEFT JOIN held ON held.release_id = printed.release_id AND held.event = printed.event AND held.field = printed.field
LEFT JOIN inspection_missing ON inspection_missing.release_id = printed.release_id
    AND inspection_missing.urn = printed.urn
    AND inspection_missing.field = printed.block || '__' || printed.field
WHERE printed.value IS NULL
