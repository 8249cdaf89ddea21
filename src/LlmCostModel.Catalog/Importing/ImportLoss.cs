using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>Something that a price table says and its rate card does not. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ImportLoss>))]
public sealed record ImportLoss : IJsonValue<ImportLoss>
{
    /// <summary>Makes a loss; set its properties.</summary>
    public ImportLoss()
    {
    }

    [SetsRequiredMembers]
    internal ImportLoss(string id, string what, string why) => (Id, What, Why) = (id, what, why);

    /// <summary>Gets the entry, as the table names it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the field or value.</summary>
    public required string What { get; init; }

    /// <summary>Gets why it was left out or read differently.</summary>
    public required string Why { get; init; }

    /// <summary>Shows entry, field and reason.</summary>
    /// <returns>Such as <c>a/long: overrides: a condition other than the size of the prompt</c>.</returns>
    public override string ToString() => $"{Id}: {What}: {Why}";

    private static readonly JsonObject<ImportLoss> Shape = new JsonObject<ImportLoss>(() => new("", "", ""))
        .Required("id", JsonOf.Text, value => value.Id, (owner, value) => owner with { Id = value })
        .Required("what", JsonOf.Text, value => value.What, (owner, value) => owner with { What = value })
        .Required("why", JsonOf.Text, value => value.Why, (owner, value) => owner with { Why = value });

    static JsonConverter<ImportLoss> IJsonValue<ImportLoss>.Json => Shape;
}
