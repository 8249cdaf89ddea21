using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>How a request for a lease ended.</summary>
[JsonConverter(typeof(JsonNameConverter<LeaseStatus>))]
public enum LeaseStatus
{
    /// <summary>The call may be made.</summary>
    Granted,

    /// <summary>A budget has no room for it.</summary>
    Denied,

    /// <summary>The store of budgets does not answer, so nobody knows whether there is room.</summary>
    Unavailable,

    /// <summary>The id of the request belongs to another one, or to a call that was settled or released.</summary>
    Conflict,
}
