using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>One term of a call's cost.</summary>
[JsonConverter(typeof(JsonValueConverter<ReceiptLine>))]
public sealed record ReceiptLine : IJsonValue<ReceiptLine>
{
    /// <summary>Gets what is charged: the name of a token bucket or a meter, or <c>MinimumCharge</c>, <c>PercentFee</c>,
    /// <c>FixedFee</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the token bucket; <see langword="null"/> when the line is not for tokens.</summary>
    public TokenBucket? Bucket { get; init; }

    /// <summary>Gets the quantity that is billed, in <see cref="Unit"/>s.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Gets the unit: <c>token</c>, the name of the meter, <c>call</c>, or the currency that a percentage is taken of.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the final price of <see cref="Per"/> units, all rules applied; for a percentage, the percent.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Gets for how many units <see cref="Rate"/> is.</summary>
    public required decimal Per { get; init; }

    /// <summary>Gets the exact amount: quantity times rate divided by per.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Gets whether <see cref="Amount"/> has decimals that never end and is rounded half to even at the 28th.</summary>
    public bool IsRounded { get; init; }

    /// <summary>Gets the bucket whose price it is, when the pricing says that this one is billed as another; otherwise <see
    /// langword="null"/>.</summary>
    public TokenBucket? BilledAs { get; init; }

    /// <summary>Gets the names of the rules behind the rate, in order of application; empty for a base price.</summary>
    public IReadOnlyList<string> Rules { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets the name of the rate card.</summary>
    public required string RateCard { get; init; }

    /// <summary>Gets the page that states the price; <see langword="null"/> when there is none.</summary>
    public string? Source { get; init; }

    /// <summary>Shows the term in the invariant culture.</summary>
    /// <returns>Such as <c>Input: 1000 tokens at 2.5 per 1000000 = 0.0025 (batch)</c>.</returns>
    public override string ToString() =>
        $"{Name}: {AmountFormat.ToText(Quantity)} {Units} at {AmountFormat.ToText(Rate)} "
        + $"per {AmountFormat.ToText(Per)} = {AmountFormat.ToText(Amount)}"
        + (Why is { } why ? $" ({why})" : "");

    /// <summary>The unit of so many; meters keep the name that they are priced by.</summary>
    internal string Units => Unit == "token" && Quantity != 1 ? "tokens" : Unit;

    /// <summary>The rules behind the line, and the bucket it is billed as; <see langword="null"/> when there is nothing to name.</summary>
    internal string? Why
    {
        get
        {
            string rules = string.Join(" + ", Rules);
            string billedAs = BilledAs is { } bucket ? $"billed as {TokenBuckets.NameOf(bucket)}" : "";
            return rules.Length == 0 ? (billedAs.Length == 0 ? null : billedAs) : billedAs.Length == 0 ? rules : $"{rules}; {billedAs}";
        }
    }

    private static readonly JsonObject<ReceiptLine> Shape = new JsonObject<ReceiptLine>(
        () => new() { Name = "", Quantity = 0, Unit = "", Rate = 0, Per = 1, Amount = 0, RateCard = "" })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Maybe("bucket", JsonOf.Name<TokenBucket>(), value => value.Bucket, (owner, value) => owner with { Bucket = value })
        .Required("quantity", JsonOf.Decimal, value => value.Quantity, (owner, value) => owner with { Quantity = value })
        .Required("unit", JsonOf.Text, value => value.Unit, (owner, value) => owner with { Unit = value })
        .Required("rate", JsonOf.Decimal, value => value.Rate, (owner, value) => owner with { Rate = value })
        .Required("per", JsonOf.Decimal, value => value.Per, (owner, value) => owner with { Per = value })
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value })
        .Optional("isRounded", JsonOf.Flag, value => value.IsRounded, (owner, value) => owner with { IsRounded = value })
        .Maybe("billedAs", JsonOf.Name<TokenBucket>(), value => value.BilledAs, (owner, value) => owner with { BilledAs = value })
        .Optional("rules", JsonOf.List(JsonOf.Text), value => value.Rules, (owner, value) => owner with { Rules = value })
        .Required("rateCard", JsonOf.Text, value => value.RateCard, (owner, value) => owner with { RateCard = value })
        .Optional("source", JsonOf.Text, value => value.Source, (owner, value) => owner with { Source = value });

    static JsonConverter<ReceiptLine> IJsonValue<ReceiptLine>.Json => Shape;
}
