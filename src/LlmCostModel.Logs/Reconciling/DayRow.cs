namespace LlmCostModel.Logs;

/// <summary>Which day and model of a log or a bill.</summary>
/// <param name="Day">The day.</param>
/// <param name="Provider">Who bills it; empty when that is not known.</param>
/// <param name="Model">The canonical id, or a name that is not known.</param>
internal readonly record struct DayKey(DateOnly Day, string Provider, string Model);

/// <summary>A day and model, in one currency, with what both sides have of it.</summary>
internal sealed class DayRow(DayKey key, string? currency, LogDay? log, BillDay? bill, ReconciledDay result)
{
    public DayKey Key => key;

    public string? Currency => currency;

    public LogDay? Log => log;

    public BillDay? Bill => bill;

    public ReconciledDay Result => result;

    /// <summary>The causes, in the order in which they were found.</summary>
    public List<ReconciliationCause> Causes { get; } = [];

    public decimal Tolerance => result.Tolerance;

    /// <summary>Whether both sides have amounts that differ.</summary>
    public bool IsCompared => log is { HasPrice: true } && bill is not null;

    public bool Differs => result.Status is ReconciliationStatus.Different or ReconciliationStatus.MissingInLog
        or ReconciliationStatus.MissingInBill;

    public void Add(ReconciliationCauseKind kind, string text) => Causes.Add(new(kind, text));

    /// <summary>Whether an amount is what the bill charges.</summary>
    public bool IsBilled(decimal amount) => Math.Abs((result.Bill ?? 0) - amount) <= Tolerance;
}
