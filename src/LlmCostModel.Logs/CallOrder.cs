using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>In which order a <see cref="CallMerger"/> gives records back.</summary>
[JsonConverter(typeof(JsonNameConverter<CallOrder>))]
public enum CallOrder
{
    /// <summary>Those that need not wait at once, the others at the end. Nothing waits that need not.</summary>
    AsRead,

    /// <summary>In the order of the log: from the first record on that has to wait, all do.</summary>
    OfLog,

    /// <summary>In the order of their times, those without a time last: all wait.</summary>
    OfTime,
}
