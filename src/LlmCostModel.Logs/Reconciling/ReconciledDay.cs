using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>A day and model in a log and in a bill.</summary>
public sealed class ReconciledDay
{
    internal ReconciledDay(DateOnly day, string model) => (Day, Model) = (day, model);

    /// <summary>Gets the day.</summary>
    public DateOnly Day { get; }

    /// <summary>Gets the canonical id of the model; of an unknown name, that name.</summary>
    public string Model { get; }

    /// <summary>Gets who bills it; <see langword="null"/> when neither side says.</summary>
    public string? Provider { get; internal init; }

    /// <summary>Gets the ISO 4217 code of the amounts; <see langword="null"/> when the log has no price and the bill nothing.</summary>
    public string? Currency { get; internal init; }

    /// <summary>Gets what the calls of the log cost, exactly; <see langword="null"/> when it has none, or none with a price.</summary>
    public decimal? Log { get; internal init; }

    /// <summary>Gets what the bill charges; <see langword="null"/> when it charges nothing.</summary>
    public decimal? Bill { get; internal init; }

    /// <summary>Gets how much more the bill charges; negative where it charges less.</summary>
    public decimal Difference => (Bill ?? 0) - (Log ?? 0);

    /// <summary>Gets how much difference counts as none.</summary>
    public decimal Tolerance { get; internal init; }

    /// <summary>Gets how they compare.</summary>
    public ReconciliationStatus Status { get; internal init; }

    /// <summary>Gets the likely causes; more than one where several fit, none where none was found or none is needed.</summary>
    public IReadOnlyList<ReconciliationCause> Causes { get; internal set; } = [];

    /// <summary>Gets the kinds of tokens, where both sides state them; otherwise none.</summary>
    public IReadOnlyList<ReconciledTokens> Tokens { get; internal init; } = [];

    /// <summary>Gets how many calls the log has, repeated ones once.</summary>
    public long Calls { get; internal init; }

    /// <summary>Gets how many of them are priced only in part.</summary>
    public long Partial { get; internal init; }

    /// <summary>Gets how many of them have no price.</summary>
    public long Unpriced { get; internal init; }

    /// <summary>Gets what the bill calls it, each name once.</summary>
    public IReadOnlyList<string> Names { get; internal init; } = [];

    /// <summary>Shows day, model and amounts in the invariant culture.</summary>
    /// <returns>Such as <c>2026-04-02 gpt-4o: different, log 1.25, bill 2.5 USD</c>.</returns>
    public override string ToString() => VisibleText.OneLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Day:yyyy-MM-dd} {Model}: {Status}, log {Text(Log)}, bill {Text(Bill)} {Currency}"));

    private static string Text(decimal? amount) => amount is { } known ? AmountFormat.ToText(known) : "nothing";
}
