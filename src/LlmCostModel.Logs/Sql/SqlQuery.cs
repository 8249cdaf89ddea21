namespace LlmCostModel.Logs;

/// <summary>Writes the views that price the rows of a table of calls.</summary>
internal sealed class SqlQuery(SqlDialect dialect, string[] providers, RegionClasses regions)
{
    /// <summary>The greatest number of 96 bits with 18 decimals: what a decimal of the library holds whatever its digits are.</summary>
    private const string GreatestAmount = "79228162514.264337593543950335";

    private static readonly string[] Columns = [.. TokenBuckets.All.Select(SqlText.ColumnOf)];

    /// <summary>What every row cost.</summary>
    internal string Rows() => $"""
        CREATE VIEW llmcost_rows AS
        WITH counted AS (
          SELECT
            u.id, u.parent, u.model, u.provider, u.at_utc, u.tier, u.region,
            {Lines(",\n    ", Columns.Select(column => $"CAST(COALESCE(u.{column}, 0) AS DECIMAL(19, 0)) AS {column}"))},
            {All("u.{0} IS NULL")} AS is_empty,
            COALESCE({Lines("\n      OR ", Columns.Select(column => $"COALESCE(u.{column}, 0) < 0"))}, FALSE) AS is_negative,
            u.at_utc IS NOT NULL AND {IsOtherTime} AS is_other_time,
            COALESCE(u.at_utc, TIMESTAMP '-infinity') AS instant,
            CASE
              WHEN u.provider IS NULL OR u.provider = '' THEN ''
              WHEN {Lower("u.provider")} IN ({List(providers)}) THEN {Lower("u.provider")}
              ELSE '*'
            END AS provider_key,
            CASE WHEN {Lower("u.tier")} IN ('standard', 'default') THEN 'standard' ELSE NULLIF({Lower("u.tier")}, '') END AS tier_key,
            CASE
              WHEN u.region IS NULL OR u.region = '' THEN NULL
              WHEN {Lower("u.region")} IN ({List(regions.Names)}) THEN {Lower("u.region")}
              {string.Concat(regions.Beginnings.Select(Beginning))}ELSE '*'
            END AS region_class
          FROM llmcost_usage u
        ),
        sized AS (
          SELECT
            c.*,
            {Sum(row => row.Side == TokenSide.Input)} AS total_input,
            {Sum(row => row is { Side: TokenSide.Input, CacheRole: CacheRole.None })} AS fresh_input,
            {Sum(row => row.Side == TokenSide.Output)} AS total_output
          FROM counted c
        ),
        dated AS (
          SELECT
            s.*,
            m.model IS NOT NULL AS is_known,
            COALESCE(m.issue, p.issue) AS period_issue,
            m.issue IS NOT NULL AS has_model_issue,
            p.prices IS NULL OR p.hours IS NOT NULL OR p.valid_until < TIMESTAMP 'infinity' AS is_dated,
            COALESCE(p.rates, h.rates) AS rates,
            COALESCE(s.tier_key, m.tier, 'standard') AS rate_tier
          FROM sized s
          LEFT JOIN llmcost_models m ON m.model = s.model AND m.provider = s.provider_key
          LEFT JOIN llmcost_periods p ON p.prices = m.prices AND s.instant >= p.valid_from AND s.instant < p.valid_until
          LEFT JOIN llmcost_hours h ON h.hours = p.hours AND h.day_utc = CAST(s.instant AS DATE)
            AND s.instant >= h.valid_from AND s.instant < h.valid_until
        ),
        rated AS (
          SELECT
            d.*,
            r.rates IS NOT NULL AS has_rates,
            r.issue AS rate_issue,
            r.attribute,
            r.depending,
            r.currency AS rate_currency,
            {Lines(",\n    ", Columns.Select(column => $"r.{column} AS {column}_rate"))}
          FROM dated d
          LEFT JOIN llmcost_regions g ON g.rates = d.rates AND g.region_class = d.region_class
          LEFT JOIN llmcost_rates r ON r.rates = d.rates AND r.tier = d.rate_tier AND r.region = COALESCE(g.region, '')
            AND d.total_input BETWEEN r.total_input_from AND r.total_input_to
            AND d.fresh_input BETWEEN r.fresh_input_from AND r.fresh_input_to
            AND d.total_output BETWEEN r.total_output_from AND r.total_output_to
        ),
        multiplied AS (
          SELECT
            x.*,
            CASE
              WHEN is_negative THEN 'negativeCount'
              WHEN is_empty THEN 'unknownUsage'
              WHEN total_input + total_output > 9223372036854775807 THEN 'tooManyTokens'
              WHEN is_other_time THEN 'notUtc'
              WHEN model IS NULL OR model = '' THEN 'missingModel'
              WHEN NOT is_known AND provider_key = '' THEN 'unknownModel'
              WHEN NOT is_known THEN 'unknownModelAtProvider'
              WHEN has_model_issue THEN period_issue
              WHEN at_utc IS NULL AND is_dated THEN 'missingTime'
              WHEN period_issue IS NOT NULL THEN period_issue
              WHEN rates IS NULL THEN '{SqlReason.OutsideHours}'
              WHEN NOT has_rates THEN 'unknownTier'
              ELSE rate_issue
            END AS issue,
            {Names(column => $"(depending IS NULL OR depending NOT LIKE '% {column} %')")} AS unknown_names,
            {Names(column => $"depending LIKE '% {column} %'")} AS depending_names,
            {Lines("\n      OR ", Columns.Select(column => $"({column} > 0 AND {column}_rate IS NOT NULL)"))} AS uses_known,
            CAST(({Lines("\n      + ", Columns.Select(column => $"COALESCE({column} * {column}_rate, 0)"))}
              ) * 0.000001 AS DECIMAL(38, 18)) AS amount
          FROM rated x
        ),
        judged AS (
          SELECT
            y.*,
            CASE
              WHEN issue IS NOT NULL OR amount > {GreatestAmount} THEN 'unpriced'
              WHEN (unknown_names || depending_names) <> '' AND NOT uses_known THEN 'unpriced'
              WHEN (unknown_names || depending_names) <> '' THEN 'partial'
              ELSE 'priced'
            END AS status
          FROM multiplied y
        )
        SELECT
          id, parent, model, provider, at_utc, tier, region, status,
          CASE WHEN status <> 'unpriced' THEN amount END AS total,
          CASE WHEN status <> 'unpriced' THEN rate_currency END AS currency,
          CASE
            WHEN status = 'priced' THEN NULL
            WHEN issue IS NOT NULL THEN issue
            WHEN amount > {GreatestAmount} THEN 'amountTooLarge'
            WHEN depending_names = '' THEN 'unknownTokenPrice:' || unknown_names
            WHEN unknown_names = '' THEN 'missingAttribute ' || attribute || ':' || depending_names
            ELSE 'unknownTokenPrice:' || unknown_names || '; missingAttribute ' || attribute || ':' || depending_names
          END AS reason
        FROM judged;

        """;

    /// <summary>What every call cost: a call and the calls inside it.</summary>
    internal static string Calls() => """
        CREATE VIEW llmcost_calls AS
        WITH summed AS (
          SELECT
            COALESCE(parent, id) AS call_id,
            COUNT(*) AS parts,
            SUM(CASE WHEN parent IS NULL THEN 1 ELSE 0 END) AS whole_calls,
            SUM(CASE WHEN status = 'priced' THEN 1 ELSE 0 END) AS priced,
            SUM(CASE WHEN status = 'unpriced' THEN 1 ELSE 0 END) AS unpriced,
            COUNT(DISTINCT currency) AS currencies,
            MIN(currency) AS currency,
            SUM(total) AS total,
            MIN(reason) AS reason
          FROM llmcost_rows
          WHERE id IS NOT NULL OR parent IS NOT NULL
          GROUP BY COALESCE(parent, id)
        ),
        judged AS (
          SELECT
            s.*,
            CASE
              WHEN whole_calls > 1 THEN 'duplicateId'
              WHEN currencies > 1 THEN 'severalCurrencies'
              WHEN whole_calls = 0 THEN 'missingCall'
              ELSE reason
            END AS why
          FROM summed s
        )
        SELECT
          call_id AS id, parts,
          CASE
            WHEN why IN ('duplicateId', 'severalCurrencies') OR unpriced = parts THEN 'unpriced'
            WHEN why IS NULL AND priced = parts THEN 'priced'
            ELSE 'partial'
          END AS status,
          CASE WHEN why NOT IN ('duplicateId', 'severalCurrencies') OR why IS NULL THEN total END AS total,
          CASE WHEN why NOT IN ('duplicateId', 'severalCurrencies') OR why IS NULL THEN currency END AS currency,
          why AS reason
        FROM judged
        UNION ALL
        SELECT id, 1, status, total, currency, reason FROM llmcost_rows WHERE id IS NULL AND parent IS NULL;

        """;

    /// <summary>Whether an instant is of a type that is not plainly UTC: it would be read on the clock of the session.</summary>
    private string IsOtherTime => dialect == SqlDialect.PostgreSql
        ? "pg_typeof(u.at_utc) NOT IN ('timestamp without time zone'::regtype, 'date'::regtype)"
        : "typeof(u.at_utc) NOT IN ('TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'DATE')";

    private static string Lower(string column) =>
        $"TRANSLATE({column}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')";

    private static string Beginning(string beginning) =>
        $"WHEN LEFT({Lower("u.region")}, {beginning.Length}) = {SqlText.Of(beginning)} THEN {SqlText.Of(beginning + "*")}\n      ";

    private static string List(string[] texts) => texts.Length == 0 ? "NULL" : string.Join(", ", texts.Select(SqlText.Of));

    private static string All(string condition) =>
        Lines("\n      AND ", Columns.Select(column => condition.Replace("{0}", column, StringComparison.Ordinal)));

    /// <summary>The buckets without a price that a call uses and a condition holds for, each behind a space.</summary>
    private static string Names(Func<string, string> condition) => Lines("\n      || ", Columns.Select(column =>
        $"CASE WHEN {column} > 0 AND {column}_rate IS NULL AND {condition(column)} THEN ' {column}' ELSE '' END"));

    private static string Sum(Func<TokenBucketInfo, bool> belongs) =>
        string.Join(" + ", TokenBuckets.All.Where(belongs).Select(row => $"c.{SqlText.ColumnOf(row)}"));

    private static string Lines(string separator, IEnumerable<string> parts) => string.Join(separator, parts);
}
