using System.Globalization;
using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows what is paid for already: what was drawn from each pool, how fast, and what is paid besides.</summary>
/// <param name="balances">The pools in the periods that were drawn on.</param>
/// <param name="until">The instant of the last call.</param>
/// <param name="converter">What sums are converted by; <see langword="null"/> when they are not.</param>
internal sealed class PlanReport(IReadOnlyList<PoolBalance> balances, DateTimeOffset? until, CurrencyConverter? converter)
{
    /// <summary>The fees of the periods in a currency; <see langword="null"/> when one of them is not known.</summary>
    public decimal? FeesIn(string currency)
    {
        decimal fees = 0;
        foreach (PoolBalance balance in balances)
        {
            if (balance.Pool is not { Fee: { } fee, Currency: { } own })
            {
                return null;
            }

            Money paid = new(fee, own);
            paid = converter?.Convert(paid, balance.PeriodFrom) ?? paid;
            fees += paid.Currency == currency ? paid.Amount : 0;
        }

        return fees;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("plan");
        foreach (PoolBalance balance in balances)
        {
            writer.WriteStartObject();
            writer.WriteString("pool", balance.Pool.Name);
            writer.WriteString("from", Instant(balance.PeriodFrom));
            writer.WriteString("until", balance.PeriodUntil is { } end ? Instant(end) : null);
            writer.WriteNumber("calls", balance.Calls);
            writer.WriteDecimal("drawn", balance.Drawn);
            writer.WriteDecimal("amount", balance.Pool.Amount);
            writer.WriteDecimal("left", balance.Left);
            writer.WriteString("unit", UnitOf(balance.Pool));
            writer.WriteDecimal("used", Used(balance));
            writer.WriteDecimal("elapsed", Elapsed(balance));
            writer.WriteDecimal("fee", balance.Pool.Fee);
            writer.WriteString("currency", balance.Pool.Currency);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public string Table(CommandHost host) => balances.Count == 0
        ? "No call drew on the plan.\n"
        : TableText.Write(
            host,
            "plan",
            ["pool", "from", "until=", "calls>=", "drawn>", "of>=", "unit=", "used>", "elapsed>", "fee>?"],
            balances.Select(balance => (IReadOnlyList<string?>)
            [
                balance.Pool.Name,
                Day(balance.PeriodFrom),
                balance.PeriodUntil is { } end ? Day(end) : "",
                TableText.Quantity(balance.Calls),
                TableText.Quantity(balance.Drawn),
                balance.Pool.Amount is { } amount ? TableText.Quantity(amount) : "all",
                UnitOf(balance.Pool),
                Percent(Used(balance)),
                Percent(Elapsed(balance)),
                balance.Pool.Fee is { } fee ? $"{TableText.Amount(fee)} {balance.Pool.Currency}" : "",
            ]));

    /// <summary>The part of a pool that is used; <see langword="null"/> of one that covers everything.</summary>
    private static decimal? Used(PoolBalance balance) =>
        balance.Pool.Amount is { } amount ? decimal.Round(balance.Drawn / amount, 6) : null;

    /// <summary>The part of the period that had passed at the last call, so that the two say how fast it is used.</summary>
    private decimal? Elapsed(PoolBalance balance) => balance.PeriodUntil is not { } end || until is null ? null
        : decimal.Round(Math.Clamp((decimal)(until.Value - balance.PeriodFrom).Ticks / (end - balance.PeriodFrom).Ticks, 0, 1), 6);

    private static string? UnitOf(PrepaidPool pool) => pool.DrawnIn ?? pool.Currency;

    private static string Percent(decimal? part) => part is null ? "" : part.Value.ToString("0.#%", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
