using System.Globalization;
using System.Text.Json;
using LlmCostModel.Budgets;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Budgets;

/// <summary>What budgets have, for people and for scripts.</summary>
internal static class StatusText
{
    public static string[] Columns => ["spent", "held", "limit", "remaining", "unit", "currency", "resetsAt"];

    public static string[] TableColumns => ["spent>", "held>?", "limit>", "remaining>", "unit=?", "currency=?", "resets"];

    public static string?[] Row(BudgetStatus status) =>
    [
        JsonText.Number(status.Spent),
        JsonText.Number(status.Held),
        status.Limit is { } limit ? JsonText.Number(limit) : null,
        status.Remaining is { } remaining ? JsonText.Number(remaining) : null,
        JsonText.Camel(status.Unit.ToString()),
        status.Currency,
        InstantText.Of(status.ResetsAt),
    ];

    public static string?[] TableRow(BudgetStatus status) =>
    [
        Amount(status, status.Spent),
        Amount(status, status.Held),
        status.Limit is { } limit ? Amount(status, limit) : "none",
        status.Remaining is { } remaining ? Amount(status, remaining) : "",
        JsonText.Camel(status.Unit.ToString()),
        status.Currency,
        status.ResetsAt is null ? "never" : InstantText.Minute(status.ResetsAt),
    ];

    /// <summary>Writes the members of a status into an object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, BudgetStatus status)
    {
        writer.WriteString("unit", JsonText.Camel(status.Unit.ToString()));
        writer.WriteString("currency", status.Currency.Length == 0 ? null : status.Currency);
        writer.WriteDecimal("spent", status.Spent);
        writer.WriteDecimal("held", status.Held);
        writer.WriteDecimal("limit", status.Limit);
        writer.WriteDecimal("remaining", status.Remaining);
        writer.WriteString("resetsAt", InstantText.Of(status.ResetsAt));
    }

    private static string Amount(BudgetStatus status, decimal amount) => status.Unit == BudgetUnit.Money
        ? TableText.Amount(amount)
        : amount.ToString("#,##0.###", CultureInfo.InvariantCulture);
}
