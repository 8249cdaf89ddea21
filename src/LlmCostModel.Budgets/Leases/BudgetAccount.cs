using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>A budget of somebody: whose, and what it has. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetAccount>))]
public sealed record BudgetAccount : IJsonValue<BudgetAccount>
{
    /// <summary>Gets the tags by which the budget is kept, with their values, or with what <see cref="BudgetLedger.HashOf"/> says of them
    /// where they are hashed; empty for a budget of all calls.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = EquatableTexts.Of(value); } = EquatableTexts.None;

    /// <summary>Gets what it has.</summary>
    public required BudgetStatus Status { get; init; }

    /// <summary>Shows the account as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<BudgetAccount> Shape = new JsonObject<BudgetAccount>(() => new() { Status = null! })
        .Optional("tags", JsonOf.By<IReadOnlyDictionary<string, string>, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text), tags => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)], EquatableTexts.Of),
            value => value.Tags, (owner, value) => owner with { Tags = value })
        .Required("status", JsonOf.Value<BudgetStatus>(), value => value.Status, (owner, value) => owner with { Status = value });

    static JsonConverter<BudgetAccount> IJsonValue<BudgetAccount>.Json => Shape;
}
