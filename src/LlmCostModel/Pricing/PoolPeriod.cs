using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How often a <see cref="PrepaidPool"/> is filled again.</summary>
[JsonConverter(typeof(JsonNameConverter<PoolPeriod>))]
public enum PoolPeriod
{
    /// <summary>Never: it is bought once, and lasts until it is used up or ends.</summary>
    Once,

    /// <summary>Every hour.</summary>
    Hour,

    /// <summary>Every day.</summary>
    Day,

    /// <summary>Every seven days: from its beginning, or on Mondays.</summary>
    Week,

    /// <summary>Every month: on the day of its beginning, or on the first.</summary>
    Month,

    /// <summary>Every year: on the day of its beginning, or on January 1.</summary>
    Year,
}
