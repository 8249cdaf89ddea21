namespace LlmCostModel.Logs;

/// <summary>Writes the views that price the rows of a table of calls.</summary>
internal sealed class SqlQuery(SqlGrammar grammar, string[] providers, RegionClasses regions)
{
    private static readonly string Beginning = SqlText.Instant(PeriodTable.Beginning.UtcTicks);
    private static readonly string End = SqlText.Instant(PeriodTable.End.UtcTicks);
    private static readonly string Forever = SqlText.Instant(PeriodTable.Forever.UtcTicks);

    private static readonly string[] Columns = [.. TokenBuckets.All.Select(SqlText.ColumnOf)];

    private static readonly string[] Call =
    [
        "id", "parent", "model", "provider", "at_utc", "tier", "region", "is_empty", "is_negative", "is_other_time", "instant",
        "provider_key", "tier_key", "region_class", "total_input", "fresh_input", "total_output",
    ];

    private readonly SqlText _text = new(grammar);

    /// <summary>What every row cost.</summary>
    internal string Rows() => $"""
        CREATE VIEW {grammar.Prefix}llmcost_rows AS
        WITH counted AS (
          SELECT
            u.id, NULLIF(u.parent, '') AS parent, u.model, u.provider, u.at_utc, u.tier, u.region,
            {Lines(",\n    ", Columns.Select(column => $"CAST(COALESCE(u.{column}, 0) AS {grammar.Whole}) AS {column}"))},
            {All("u.{0} IS NULL")} AS is_empty,
            COALESCE({Lines("\n      OR ", Columns.Select(column => $"COALESCE(u.{column}, 0) < 0"))}, FALSE) AS is_negative,
            u.at_utc IS NOT NULL AND {grammar.IsOtherTime} AS is_other_time,
            CASE
              WHEN u.at_utc >= {Instant(End)} THEN {Instant(End)}
              WHEN u.at_utc >= {Instant(Beginning)} THEN u.at_utc
              ELSE {Instant(Beginning)}
            END AS instant,
            CASE
              WHEN u.provider IS NULL OR u.provider = '' THEN ''
              WHEN {Lower("u.provider")} IN ({List(providers)}) THEN {Lower("u.provider")}
              ELSE '*'
            END AS provider_key,
            CASE WHEN {Lower("u.tier")} IN ('standard', 'default') THEN 'standard' ELSE NULLIF({Lower("u.tier")}, '') END AS tier_key,
            CASE
              WHEN u.region IS NULL OR u.region = '' THEN NULL
              WHEN {Lower("u.region")} IN ({List(regions.Names)}) THEN {Lower("u.region")}
              {string.Concat(regions.Beginnings.Select(Begins))}ELSE '*'
            END AS region_class
          FROM {grammar.Prefix}llmcost_usage u
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
            {Carried("s")},
            m.model IS NOT NULL AS is_known,
            COALESCE(m.issue, p.issue) AS period_issue,
            m.issue IS NOT NULL AS has_model_issue,
            p.prices IS NULL OR p.hours IS NOT NULL OR p.valid_until < {Instant(Forever)} AS is_dated,
            COALESCE(p.rates, h.rates) AS rates,
            COALESCE(s.tier_key, m.tier, 'standard') AS rate_tier
          FROM sized s
          LEFT JOIN {grammar.Prefix}llmcost_models m ON m.model = s.model AND m.provider = s.provider_key
          LEFT JOIN {grammar.Prefix}llmcost_periods p ON p.prices = m.prices AND s.instant >= p.valid_from AND s.instant < p.valid_until
          LEFT JOIN {grammar.Prefix}llmcost_hours h ON h.hours = p.hours AND h.day_utc = {SqlText.Put("s.instant", grammar.DayOf)}
            AND s.instant >= h.valid_from AND s.instant < h.valid_until
        ),
        rated AS (
          SELECT
            {Carried("d")},
            d.is_known AS is_known, d.period_issue AS period_issue, d.has_model_issue AS has_model_issue, d.is_dated AS is_dated,
            d.rates AS rates,
            r.rates IS NOT NULL AS has_rates,
            r.issue AS rate_issue,
            r.attribute,
            r.depending,
            r.currency AS rate_currency,
            {Lines(",\n    ", Columns.Select(column => $"{SqlText.Put($"r.{column}", grammar.Rate)} AS {column}_rate"))}
          FROM dated d
          LEFT JOIN {grammar.Prefix}llmcost_regions g ON g.rates = d.rates AND g.region_class = d.region_class
          LEFT JOIN {grammar.Prefix}llmcost_rates r ON r.rates = d.rates AND r.tier = d.rate_tier AND r.region = COALESCE(g.region, '')
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
              WHEN NOT COALESCE(total_input + total_output <= 9223372036854775807, FALSE) THEN 'tooManyTokens'
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
            {Lines("\n      + ", Columns.Select(column => $"COALESCE({column} * {column}_rate, 0)"))} AS amount
          FROM rated x
        ),
        judged AS (
          SELECT
            y.*,
            CASE
              WHEN issue IS NOT NULL OR amount > {grammar.GreatestAmount} THEN 'unpriced'
              WHEN (unknown_names || depending_names) <> '' AND NOT uses_known THEN 'unpriced'
              WHEN (unknown_names || depending_names) <> '' THEN 'partial'
              ELSE 'priced'
            END AS status
          FROM multiplied y
        )
        SELECT
          id, parent, model, provider, at_utc, tier, region, status,
          CASE WHEN status <> 'unpriced' THEN {SqlText.Put("amount", grammar.Total)} END AS total,
          CASE WHEN status <> 'unpriced' THEN rate_currency END AS currency,
          CASE
            WHEN status = 'priced' THEN NULL
            WHEN issue IS NOT NULL THEN issue
            WHEN amount > {grammar.GreatestAmount} THEN 'amountTooLarge'
            WHEN depending_names = '' THEN 'unknownTokenPrice:' || unknown_names
            WHEN unknown_names = '' THEN 'missingAttribute ' || attribute || ':' || depending_names
            ELSE 'unknownTokenPrice:' || unknown_names || '; missingAttribute ' || attribute || ':' || depending_names
          END AS reason
        FROM judged;

        """;

    /// <summary>What every call cost: a call and the calls inside it.</summary>
    internal string Calls() => $"""
        CREATE VIEW {grammar.Prefix}llmcost_calls AS
        WITH summed AS (
          SELECT
            COALESCE(r.parent, r.id) AS call_id,
            COUNT(*) AS parts,
            SUM(CASE WHEN r.parent IS NULL THEN 1 ELSE 0 END) AS whole_calls,
            SUM(CASE WHEN r.status = 'priced' THEN 1 ELSE 0 END) AS priced,
            SUM(CASE WHEN r.status = 'unpriced' THEN 1 ELSE 0 END) AS unpriced,
            COUNT(DISTINCT r.currency) AS currencies,
            MIN(r.currency) AS one_currency,
            SUM(r.total) AS amount,
            MIN(r.reason) AS one_reason
          FROM {grammar.Prefix}llmcost_rows r
          WHERE r.id IS NOT NULL OR r.parent IS NOT NULL
          GROUP BY COALESCE(r.parent, r.id)
        ),
        judged AS (
          SELECT
            s.*,
            CASE
              WHEN whole_calls > 1 THEN 'duplicateId'
              WHEN currencies > 1 THEN 'severalCurrencies'
              WHEN unpriced < parts AND amount IS NULL THEN 'amountTooLarge'
              WHEN whole_calls = 0 THEN 'missingCall'
              ELSE one_reason
            END AS why,
            whole_calls > 1 OR currencies > 1 OR unpriced = parts OR amount IS NULL AS is_unpriced
          FROM summed s
        )
        SELECT
          call_id AS id, parts,
          CASE WHEN is_unpriced THEN 'unpriced' WHEN why IS NULL AND priced = parts THEN 'priced' ELSE 'partial' END AS status,
          CASE WHEN NOT is_unpriced THEN amount END AS total,
          CASE WHEN NOT is_unpriced THEN one_currency END AS currency,
          why AS reason
        FROM judged
        UNION ALL
        SELECT r.id, 1, r.status, r.total, r.currency, r.reason
        FROM {grammar.Prefix}llmcost_rows r
        WHERE r.id IS NULL AND r.parent IS NULL;

        """;

    /// <summary>What is known of a call before any table is joined. By name: ClickHouse gives columns of <c>*</c> other names behind a
    /// join.</summary>
    private static string Carried(string table) =>
        string.Join(", ", Call.Concat(Columns).Select(column => $"{table}.{column} AS {column}"));

    private string Instant(string instant) => SqlText.Put(instant, grammar.InstantOf);

    private static string Lower(string column) =>
        $"translate({column}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')";

    private string Begins(string beginning)
    {
        string left = SqlText.Put(Lower("u.region"), grammar.Left).Replace("{1}", SqlText.Of(beginning.Length), StringComparison.Ordinal);
        return $"WHEN {left} = {_text.Of(beginning)} THEN {_text.Of(beginning + "*")}\n      ";
    }

    /// <summary>Texts to look for; an empty one, which nothing looked for is, where there are none.</summary>
    private string List(string[] texts) => texts.Length == 0 ? "''" : string.Join(", ", texts.Select(_text.Of));

    private static string All(string condition) =>
        Lines("\n      AND ", Columns.Select(column => condition.Replace("{0}", column, StringComparison.Ordinal)));

    /// <summary>The buckets without a price that a call uses and a condition holds for, each behind a space.</summary>
    private static string Names(Func<string, string> condition) => Lines("\n      || ", Columns.Select(column =>
        $"CASE WHEN {column} > 0 AND {column}_rate IS NULL AND {condition(column)} THEN ' {column}' ELSE '' END"));

    private static string Sum(Func<TokenBucketInfo, bool> belongs) =>
        string.Join(" + ", TokenBuckets.All.Where(belongs).Select(row => $"c.{SqlText.ColumnOf(row)}"));

    private static string Lines(string separator, IEnumerable<string> parts) => string.Join(separator, parts);
}
