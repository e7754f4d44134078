-- later_inspection: the latest ungraded inspection since the graded one, and the latest report card.
-- Grain:  urn (every school asked for).
-- Source: school_inspection.
-- Units:  the publisher's words.
WITH graded AS (FROM school_inspection WHERE event = 'graded' AND place = 1),
ungraded AS (FROM school_inspection WHERE event = 'ungraded' AND place = 1),
card AS (FROM school_inspection WHERE event = 'report_card' AND place = 1)
SELECT
    school_authority.urn,
    ungraded.release_id AS ungraded_release_id,
    ungraded.inspected_on AS ungraded_inspection_date,
    ungraded.ungraded_outcome,
    card.release_id AS card_release_id,
    card.inspected_on AS report_card_date,
    card.report_on AS report_card_published,
    card.rc_inclusion,
    card.rc_curriculum_teaching,
    card.rc_achievement,
    card.rc_attendance_behaviour,
    card.rc_personal_development,
    card.rc_leadership_governance,
    card.rc_early_years,
    card.rc_post_16,
    card.rc_safeguarding,
    card.category_of_concern AS rc_category_of_concern
FROM school_authority
LEFT JOIN graded ON graded.school = school_authority.urn
LEFT JOIN ungraded ON ungraded.school = school_authority.urn
    AND ungraded.inspected_on > coalesce(graded.inspected_on, DATE '0001-01-01')
LEFT JOIN card ON card.school = school_authority.urn
