-- A million schools at random; $missing is the share of figures that are not there.
CREATE OR REPLACE TABLE facts AS
WITH made AS (
  SELECT
    i::BIGINT AS urn,
    random() < 0.98 AS state_funded, random() < 0.7 AS takes_ks2, random() < 0.2 AS takes_ks4, random() < 0.05 AS special,
    (random() * 90)::BIGINT AS ks2_cohort, round(random() * 70 + 30) AS ks2_l4_em,
    round(random() * 30 + 70) AS ks2_english_2lp, round(random() * 30 + 70) AS ks2_maths_2lp,
    (random() * 200)::BIGINT AS ks4_cohort, round(random() * 70 + 20) AS ks4_5acem,
    round(random() * 60 + 40) AS ks4_english_progress, round(random() * 60 + 40) AS ks4_maths_progress,
    (1 + random() * 3)::BIGINT AS inspection_grade, (1 + random() * 3)::BIGINT AS leadership_grade,
    (1 + random() * 3)::BIGINT AS previous_inspection_grade,
    DATE '2009-01-01' + (random() * 1500)::INTEGER AS inspection_date,
    ['improving', 'stable', 'declining'][1 + (random() * 2)::INTEGER] AS direction_of_travel,
    ['none', 'none', 'special_measures', 'serious_weaknesses'][1 + (random() * random() * 3)::INTEGER]
      AS category_of_concern,
    round(random() * 10, 1) AS absence_percent, round(random() * 70, 1) AS fsm_percent,
    round(random() * 10 - 5, 1) AS ks2_reading_progress, (random() * 900)::BIGINT AS pupils_on_roll
  FROM range($schools) AS numbers(i)
)
SELECT * REPLACE (
  if(random() < $missing, NULL, ks2_l4_em) AS ks2_l4_em,
  if(random() < $missing, NULL, ks2_english_2lp) AS ks2_english_2lp,
  if(random() < $missing, NULL, inspection_grade) AS inspection_grade,
  if(random() < $missing, NULL, direction_of_travel) AS direction_of_travel,
  if(random() < $missing, NULL, absence_percent) AS absence_percent
)
FROM made
