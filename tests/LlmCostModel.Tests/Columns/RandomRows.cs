using LlmCostModel.Tests.Estimation.Exactness;

namespace LlmCostModel.Tests.Columns;

/// <summary>Random rows for a card: kinds that differ in tier, region and the like, counts at the thresholds, instants at the edges.</summary>
internal sealed class RandomRows
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly int[][] _counts;
    private readonly TokenBucket[] _buckets;

    private RandomRows(CallKind[] kinds, TokenBucket[] buckets, int[][] counts, UsageColumns columns)
    {
        (Kinds, _buckets, _counts, Columns) = (kinds, buckets, counts, columns);
    }

    internal CallKind[] Kinds { get; }

    internal UsageColumns Columns { get; }

    internal int Buckets => _buckets.Length;

    internal bool HasInstants => !Columns.Instants.IsEmpty;

    internal static RandomRows Make(PricedCase one, int seed)
    {
        Random random = new(seed);
        int rows = random.Next(8) == 0 ? random.Next(60, 1_500) : random.Next(1, 60); // many are added up by price, few are not
        CallKind[] kinds =
        [
            .. Enumerable.Range(0, random.Next(1, 5)).Select(i => new CallKind(PricedCase.Model, i == 0 ? one.Context : one.Context with
            {
                Tier = random.Next(3) switch { 0 => "batch", 1 => "flex", _ => null },
                Region = random.Next(2) == 0 ? null : "us",
                ConsumedBefore = null,
                Attributes = random.Next(2) == 0 ? null : one.Context.Attributes,
                At = Start.AddMinutes(random.Next(0, 3 * 365 * 24 * 60)),
            })),
        ];
        TokenBucket[] buckets = Enum.GetValues<TokenBucket>();
        random.Shuffle(buckets);
        buckets = buckets[..(random.Next(4) == 0 ? random.Next(7, 12) : random.Next(0, 7))];
        int[][] counts = [.. buckets.Select(_ => Counts(random, rows, one))];
        bool isFlat = kinds.Length == 1 && random.Next(2) == 0;
        UsageColumns columns = new(rows)
        {
            Kinds = isFlat ? default : Enumerable.Range(0, rows).Select(_ => (ushort)random.Next(kinds.Length)).ToArray(),
            Instants = random.Next(3) == 0 ? default : Enumerable.Range(0, rows).Select(_ => InstantOf(random, one)).ToArray(),
        };
        for (int i = 0; i < buckets.Length; i++)
        {
            columns = columns.With(buckets[i], counts[i]);
        }

        return new(kinds, buckets, counts, columns);
    }

    internal (int Kind, TokenUsage Usage, CallContext Context) Row(int row)
    {
        TokenUsage usage = default;
        for (int i = 0; i < _buckets.Length; i++)
        {
            usage = usage.With(_buckets[i], _counts[i][row]);
        }

        int kind = Columns.Kinds.IsEmpty ? 0 : Columns.Kinds.Span[row];
        CallContext context = Kinds[kind].Context;
        return (kind, usage, HasInstants ? context with { At = new DateTimeOffset(Columns.Instants.Span[row], TimeSpan.Zero) } : context);
    }

    internal static int[] Counts(Random random, int rows) => [.. Enumerable.Range(0, rows).Select(_ => Count(random))];

    private static int[] Counts(Random random, int rows, PricedCase one)
    {
        long[] sizes = [.. one.Versions.SelectMany(version => version.Rules).SelectMany(rule => rule.When.Tokens).Select(threshold => threshold.Tokens)];
        return
        [
            .. Enumerable.Range(0, rows).Select(_ => sizes.Length > 0 && random.Next(4) == 0
                ? (int)Math.Clamp(sizes[random.Next(sizes.Length)] + random.Next(-1, 2), 0, int.MaxValue)
                : Count(random)),
        ];
    }

    private static int Count(Random random) => random.Next(8) switch
    {
        0 or 1 => 0,
        2 => int.MaxValue - random.Next(3),
        _ => (int)Math.Pow(10, random.NextDouble() * 6),
    };

    private static long InstantOf(Random random, PricedCase one)
    {
        DateTimeOffset[] dates =
        [
            .. one.Versions.SelectMany(version => new[] { version.From, version.Until })
                .Concat(one.Versions.SelectMany(version => version.Rules).SelectMany(rule => new[] { rule.When.From, rule.When.Until }))
                .OfType<DateTimeOffset>(),
        ];
        return random.Next(8) switch
        {
            0 => Start.AddDays(-random.Next(1, 400)).UtcTicks, // before what was prepared
            1 => Start.AddDays((3 * 366) + random.Next(1, 400)).UtcTicks,
            2 or 3 when dates.Length > 0 => dates[random.Next(dates.Length)].UtcTicks - random.Next(2),
            _ => Start.AddTicks((long)(random.NextDouble() * TimeSpan.FromDays(3 * 365).Ticks)).UtcTicks,
        };
    }
}
