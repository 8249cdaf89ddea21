using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>Why the amounts of a log and of a bill differ.</summary>
[JsonConverter(typeof(JsonNameConverter<ReconciliationCauseKind>))]
public enum ReconciliationCauseKind
{
    /// <summary>The bill has the price of another service tier.</summary>
    Tier,

    /// <summary>The bill has the price of another region.</summary>
    Region,

    /// <summary>The bill has the price of another provider.</summary>
    Provider,

    /// <summary>The bill charges cache reads as fresh input.</summary>
    CacheRead,

    /// <summary>The bill charges cache writes as those of another lifetime, or as fresh input.</summary>
    CacheWrite,

    /// <summary>The bill has the prices of another size of calls.</summary>
    ContextSize,

    /// <summary>The bill has the prices of another time.</summary>
    PriceVersion,

    /// <summary>The days of the bill begin at another hour.</summary>
    TimeZone,

    /// <summary>The other side has the amount on a neighboring day.</summary>
    Date,

    /// <summary>The other side has the amount under another name.</summary>
    OtherName,

    /// <summary>The bill's name is not tied to one model that has a price.</summary>
    UnknownName,

    /// <summary>Log and bill are in different currencies.</summary>
    Currency,

    /// <summary>One side counts everything twice.</summary>
    CountedTwice,

    /// <summary>The bill charges records that repeat calls, each of which counts once in the log.</summary>
    Repeated,

    /// <summary>The difference is what one call cost.</summary>
    Call,

    /// <summary>The bill charges what is not tokens, such as searches, under another name.</summary>
    Meters,

    /// <summary>Bill and log count different numbers of tokens.</summary>
    Tokens,

    /// <summary>The bill is a constant part of the log: a discount, or another currency.</summary>
    Discount,

    /// <summary>The bill is a constant multiple of the log: a tax, a margin, or another currency.</summary>
    Surcharge,

    /// <summary>Calls of the log have no price, or only in part.</summary>
    Incomplete,

    /// <summary>The day lies outside of what the other side covers, or there is no bill of the provider.</summary>
    Period,
}
