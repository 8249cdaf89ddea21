namespace LlmCostModel;

/// <content>What else a call would have cost: where nobody states what decides the price, and had the cache been read.</content>
internal sealed partial class ModelCallPricer
{
    /// <summary>Says that the provider's default was assumed where nobody states how long the cache keeps what was written, and another
    /// time has another price.</summary>
    private void NoteAssumedLifetime()
    {
        if (_parts[0] is not { Usage: { CacheWrite: > 0 and var written } usage, Estimate.Total: { } paid } main)
        {
            return;
        }

        List<string> others = [];
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (row.TimeToLive is not null)
            {
                TokenUsage kept = usage.Move(written, TokenBucket.CacheWrite, row.Bucket);
                CostEstimate other = Estimate(main.Model, kept, main.Meters, in _context);
                if (other is { Status: CostStatus.Priced, Total: { } total } && total != paid)
                {
                    others.Add(row.Name[nameof(TokenBucket.CacheWrite).Length..]);
                }
            }
        }

        if (others.Count > 0)
        {
            _notes.Add(FormattableString.Invariant($"How long the cache keeps the {written} written tokens is not stated: the price of ")
                + $"the provider's default is assumed, not that of {string.Join(" or ", others)}.");
        }
    }

    /// <summary>Says which values of attributes the rate card assumed, where others have another price.</summary>
    private void NoteAssumedAttributes()
    {
        if (_parts[0] is not { Usage: { } usage, Estimate.Total: { } paid } main
            || _main is not { } pricing
            || pricing.At(_context.At.GetValueOrDefault().UtcTicks, _context.IncludeAnnounced) is not { } version)
        {
            return;
        }

        foreach ((string name, string assumed) in version.Version.Defaults)
        {
            if (_context.Attributes?[name] is null)
            {
                string[] others =
                [
                    .. version.Rules.SelectMany(rule => rule.Rule.When.Attributes.GetValueOrDefault(name, []))
                        .Distinct(StringComparer.OrdinalIgnoreCase)
                        .Where(value => !value.Equals(assumed, StringComparison.OrdinalIgnoreCase))
                        .Where(value => Costs(main, usage, name, value) != paid),
                ];
                if (others.Length > 0)
                {
                    _notes.Add($"Attribute '{name}' of the call is not stated: the price of '{assumed}' is assumed, not that of "
                        + $"'{string.Join("' or '", others)}'.");
                }
            }
        }
    }

    private Money? Costs(PricedPart part, TokenUsage usage, string attribute, string value)
    {
        CallContext with = _context with { Attributes = (_context.Attributes ?? CallAttributes.Empty).With(attribute, value) };
        CostEstimate other = Estimate(part.Model, usage, part.Meters, in with);
        return other.Status == CostStatus.Priced ? other.Total : part.Estimate.Total;
    }

    /// <summary>What the main part cost more than if the missed tokens had been read from the cache. What is missed is written again as
    /// far as something was written, and read afresh for the rest.</summary>
    private Money? FindCacheMissCost(CacheMiss? miss)
    {
        PricedPart main = _parts[0];
        if (miss is not { Tokens: > 0 and var missed }
            || main is not { Usage: { } usage, Estimate: { Status: CostStatus.Priced, Total: { } paid } })
        {
            return null;
        }

        TokenUsage read = usage;
        foreach (TokenBucket bucket in (ReadOnlySpan<TokenBucket>)[.. TokenBuckets.CacheWrites, TokenBucket.Input])
        {
            long moved = Math.Min(missed, read[bucket]);
            read = read.Move(moved, bucket, TokenBucket.CacheRead);
            missed -= moved;
        }

        CostEstimate hit = Estimate(main.Model, read, main.Meters, in _context);
        return hit is { Status: CostStatus.Priced, Total: { } cost } && cost.Currency == paid.Currency ? paid - cost : null;
    }
}
