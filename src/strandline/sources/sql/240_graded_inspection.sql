-- graded_inspection: the latest and the previous graded inspection side by side.
-- Grain:  urn (every school asked for).
-- Source: school_inspection. The category of concern is that of the latest inspection with a category, graded or
--         report card; direction of travel compares overall effectiveness only, in the order 1 to 4.
-- Units:  grades 1 (best) to 4.
WITH graded AS (
    SELECT
        *,
        CASE
            WHEN overall_grade IS NOT NULL THEN words[overall_grade]
            WHEN overall_token = 'Not judged' OR NOT has_overall_grade THEN 'not_judged'
        END AS wording
    FROM school_inspection
    WHERE event = 'graded'
),
latest AS (FROM graded WHERE place = 1),
previous AS (FROM graded WHERE place = 2),
counted AS (SELECT school, count(*) AS graded_inspections FROM graded GROUP BY school),
card AS (FROM school_inspection WHERE event = 'report_card' AND place = 1)
SELECT
    school_authority.urn,
    latest.release_id,
    previous.release_id AS previous_release_id,
    latest.inspected_on AS inspection_date,
    latest.report_on AS inspection_published,
    latest.framework AS inspection_framework,
    latest.wording AS inspection_wording,
    latest.overall_grade AS inspection_grade,
    latest.quality_of_education AS quality_of_education_grade,
    latest.behaviour_attitudes AS behaviour_attitudes_grade,
    latest.personal_development AS personal_development_grade,
    latest.leadership_management AS leadership_grade,
    latest.early_years AS early_years_grade,
    latest.sixth_form AS sixth_form_grade,
    latest.safeguarding_effective AS safeguarding_effective,
    CASE WHEN card.inspected_on > coalesce(latest.inspected_on, DATE '0001-01-01')
        THEN card.category_of_concern ELSE latest.category_of_concern END AS category_of_concern,
    latest.at_urn <> latest.school AS inspection_of_predecessor,
    CASE
        WHEN latest.overall_grade < previous.overall_grade THEN 'improving'
        WHEN latest.overall_grade = previous.overall_grade THEN 'stable'
        WHEN latest.overall_grade > previous.overall_grade THEN 'declining'
    END AS direction_of_travel,
    coalesce(counted.graded_inspections, 0) AS graded_inspections,
    previous.inspected_on AS previous_inspection_date,
    previous.report_on AS previous_inspection_published,
    previous.framework AS previous_inspection_framework,
    previous.wording AS previous_inspection_wording,
    previous.overall_grade AS previous_inspection_grade,
    previous.quality_of_education AS previous_quality_of_education_grade,
    previous.behaviour_attitudes AS previous_behaviour_attitudes_grade,
    previous.personal_development AS previous_personal_development_grade,
    previous.leadership_management AS previous_leadership_grade,
    previous.early_years AS previous_early_years_grade,
    previous.sixth_form AS previous_sixth_form_grade,
    previous.safeguarding_effective AS previous_safeguarding_effective,
    previous.category_of_concern AS previous_category_of_concern
FROM school_authority
LEFT JOIN latest ON latest.school = school_authority.urn
LEFT JOIN previous ON previous.school = school_authority.urn
LEFT JOIN counted ON counted.school = school_authority.urn
LEFT JOIN card ON card.school = school_authority.urn
