using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A dated snapshot of a model. It has the model's price when a rate card lists it, or when the model's prices were read on its
/// day or later: a page that states another price for a snapshot names it.</summary>
[JsonConverter(typeof(JsonValueConverter<ModelSnapshot>))]
public sealed record ModelSnapshot : IJsonValue<ModelSnapshot>
{
    /// <summary>Gets the id of the snapshot.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the day in it.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Shows id and day.</summary>
    /// <returns>Such as <c>gpt-4o-2024-08-06 of 2024-08-06</c>.</returns>
    public override string ToString() => $"{Id} of {AmountFormat.ToText(Date)}";

    private static readonly JsonObject<ModelSnapshot> Shape = new JsonObject<ModelSnapshot>(() => new() { Id = "", Date = default })
        .Required("id", JsonOf.Text, value => value.Id, (owner, value) => owner with { Id = value })
        .Required("date", JsonOf.Date, value => value.Date, (owner, value) => owner with { Date = value });

    static JsonConverter<ModelSnapshot> IJsonValue<ModelSnapshot>.Json => Shape;
}
