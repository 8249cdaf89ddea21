using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What an option costs when it is used x times: a fixed amount and an amount per unit of x, both in one currency and one period
/// of the caller's choice.</summary>
/// <remarks><see langword="default"/> is free. Both amounts may be negative: a saving.</remarks>
[JsonConverter(typeof(JsonValueConverter<LinearCost>))]
public readonly record struct LinearCost : IJsonValue<LinearCost>
{
    /// <summary>Gets what is paid however much is used.</summary>
    public decimal Fixed { get; init; }

    /// <summary>Gets what each unit adds.</summary>
    public decimal PerUnit { get; init; }

    /// <summary>Gets what the option is called, such as <c>own machines</c>.</summary>
    /// <value><see langword="null"/> for no name.</value>
    public string? Name { get; init; }

    /// <summary>Gets the amount for a number of units.</summary>
    /// <param name="units">The number of units.</param>
    /// <returns>The amount, in the currency of both parts.</returns>
    /// <exception cref="OverflowException">The amount does not fit a <see cref="decimal"/>.</exception>
    public decimal At(decimal units) => Fixed + (PerUnit * units);

    /// <summary>Writes the formula in the invariant culture.</summary>
    /// <returns>Such as <c>1.15 + 0.1 x</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fixed} + {PerUnit} x");

    private static readonly JsonObject<LinearCost> Shape = new JsonObject<LinearCost>(() => default)
        .Required("fixed", JsonOf.Decimal, value => value.Fixed, (owner, value) => owner with { Fixed = value })
        .Required("perUnit", JsonOf.Decimal, value => value.PerUnit, (owner, value) => owner with { PerUnit = value })
        .Optional("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value });

    static JsonConverter<LinearCost> IJsonValue<LinearCost>.Json => Shape;
}
