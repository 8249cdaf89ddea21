using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What an hour of an accelerator costs its owner: the hardware over its life, and the energy.</summary>
[JsonConverter(typeof(JsonValueConverter<OwnedAccelerator>))]
public sealed record OwnedAccelerator : IJsonValue<OwnedAccelerator>
{
    /// <summary>Gets what one accelerator costs, with its part of the machine around it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal Price { get; init => field = NotNegative(value, nameof(Price)); }

    /// <summary>Gets how many hours it works before it is replaced: 4 years of which it works 80% are 28,032.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal LifeHours
    {
        get;
        init =>
            field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(LifeHours), value, "A life is longer than 0 hours.");
    }

    /// <summary>Gets the power it takes while it works, in kilowatts, with its part of the machine around it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal Kilowatts { get; init => field = NotNegative(value, nameof(Kilowatts)); }

    /// <summary>Gets how much power the building takes for each kilowatt of its machines (PUE), at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public required decimal PowerUsage
    {
        get;
        init =>
            field =
                value >= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(PowerUsage), value, "A building takes at least the power of its machines: a PUE is 1 or more.");
    }

    /// <summary>Gets the price of a kilowatt-hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal PricePerKilowattHour { get; init => field = NotNegative(value, nameof(PricePerKilowattHour)); }

    /// <summary>Gets the ISO 4217 code of the currency of the prices.</summary>
    /// <value>Default <c>USD</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Currency { get; init => field = CurrencyName.Require(value); } = CurrencyName.Default;

    /// <summary>Gets the hardware's part of an hour, to 28 digits.</summary>
    public decimal HardwareAmount => Price / LifeHours;

    /// <summary>Gets the energy's part of an hour.</summary>
    public decimal EnergyAmount => Kilowatts * PowerUsage * PricePerKilowattHour;

    /// <summary>Gets what an hour costs, to 28 digits: the rate of a <see cref="TrainingRun"/>.</summary>
    public decimal HourlyRate => HardwareAmount + EnergyAmount;

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static decimal NotNegative(decimal value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "What is paid for an accelerator cannot be negative.");

    private static readonly JsonObject<OwnedAccelerator> Shape = new JsonObject<OwnedAccelerator>(
        () => new() { Price = 0, LifeHours = 1, Kilowatts = 0, PowerUsage = 1, PricePerKilowattHour = 0 })
        .Required("price", JsonOf.Decimal, value => value.Price, (owner, value) => owner with { Price = value })
        .Required("lifeHours", JsonOf.Decimal, value => value.LifeHours, (owner, value) => owner with { LifeHours = value })
        .Required("kilowatts", JsonOf.Decimal, value => value.Kilowatts, (owner, value) => owner with { Kilowatts = value })
        .Required("powerUsage", JsonOf.Decimal, value => value.PowerUsage, (owner, value) => owner with { PowerUsage = value })
        .Required("pricePerKilowattHour", JsonOf.Decimal,
            value => value.PricePerKilowattHour, (owner, value) => owner with { PricePerKilowattHour = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value! });

    static JsonConverter<OwnedAccelerator> IJsonValue<OwnedAccelerator>.Json => Shape;
}
