-- school: who each school asked for was, with what follows from the register's words.
-- Grain:  urn.
-- Source: school_authority, open_school, school_attribute, predecessor; establishment_type, phase_word (the words
--         of the registers in ours). Where a register that is later than the as-at day shows a school under the URN of
--         a later conversion, the legal form of that day is the predecessor's where a register holds it, else unknown;
--         an academy that continues a school was state-funded before, a free school need not have been.
-- Units:  ages in years.
WITH wide AS (
    SELECT
        urn,
        school_name.v AS school_name,
        establishment_type.v AS establishment_type,
        phase.v AS phase,
        ofsted_phase.v AS ofsted_phase,
        tables_phase.v AS tables_phase,
        opened_on.v AS opened_on,
        closed_on.v AS closed_on,
        statutory_low_age.v AS statutory_low_age,
        statutory_high_age.v AS statutory_high_age
    FROM school_attribute
),
before AS (
    SELECT link.urn, arg_min(register_row.establishment_type, register_release.standing) AS establishment_type
    FROM (
        SELECT urn, link_urn AS predecessor FROM link WHERE link_type = 'Predecessor'
        UNION
        SELECT link_urn, urn FROM link WHERE link_type = 'Successor'
    ) AS link
    JOIN register_row ON register_row.urn = link.predecessor AND register_row.establishment_type IS NOT NULL
    JOIN register_release USING (release_id)
    GROUP BY link.urn
),
numbered AS (
    SELECT school_authority.urn, arg_min(register_row.laestab, register_release.standing) AS laestab
    FROM school_authority
    JOIN register_row ON register_row.urn = school_authority.urn
        AND register_row.laestab // 10000 = school_authority.la
    JOIN register_release USING (release_id)
    GROUP BY school_authority.urn
),
direct AS (
    SELECT urn, arg_max(predecessor, (coalesce(linked_on, DATE '0001-01-01'), predecessor)) AS predecessor_urn
    FROM predecessor WHERE is_linked GROUP BY urn
),
dated AS (
    SELECT
        wide.*,
        open_school.release_id,
        open_school.is_reconstructed,
        open_school.status AS printed_status,
        wide.opened_on > ask.as_at AS is_stand_in,
        CASE WHEN wide.opened_on > ask.as_at THEN before.establishment_type ELSE wide.establishment_type END AS type_then,
        school_authority.la,
        school_authority.printed_la,
        school_authority.la_name,
        school_authority.region,
        direct.predecessor_urn
    FROM school_authority
    JOIN open_school USING (urn)
    JOIN wide USING (urn)
    LEFT JOIN before USING (urn)
    LEFT JOIN direct USING (urn)
    CROSS JOIN ask
)
SELECT
    dated.urn,
    dated.release_id,
    numbered.laestab,
    dated.school_name,
    dated.la,
    dated.la_name,
    dated.region,
    dated.type_then AS establishment_type,
    form.legal_form,
    form.legal_form IN (
        'community', 'voluntary_aided', 'voluntary_controlled', 'foundation', 'community_special',
        'foundation_special', 'maintained_nursery', 'pupil_referral_unit'
    ) AS maintained,
    form.legal_form IN (
        'academy_converter', 'academy_sponsor_led', 'free_school', 'university_technical_college', 'studio_school',
        'academy_special', 'academy_alternative_provision', 'academy_16_19'
    ) AS academy,
    CASE
        WHEN form.legal_form IS NOT NULL
            THEN form.legal_form NOT IN ('independent', 'further_education', 'other')
        WHEN dated.is_stand_in AND later_form.legal_form IN ('academy_converter', 'academy_sponsor_led') THEN TRUE
    END AS state_funded,
    coalesce(
        phase_word.phase,
        ofsted_word.phase,
        CASE WHEN coalesce(form.special, later_form.special) THEN 'not_applicable' ELSE tables_word.phase END
    ) AS phase,
    CASE
        WHEN ofsted_word.sector IS NOT NULL THEN ofsted_word.sector
        WHEN coalesce(form.special, later_form.special) THEN 'special'
        WHEN coalesce(form.legal_form, later_form.legal_form) IN (
            'pupil_referral_unit', 'academy_alternative_provision'
        ) THEN 'alternative_provision'
        WHEN coalesce(form.legal_form, later_form.legal_form) = 'maintained_nursery' THEN 'nursery'
        ELSE coalesce(phase_word.sector, tables_word.sector)
    END AS sector,
    coalesce(form.special, later_form.special) AS special,
    dated.statutory_low_age <= 10 AND dated.statutory_high_age >= 11 AS takes_ks2,
    dated.statutory_low_age <= 15 AND dated.statutory_high_age >= 16 AS takes_ks4,
    CASE
        WHEN dated.is_reconstructed IS FALSE AND lower(dated.printed_status) LIKE '%propose%to%close%'
            THEN 'open_but_proposed_to_close'
        ELSE 'open'
    END AS status,
    dated.opened_on,
    dated.closed_on,
    dated.statutory_low_age,
    dated.statutory_high_age,
    dated.is_reconstructed AS register_reconstructed,
    dated.predecessor_urn,
    dated.is_stand_in
FROM dated
LEFT JOIN numbered USING (urn)
LEFT JOIN establishment_type AS form ON form.wording = lower(trim(dated.type_then))
LEFT JOIN establishment_type AS later_form ON later_form.wording = lower(trim(dated.establishment_type))
LEFT JOIN phase_word ON phase_word.wording = lower(trim(dated.phase))
LEFT JOIN phase_word AS tables_word ON tables_word.wording = dated.tables_phase
LEFT JOIN phase_word AS ofsted_word ON ofsted_word.wording = 'ofsted ' || lower(trim(dated.ofsted_phase))
