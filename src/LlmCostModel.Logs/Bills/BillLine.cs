using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>A line of a bill: what a provider charged for one thing on one day, as its report of costs states it.</summary>
/// <remarks>Nothing about it can be changed.</remarks>
public sealed class BillLine
{
    internal BillLine()
    {
    }

    /// <summary>Stands for a line that charges for another service than models.</summary>
    internal static BillLine OfOtherService { get; } = new();

    /// <summary>Gets the name of the bill that the line is in.</summary>
    public string Bill { get; internal set; } = "";

    /// <summary>Gets the day, as the bill has it.</summary>
    public DateOnly Day { get; internal init; }

    /// <summary>Gets the instant at which the time of the line begins, where the bill is finer than a day; otherwise <see
    /// langword="null"/>.</summary>
    public DateTimeOffset? At { get; internal init; }

    /// <summary>Gets the zone of the bill's days; <see langword="null"/> is UTC.</summary>
    public string? TimeZone { get; internal init; }

    /// <summary>Gets what is charged, as the bill calls it.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Gets the id of the model that the name stands for; <see langword="null"/> when it does not stand for one.</summary>
    public string? Model { get; internal init; }

    /// <summary>Gets who bills; <see langword="null"/> when the bill does not say.</summary>
    public string? Provider { get; internal init; }

    /// <summary>Gets what the line is for.</summary>
    public BillLineKind Kind { get; internal init; }

    /// <summary>Gets which tokens it charges; <see langword="null"/> when it does not say, or other things.</summary>
    public TokenBucket? Bucket { get; internal init; }

    /// <summary>Gets how many tokens it charges; <see langword="null"/> when it does not say.</summary>
    public decimal? Tokens { get; internal init; }

    /// <summary>Gets the service tier; <see langword="null"/> when it does not say.</summary>
    public string? Tier { get; internal init; }

    /// <summary>Gets the region; <see langword="null"/> when it does not say.</summary>
    public string? Region { get; internal init; }

    /// <summary>Gets the amount with all digits that the bill states; negative for what is given back.</summary>
    public Money Amount { get; internal init; }

    /// <summary>Gets how many decimals the bill states, zeros included.</summary>
    public int Decimals { get; internal init; }

    /// <summary>Shows day, name and amount in the invariant culture.</summary>
    /// <returns>Such as <c>2026-04-02 gpt-4o, input: 1.25 USD</c>.</returns>
    public override string ToString() =>
        VisibleText.OneLine(string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd} {Name}: {Amount}"));
}
