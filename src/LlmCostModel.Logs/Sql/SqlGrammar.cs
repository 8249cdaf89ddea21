namespace LlmCostModel.Logs;

/// <summary>What the SQL of an engine has of its own; everything else is written once for all. <c>{0}</c> stands for what a piece is
/// made of.</summary>
internal sealed record SqlGrammar
{
    /// <summary>The type of texts.</summary>
    internal required string Text { get; init; }

    /// <summary>The type of keys.</summary>
    internal required string Key { get; init; }

    /// <summary>The type of counts of tokens.</summary>
    internal required string Count { get; init; }

    /// <summary>The type of instants, to the microsecond.</summary>
    internal required string Instant { get; init; }

    /// <summary>The type of days.</summary>
    internal required string Day { get; init; }

    /// <summary>The type of a price per million tokens.</summary>
    internal required string Price { get; init; }

    /// <summary>What follows the type of a column that is never null.</summary>
    internal string NotNull { get; init; } = " NOT NULL";

    /// <summary>Whether a table has a primary key.</summary>
    internal bool HasKeys { get; init; }

    /// <summary>What follows the columns of a table.</summary>
    internal string EndOfTable { get; init; } = "";

    /// <summary>What stands in front of the name of a table or view.</summary>
    internal string Prefix { get; init; } = "";

    /// <summary>The engine, as its makers spell it.</summary>
    internal required string Name { get; init; }

    /// <summary>The statements before all others.</summary>
    internal string Begin { get; init; } = "";

    /// <summary>The statements after all others.</summary>
    internal string End { get; init; } = "";

    /// <summary>Whether a backslash in a text begins an escape, and a quotation mark is written with one.</summary>
    internal bool HasBackslashes { get; init; }

    /// <summary>An instant in UTC, such as <c>2026-01-31 12:00:00</c>.</summary>
    internal required string InstantOf { get; init; }

    /// <summary>The same where a row of a table has it.</summary>
    internal string InstantCell { get; init; } = "'{0}'";

    /// <summary>A day where a row of a table has it.</summary>
    internal string DayCell { get; init; } = "'{0}'";

    /// <summary>A price where a row of a table has it.</summary>
    internal string PriceCell { get; init; } = "{0}";

    /// <summary>The day in UTC of the instant of a column.</summary>
    internal required string DayOf { get; init; }

    /// <summary>Whether the instant of a call is not plainly UTC, so that it would be read on the clock of the session.</summary>
    internal required string IsOtherTime { get; init; }

    /// <summary>The first characters of a text, and their number: <c>{1}</c>.</summary>
    internal string Left { get; init; } = "LEFT({0}, {1})";

    /// <summary>The type in which counts of tokens are added and multiplied.</summary>
    internal required string Whole { get; init; }

    /// <summary>A price of a column as it is multiplied.</summary>
    internal string Rate { get; init; } = "{0}";

    /// <summary>The greatest amount, in tokens times prices as they are multiplied. Of 96 bits with 18 decimals: what a decimal of the
    /// library holds whatever its digits are.</summary>
    internal string GreatestAmount { get; init; } = "79228162514264337.593543950335";

    /// <summary>The amount of tokens times prices, with 18 decimals.</summary>
    internal required string Total { get; init; }

    internal static SqlGrammar Of(SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => SqlGrammars.PostgreSql,
        SqlDialect.Spark => SqlGrammars.Spark,
        SqlDialect.BigQuery => SqlGrammars.BigQuery,
        SqlDialect.ClickHouse => SqlGrammars.ClickHouse,
        SqlDialect.Snowflake => SqlGrammars.Snowflake,
        _ => SqlGrammars.DuckDb,
    };
}
