using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A cost, explained: lines that sum exactly to the total, where each rate comes from, what the cache and your overlays changed,
/// and how the model was found.</summary>
/// <remarks>The type is immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<CostReceipt>))]
public sealed record CostReceipt : IJsonValue<CostReceipt>
{
    /// <summary>Gets the id that was asked for.</summary>
    public required string RequestedId { get; init; }

    /// <summary>Gets how the model was found; <see langword="null"/> when it was not.</summary>
    public ModelResolution? Resolution { get; init; }

    /// <summary>Gets the canonical id of the model; <see langword="null"/> when it was not found.</summary>
    public string? Model => Resolution?.ModelId;

    /// <summary>Gets the provider whose prices apply; <see langword="null"/> when the rate card names none, or the model was not
    /// found.</summary>
    public string? Provider => Resolution?.Provider;

    /// <summary>Gets the instant whose prices apply.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets whether everything, a part or nothing was priced.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the reasons why the cost, or a part of it, is not known.</summary>
    public IReadOnlyList<CostIssue> Issues { get; init => field = EquatableList<CostIssue>.Of(value); } = [];

    /// <summary>Gets the ISO 4217 code of the currency of all amounts; <see langword="null"/> when nothing was priced.</summary>
    public string? Currency => Total?.Currency;

    /// <summary>Gets the terms of the cost.</summary>
    public IReadOnlyList<ReceiptLine> Lines { get; init => field = EquatableList<ReceiptLine>.Of(value); } = [];

    /// <summary>Gets the sum of the lines; <see langword="null"/> when nothing was priced, a lower bound when only a part was.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets the total at list prices, without your overlays; equal to <see cref="Total"/> when none applied, <see
    /// langword="null"/> when it is not known.</summary>
    public Money? ListTotal { get; init; }

    /// <summary>Gets the list price in the provider's credits; <see langword="null"/> where the rate card's prices are in money.</summary>
    public CreditAmount? Credits { get; init; }

    /// <summary>Gets what one of the <see cref="Credits"/> was taken as, and where that was read; <see langword="null"/> where the prices
    /// are in money.</summary>
    public CreditWorth? CreditWorth { get; init; }

    /// <summary>Gets what each overlay rule changed, in order of application; added to <see cref="ListTotal"/> they give <see
    /// cref="Total"/>.</summary>
    public IReadOnlyList<ReceiptAdjustment> Adjustments { get; init => field = EquatableList<ReceiptAdjustment>.Of(value); } = [];

    /// <summary>Gets what the same call would have cost in addition without the provider's cache; negative when writing to the cache cost
    /// more than reading saved.
    /// <see langword="null"/> when the call is not wholly priced with and without the cache, or no decimal holds the difference
    /// exactly.</summary>
    public Money? CacheSavings { get; init; }

    /// <summary>Gets the names of all rules that applied, those of overlays last.</summary>
    public IReadOnlyList<string> AppliedRules { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets the first instant of the prices' validity; <see langword="null"/> when there is no known beginning.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Gets what is known of the prices' beginning: whether <see cref="ValidFrom"/> is their first reading only, or they hold
    /// since the model came out.</summary>
    public PriceBeginning Beginning { get; init; }

    /// <summary>Gets the first instant after the prices' validity; <see langword="null"/> means it is open.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Gets the day on which the prices were read; <see langword="null"/> when it is not known.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets what the prices were read from.</summary>
    public PriceBasis Basis { get; init; }

    /// <summary>Gets what a reader has to know of the prices: that the provider no longer promises them, or that they were read longer ago
    /// than they last.</summary>
    public IReadOnlyList<string> Notes { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets the conversion behind the amounts; <see langword="null"/> when they are in the rate card's own currency.</summary>
    public ExchangeRate? Conversion { get; init; }

    /// <summary>Converts every amount to another currency.</summary>
    /// <param name="rate">The rate, from this receipt's currency.</param>
    /// <returns>The converted receipt; its total is the sum of its converted lines.</returns>
    /// <exception cref="InvalidOperationException">The rate is for another currency, or the receipt is converted already.</exception>
    public CostReceipt Convert(ExchangeRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        if (Conversion is not null)
        {
            throw new InvalidOperationException(
                $"The receipt is converted already, from {Conversion.From} to {Conversion.To}. Convert the original receipt instead.");
        }

        if (Currency is null)
        {
            return this;
        }

        List<ReceiptLine> lines = [.. Lines.Select(line => Converted(line, rate))];
        return this with
        {
            Conversion = rate,
            Lines = lines,
            Total = lines.Aggregate(Money.Zero(rate.To), (sum, line) => sum + new Money(line.Amount, rate.To)),
            ListTotal = ListTotal?.Convert(rate),
            Adjustments = [.. Adjustments.Select(adjustment => adjustment with { Amount = Converted(adjustment.Amount, rate) })],
            CacheSavings = CacheSavings?.Convert(rate),
        };
    }

    private decimal Converted(decimal amount, ExchangeRate rate) => new Money(amount, Currency!).Convert(rate).Amount;

    private ReceiptLine Converted(ReceiptLine line, ExchangeRate rate) => line with
    {
        Quantity = line.Unit == Currency ? Converted(line.Quantity, rate) : line.Quantity,
        Unit = line.Unit == Currency ? rate.To : line.Unit,
        Rate = line.Unit == Currency ? line.Rate : Converted(line.Rate, rate),
        Amount = Converted(line.Amount, rate),
    };

    /// <summary>Shows the receipt on several lines, in the invariant culture: the model, the lines and their sum, what contracts and the
    /// cache changed, and what is not priced.</summary>
    /// <returns>The text; its lines end in <c>\n</c>, the last one without.</returns>
    public override string ToString() => ReceiptWords.Write(this);

    private static readonly JsonObject<CostReceipt> Shape = new JsonObject<CostReceipt>(
        () => new() { RequestedId = "", At = default, Status = CostStatus.Unpriced })
        .Required("requestedId", JsonOf.Text, value => value.RequestedId, (owner, value) => owner with { RequestedId = value })
        .Optional("resolution", JsonOf.Value<ModelResolution>(),
            value => value.Resolution, (owner, value) => owner with { Resolution = value })
        .Required("at", JsonOf.Instant, value => value.At, (owner, value) => owner with { At = value })
        .Required("status", JsonOf.Name<CostStatus>(), value => value.Status, (owner, value) => owner with { Status = value })
        .Maybe("total", JsonOf.Value<Money>(), value => value.Total, (owner, value) => owner with { Total = value })
        .Optional("lines", JsonOf.List(JsonOf.Value<ReceiptLine>()), value => value.Lines, (owner, value) => owner with { Lines = value })
        .Maybe("listTotal", JsonOf.Value<Money>(), value => value.ListTotal, (owner, value) => owner with { ListTotal = value })
        .Optional("credits", JsonOf.Value<CreditAmount>(), value => value.Credits, (owner, value) => owner with { Credits = value })
        .Optional("creditWorth", JsonOf.Value<CreditWorth>(),
            value => value.CreditWorth, (owner, value) => owner with { CreditWorth = value })
        .Optional("adjustments", JsonOf.List(JsonOf.Value<ReceiptAdjustment>()),
            value => value.Adjustments, (owner, value) => owner with { Adjustments = value })
        .Maybe("cacheSavings", JsonOf.Value<Money>(), value => value.CacheSavings, (owner, value) => owner with { CacheSavings = value })
        .Optional("appliedRules", JsonOf.List(JsonOf.Text),
            value => value.AppliedRules, (owner, value) => owner with { AppliedRules = value })
        .Maybe("validFrom", JsonOf.Instant, value => value.ValidFrom, (owner, value) => owner with { ValidFrom = value })
        .Optional("beginning", JsonOf.Name<PriceBeginning>(), value => value.Beginning, (owner, value) => owner with { Beginning = value })
        .Maybe("validUntil", JsonOf.Instant, value => value.ValidUntil, (owner, value) => owner with { ValidUntil = value })
        .Maybe("asOf", JsonOf.Date, value => value.AsOf, (owner, value) => owner with { AsOf = value })
        .Optional("basis", JsonOf.Name<PriceBasis>(), value => value.Basis, (owner, value) => owner with { Basis = value })
        .Optional("notes", JsonOf.List(JsonOf.Text), value => value.Notes, (owner, value) => owner with { Notes = value })
        .Optional("conversion", JsonOf.Value<ExchangeRate>(),
            value => value.Conversion, (owner, value) => owner with { Conversion = value })
        .Optional("issues", JsonOf.List(JsonOf.Value<CostIssue>()),
            value => value.Issues, (owner, value) => owner with { Issues = value });

    static JsonConverter<CostReceipt> IJsonValue<CostReceipt>.Json => Shape;
}
