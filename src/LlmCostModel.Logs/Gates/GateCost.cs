namespace LlmCostModel.Logs;

/// <summary>What a scenario costs in one currency in both runs.</summary>
public sealed class GateCost
{
    internal GateCost(string currency, decimal? @base, decimal? head) => (Currency, Base, Head) = (currency, @base, head);

    /// <summary>Gets the ISO 4217 code.</summary>
    public string Currency { get; }

    /// <summary>Gets what a run of the base cost, on average, without calls that have no price; <see langword="null"/> where the base does
    /// not have the scenario, or nothing of it has a price.</summary>
    public decimal? Base { get; }

    /// <summary>Gets what a run of the head cost, on average, without calls that have no price; <see langword="null"/> where the head does
    /// not have the scenario, or nothing of it has a price.</summary>
    public decimal? Head { get; }

    /// <summary>Gets how much more the head costs: 0.05 is 5 percent, negative where it costs less. <see langword="null"/> where it is not
    /// known, or the base cost nothing and the head does.</summary>
    public decimal? Change { get; internal init; }

    /// <summary>Gets the lower end of the interval of <see cref="Change"/>, by the noise of repeated runs, with six decimals; <see
    /// langword="null"/> where no run repeats.</summary>
    public decimal? Low { get; internal init; }

    /// <summary>Gets the upper end of the interval of <see cref="Change"/>, with six decimals; at most 1,000,000.</summary>
    public decimal? High { get; internal init; }

    /// <summary>Gets how large an increase has to be to stand out of the noise, with six decimals; at most 1,000,000. <see
    /// langword="null"/> where no run repeats.</summary>
    public decimal? Noise { get; internal init; }

    /// <summary>Gets what the change did.</summary>
    public GateVerdict Verdict { get; internal init; }

    /// <summary>Shows amounts and verdict in the invariant culture.</summary>
    /// <returns>Such as <c>0.5 to 0.6 USD: Increase</c>.</returns>
    public override string ToString() => $"{Text(Base)} to {Text(Head)} {Currency}: {Verdict}";

    private string Text(decimal? amount) => amount is { } known ? AmountFormat.ToText(known)
        : Verdict == GateVerdict.Unpriced ? "unknown"
        : "none";
}
