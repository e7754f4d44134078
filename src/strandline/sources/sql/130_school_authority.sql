-- school_authority: the local authority that each open school was in on the as-at day.
-- Grain:  urn. `la` is null where a reorganisation left more than one answer and no register settles it.
-- Source: open_school; reorganisation (the structural changes orders); the other registers' codes as evidence.
-- Units:  none.
WITH abolished AS (
    SELECT DISTINCT from_la AS la FROM reorganisation, ask WHERE reorganisation.changed_on <= ask.as_at
),
unborn AS (
    SELECT DISTINCT to_la AS la FROM reorganisation, ask WHERE reorganisation.changed_on > ask.as_at
),
possible AS (
    SELECT urn, printed_la AS la
    FROM open_school
    WHERE printed_la NOT IN (FROM abolished) AND printed_la NOT IN (FROM unborn)
    UNION
    SELECT urn, to_la FROM open_school JOIN reorganisation ON printed_la = from_la WHERE printed_la IN (FROM abolished)
    UNION
    SELECT urn, from_la FROM open_school JOIN reorganisation ON printed_la = to_la WHERE printed_la IN (FROM unborn)
),
evidence AS (
    SELECT possible.urn, arg_min(possible.la, register_release.standing) AS la
    FROM possible
    JOIN register_row ON register_row.urn = possible.urn
        AND coalesce(register_row.la_code, register_row.laestab // 10000) = possible.la
    JOIN register_release USING (release_id)
    GROUP BY possible.urn
),
counted AS (
    SELECT urn, count(*) AS answers, any_value(la) AS la FROM possible GROUP BY urn
),
resolved AS (
    SELECT
        open_school.urn,
        open_school.printed_la,
        CASE WHEN counted.answers = 1 THEN counted.la ELSE evidence.la END AS la
    FROM open_school
    LEFT JOIN counted USING (urn)
    LEFT JOIN evidence USING (urn)
),
named AS (
    SELECT
        coalesce(la_code, laestab // 10000) AS la,
        arg_min(la_name, standing) FILTER (la_name IS NOT NULL) AS la_name,
        arg_min(region, standing) FILTER (region IS NOT NULL) AS region
    FROM register_row
    JOIN register_release USING (release_id)
    GROUP BY ALL
),
ordered AS (
    SELECT DISTINCT from_la AS la, from_name AS la_name FROM reorganisation
    UNION
    SELECT DISTINCT to_la, to_name FROM reorganisation
)
SELECT
    resolved.urn,
    resolved.la,
    resolved.printed_la,
    coalesce(ordered.la_name, named.la_name) AS la_name,
    coalesce(named.region, printed.region) AS region
FROM resolved
CROSS JOIN ask
LEFT JOIN named ON named.la = resolved.la
LEFT JOIN named AS printed ON printed.la = resolved.printed_la
LEFT JOIN ordered ON ordered.la = resolved.la
WHERE ask.authority IS NULL OR resolved.la = ask.authority
