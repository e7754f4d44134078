CASE WHEN NOT state_funded THEN NULL
  WHEN inspection_grade = 4 OR category_of_concern IN ('special_measures', 'serious_weaknesses') THEN '4'
  WHEN (takes_ks2 AND NOT special AND ks2_cohort >= 11 AND ks2_l4_em < 60 AND ks2_english_2lp < 87
        AND ks2_maths_2lp < 86)
    OR (takes_ks4 AND NOT special AND ks4_cohort > 5 AND ks4_5acem < 40 AND ks4_english_progress < 70
        AND ks4_maths_progress < 70) THEN 'F'
  WHEN inspection_grade = 3 AND inspection_date < DATE '2012-09-01' AND direction_of_travel = 'declining' THEN '3A'
  WHEN inspection_grade = 3 AND inspection_date < DATE '2012-09-01' THEN '3B'
  WHEN inspection_grade = 3 AND leadership_grade <= 2 THEN '3D'
  WHEN inspection_grade = 3 THEN '3C'
  WHEN absence_percent > 8 OR fsm_percent > 60 AND ks2_reading_progress < -3 THEN 'W'
  WHEN inspection_grade = 2 AND (direction_of_travel = 'declining' OR previous_inspection_grade = 1) THEN '2B'
  WHEN inspection_grade = 2 AND pupils_on_roll BETWEEN 1 AND 5000 THEN '2A'
  WHEN inspection_grade = 1 THEN '1' END
