namespace LlmCostModel;

/// <summary>A cost, explained: lines that sum exactly to the total, where each rate comes from, what the cache and your overlays changed, and how the model was found.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed record CostReceipt
{
    /// <summary>Gets the id that was asked for.</summary>
    public required string RequestedId { get; init; }

    /// <summary>Gets how the model was found; <see langword="null"/> when it was not.</summary>
    public ModelResolution? Resolution { get; init; }

    /// <summary>Gets the instant whose prices apply.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets whether everything, a part or nothing was priced.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the reasons why the cost, or a part of it, is not known.</summary>
    public IReadOnlyList<CostIssue> Issues { get; init => field = value ?? []; } = [];

    /// <summary>Gets the ISO 4217 code of the currency of all amounts; <see langword="null"/> when nothing was priced.</summary>
    public string? Currency { get; init; }

    /// <summary>Gets the terms of the cost.</summary>
    public IReadOnlyList<ReceiptLine> Lines { get; init => field = value ?? []; } = [];

    /// <summary>Gets the sum of the lines; <see langword="null"/> when nothing was priced, a lower bound when only a part was.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets the total at list prices, without your overlays; equal to <see cref="Total"/> when none applied, <see langword="null"/> when it is not known.</summary>
    public Money? ListTotal { get; init; }

    /// <summary>Gets what each overlay rule changed, in order of application; added to <see cref="ListTotal"/> they give <see cref="Total"/>.</summary>
    public IReadOnlyList<ReceiptAdjustment> Adjustments { get; init => field = value ?? []; } = [];

    /// <summary>Gets what the same call would have cost in addition without the provider's cache; negative when writing to the cache cost more than reading saved.
    /// <see langword="null"/> when the call is not wholly priced with and without the cache, or no decimal holds the difference exactly.</summary>
    public Money? CacheSavings { get; init; }

    /// <summary>Gets the names of all rules that applied, those of overlays last.</summary>
    public IReadOnlyList<string> AppliedRules { get; init => field = value ?? []; } = [];

    /// <summary>Gets the first instant of the prices' validity; <see langword="null"/> when there is no known beginning.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Gets the first instant after the prices' validity; <see langword="null"/> means it is open.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Gets the day on which the prices were read; <see langword="null"/> when it is not known.</summary>
    public DateOnly? AsOf { get; init; }

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
            throw new InvalidOperationException($"The receipt is converted already, from {Conversion.From} to {Conversion.To}. Convert the original receipt instead.");
        }

        if (Currency is null)
        {
            return this;
        }

        List<ReceiptLine> lines = [.. Lines.Select(line => Converted(line, rate))];
        return this with
        {
            Currency = rate.To,
            Conversion = rate,
            Lines = lines,
            Total = new Money(lines.Aggregate(0m, (sum, line) => DecimalParts.AddExactly(sum, line.Amount)), rate.To),
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
}
