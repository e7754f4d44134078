-- judgement_missing: why a judgement of an inspection that took place is not there.
-- Grain:  urn × feature, missing judgements only.
-- Source: school_inspection; inspection_missing (the publisher's marks); inspection_row (what a file holds at all).
-- Units:  none.
WITH printed AS (
    SELECT * FROM (
        SELECT
            school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade,
            report_on IS NULL AS published_on,
            overall_grade IS NULL AS overall_grade,
            quality_of_education IS NULL AS quality_of_education,
            behaviour_attitudes IS NULL AS behaviour_attitudes,
            personal_development IS NULL AS personal_development,
            leadership_management IS NULL AS leadership_management,
            early_years IS NULL AS early_years,
            sixth_form IS NULL AS sixth_form,
            safeguarding_effective IS NULL AS safeguarding_effective,
            category_of_concern IS NULL AS category_of_concern
        FROM school_inspection
        WHERE event = 'graded' AND place <= 2
    )
    UNPIVOT (is_missing FOR field IN (COLUMNS(* EXCLUDE (
        school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade
    ))))
    UNION ALL
    SELECT * FROM (
        SELECT
            school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade,
            report_on IS NULL AS published_on,
            ungraded_outcome IS NULL AS ungraded_outcome
        FROM school_inspection
        WHERE event = 'ungraded' AND place = 1
    )
    UNPIVOT (is_missing FOR field IN (COLUMNS(* EXCLUDE (
        school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade
    ))))
    UNION ALL
    SELECT * FROM (
        SELECT
            school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade,
            report_on IS NULL AS published_on,
            rc_inclusion IS NULL AS rc_inclusion,
            rc_curriculum_teaching IS NULL AS rc_curriculum_teaching,
            rc_achievement IS NULL AS rc_achievement,
            rc_attendance_behaviour IS NULL AS rc_attendance_behaviour,
            rc_personal_development IS NULL AS rc_personal_development,
            rc_leadership_governance IS NULL AS rc_leadership_governance,
            rc_early_years IS NULL AS rc_early_years,
            rc_post_16 IS NULL AS rc_post_16,
            rc_safeguarding IS NULL AS rc_safeguarding,
            category_of_concern IS NULL AS category_of_concern
        FROM school_inspection
        WHERE event = 'report_card' AND place = 1
    )
    UNPIVOT (is_missing FOR field IN (COLUMNS(* EXCLUDE (
        school, urn, release_id, block, event, place, framework, overall_token, has_overall_grade
    ))))
),
held AS (
    SELECT release_id, event, field
    FROM (
        SELECT
            release_id,
            event,
            max(published_on IS NOT NULL) AS published_on,
            max(overall_grade IS NOT NULL) AS overall_grade,
            max(quality_of_education IS NOT NULL) AS quality_of_education,
            max(behaviour_attitudes IS NOT NULL) AS behaviour_attitudes,
            max(personal_development IS NOT NULL) AS personal_development,
            max(leadership_management IS NOT NULL) AS leadership_management,
            max(early_years IS NOT NULL) AS early_years,
            max(sixth_form IS NOT NULL) AS sixth_form,
            max(safeguarding_effective IS NOT NULL) AS safeguarding_effective,
            max(category_of_concern IS NOT NULL) AS category_of_concern,
            max(ungraded_outcome IS NOT NULL) AS ungraded_outcome,
            max(rc_inclusion IS NOT NULL) AS rc_inclusion,
            max(rc_curriculum_teaching IS NOT NULL) AS rc_curriculum_teaching,
            max(rc_achievement IS NOT NULL) AS rc_achievement,
            max(rc_attendance_behaviour IS NOT NULL) AS rc_attendance_behaviour,
            max(rc_personal_development IS NOT NULL) AS rc_personal_development,
            max(rc_leadership_governance IS NOT NULL) AS rc_leadership_governance,
            max(rc_early_years IS NOT NULL) AS rc_early_years,
            max(rc_post_16 IS NOT NULL) AS rc_post_16,
            max(rc_safeguarding IS NOT NULL) AS rc_safeguarding
        FROM inspection_row
        GROUP BY release_id, event
    )
    UNPIVOT (is_held FOR field IN (COLUMNS(* EXCLUDE (release_id, event))))
    WHERE is_held
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
WHERE printed.is_missing
