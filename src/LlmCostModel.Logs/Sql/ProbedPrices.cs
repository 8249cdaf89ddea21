using System.Collections.Immutable;

namespace LlmCostModel.Logs;

/// <summary>What one call costs per token, as the library says when it is asked.</summary>
/// <param name="Currency">The currency; <see langword="null"/> when nothing has a price.</param>
/// <param name="PerMillion">The price of each bucket of <see cref="TokenBuckets.All"/>, without trailing zeros; <see langword="null"/>
/// where it is not known.</param>
/// <param name="Attribute">The attributes on which prices depend, which a table of calls does not have; <see langword="null"/> for
/// none.</param>
/// <param name="Depending">The columns of the buckets whose prices do, each between spaces.</param>
/// <param name="Issue">Why such a call has no price, whatever it uses.</param>
internal sealed record ProbedPrices(
    string? Currency, ImmutableArray<string?> PerMillion, string? Attribute, string? Depending, string? Issue)
{
    /// <summary>Whole and decimal digits of a price per million tokens, so that no product of 63 bits and no sum of 18 of them has more
    /// than 38 digits.</summary>
    internal const int WholeDigits = 5;

    internal const int Decimals = 12;

    /// <summary>Everything in one text, to find what is equal.</summary>
    internal string Key => string.Join('|', [.. PerMillion.Select(price => price ?? "?"), Currency, Attribute, Depending, Issue]);

    /// <summary>Asks what calls cost of the kind that a context and a range of sizes say; <see langword="null"/> when there are
    /// none.</summary>
    /// <param name="estimator">Whom to ask.</param>
    /// <param name="model">The id.</param>
    /// <param name="context">The call.</param>
    /// <param name="size">Its size.</param>
    internal static ProbedPrices? Ask(ICostEstimator estimator, string model, in CallContext context, SizeRange size)
    {
        CallContext call = context;
        if (size.UsageWith(TokenBuckets.All.Select(row => row.Bucket)) is { } all)
        {
            CostReceipt receipt = estimator.Explain(model, in all, in context);
            return Of(CurrencyOf(), [receipt], [.. TokenBuckets.All.Select(row => PriceIn(receipt, row.Bucket))]);
        }

        if (size.UsageWith([]) is not { } least)
        {
            return null;
        }

        // A range of few tokens: one bucket after the other. What does not fit in, no call of the size can use.
        List<CostReceipt> receipts = [estimator.Explain(model, in least, in context)];
        ImmutableArray<string?>.Builder prices = ImmutableArray.CreateBuilder<string?>(TokenBuckets.All.Length);
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            CostReceipt? receipt = size.UsageWith(row.Bucket) is { } usage ? estimator.Explain(model, in usage, in context) : null;
            prices.Add(receipt is null ? null : PriceIn(receipt, row.Bucket));
            receipts.AddRange(receipt is null ? [] : [receipt]);
        }

        return Of(CurrencyOf(), receipts, prices.MoveToImmutable());

        // What has no price in any bucket costs nothing where nothing is used, in a currency.
        string? CurrencyOf()
        {
            TokenUsage nothing = default;
            return estimator.Estimate(model, in nothing, in call).Total?.Currency;
        }
    }

    private static ProbedPrices Of(string? currency, IReadOnlyList<CostReceipt> receipts, ImmutableArray<string?> prices)
    {
        CostIssue[] issues = [.. receipts.SelectMany(receipt => receipt.Issues)];
        if (Array.Find(issues, issue => issue.Kind is not (CostIssueKind.UnknownTokenPrice or CostIssueKind.MissingAttribute)) is { } whole)
        {
            return new ProbedPrices(null, [.. TokenBuckets.All.Select(_ => (string?)null)], null, null, SqlReason.Of(whole.Kind));
        }

        if (receipts.SelectMany(receipt => receipt.Lines).FirstOrDefault(line => line.Bucket is null) is { } charge)
        {
            throw new SqlLossException($"it charges {charge.Name}, which is more than its tokens");
        }

        string[] attributes =
            [.. issues.Where(issue => issue.Kind == CostIssueKind.MissingAttribute).Select(issue => issue.Subject).Distinct()];
        if (attributes.Length == 0)
        {
            return new ProbedPrices(currency, prices, null, null, null);
        }

        string[] plain = [.. issues.Where(issue => issue.Kind == CostIssueKind.UnknownTokenPrice).Select(issue => issue.Subject)];
        IEnumerable<string> depending = TokenBuckets.All.Zip(prices)
            .Where(pair => pair.Second is null && !plain.Contains(pair.First.Name))
            .Select(pair => SqlText.ColumnOf(pair.First));
        return new ProbedPrices(currency, prices, string.Join(' ', attributes), $" {string.Join(' ', depending)} ", null);
    }

    private static string? PriceIn(CostReceipt receipt, TokenBucket bucket)
    {
        if (receipt.Lines.FirstOrDefault(line => line.Bucket == bucket) is not { } line)
        {
            return null;
        }

        string text = AmountFormat.ToText(line.Rate);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int whole = point < 0 ? text.Length : point;
        return !line.IsRounded && whole <= WholeDigits && text.Length - whole - 1 <= Decimals
            ? text
            : throw new SqlLossException(
                $"a price of {text} for a million tokens has more digits than DECIMAL({WholeDigits + Decimals}, {Decimals})");
    }
}
