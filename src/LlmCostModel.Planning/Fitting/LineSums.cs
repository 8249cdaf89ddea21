using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a log says of one line, in memory that grows with its days and not with its calls.</summary>
internal sealed class LineSums
{
    private const int Hours = 24;
    private const int PerOctave = 16;
    private const int Octaves = 40;

    private readonly long[] _lengths = new long[(PerOctave * Octaves) + 1];

    internal SortedDictionary<int, DaySums> Days { get; } = [];

    internal ClusterSums Clusters { get; } = new();

    internal EventSums Events { get; } = new();

    internal long[] ByHour { get; } = new long[Hours];

    internal long Calls { get; private set; }

    internal long Partial { get; private set; }

    /// <summary>Calls that the log only states the sum of, so that nothing is known of single ones.</summary>
    internal long Summed { get; private set; }

    internal long WithSession { get; private set; }

    internal DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    internal DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    internal Moments Prompt { get; } = new();

    internal Moments Output { get; } = new();

    internal Moments Amount { get; } = new();

    /// <summary>Adds a call, or a sum of calls.</summary>
    internal void Add(LoggedPart part)
    {
        if (!Days.TryGetValue(part.Day, out DaySums? day))
        {
            Days[part.Day] = day = new();
        }

        day.Add(part.Calls, in part.Usage, part.Meters, part.Amount);
        Clusters.Add(part.Cluster, part.Calls, in part.Usage, part.Meters);
        Events.Add(part.Cluster, part.Day, part.Calls, (double)part.Amount);
        checked
        {
            ByHour[part.Hour] += part.Calls;
            Calls += part.Calls;
        }

        Partial += part.IsPartial ? part.Calls : 0;
        Summed += part.Calls > 1 ? part.Calls : 0;
        WithSession += part.HasSession ? part.Calls : 0;
        First = part.At < First ? part.At : First;
        Last = part.At > Last ? part.At : Last;
        long prompt = part.Usage.TotalInput;
        Prompt.Add(prompt, part.Calls);
        Output.Add(part.Usage.TotalOutput, part.Calls);
        Amount.Add((double)part.Amount, part.Calls);
        double each = (double)prompt / part.Calls;
        _lengths[each < 1 ? 0 : Math.Min(_lengths.Length - 1, 1 + (int)(Math.Log2(each) * PerOctave))] += part.Calls;
    }

    /// <summary>Lengths of prompts, each as likely as any other, to 4%; those of sums are their means.</summary>
    internal ImmutableArray<double> GetLengths(int count)
    {
        ImmutableArray<double>.Builder lengths = ImmutableArray.CreateBuilder<double>(count);
        long below = 0;
        int bin = 0;
        for (int i = 0; i < count; i++)
        {
            double rank = (i + 0.5) / count * Calls;
            while (below + _lengths[bin] <= rank && bin < _lengths.Length - 1)
            {
                below += _lengths[bin++];
            }

            double within = _lengths[bin] == 0 ? 0.5 : (rank - below) / _lengths[bin];
            lengths.Add(bin == 0 ? 0 : Math.Round(Math.Pow(2, (bin - 1 + within) / PerOctave)));
        }

        return lengths.MoveToImmutable();
    }
}
