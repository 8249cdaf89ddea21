using System.Globalization;
using System.Text;

namespace LlmCostModel.Logs.Tests.PlainLines;

/// <summary>Reads logs, merges, prices and adds up, as a command does; record by record, or with what adds up plain lines.</summary>
internal sealed class LogRun(CostEstimator estimator)
{
    private readonly StringBuilder _odd = new();

    internal static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public string[] Keys { get; init; } = ["model"];

    public TimeZoneInfo? Zone { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public bool Merges { get; init; } = true;

    public bool HasSavings { get; init; } = true;

    public LogReaderOptions Reading { get; init; } = new();

    /// <summary>How many records were added up without a record.</summary>
    public long Plain { get; private set; }

    /// <summary>How many of these were added up by columns.</summary>
    public long InBlocks { get; private set; }

    /// <summary>All that is said of the logs.</summary>
    /// <param name="logs">The logs.</param>
    /// <param name="threads">How many threads; 0 reads record by record.</param>
    /// <param name="chunkBytes">How many bytes are read at once.</param>
    public string Tell(IReadOnlyList<Stream> logs, int threads, int chunkBytes = 1 << 20)
    {
        LogSummary summary = new([.. Keys.Select(key => SummaryKey.Find(key)!)], Zone, HasSavings ? estimator : null);
        CallMerger merger = new();
        PlainLineSums sums = new(estimator, summary, Merges ? merger : null)
        {
            Threads = Math.Max(threads, 1),
            From = From,
            To = To,
            Now = Now,
            ChunkBytes = chunkBytes,
        };
        LogReader reader = new(Reading);
        (long records, long calls, long leftOut, long undated) = (0, 0, 0, 0);
        for (int i = 0; i < logs.Count; i++)
        {
            string name = $"log{i}";
            try
            {
                foreach (LogRecord record in threads == 0 ? reader.Read(logs[i], name) : reader.Read(logs[i], name, sums))
                {
                    records++;
                    if (!Merges || merger.Add(record))
                    {
                        Price(record);
                    }
                }
            }
            catch (Exception exception) when (exception is LogFormatException or IOException)
            {
                Tell($"{name}: {exception.Message}");
            }
        }

        foreach (LogRecord record in merger.Finish())
        {
            Price(record);
        }

        (Plain, InBlocks) = (sums.Records, sums.InBlocks);
        (records, calls) = (records + sums.Records, calls + sums.Calls);
        (leftOut, undated) = (leftOut + sums.LeftOut, undated + sums.Undated);
        Tell($"{records} records, {calls} calls, {leftOut} left out, {undated} undated, {merger.Merged} merged, {merger.Reused} reused");
        foreach (SummaryGroup group in summary.Groups)
        {
            Tell(string.Join(' ', group.Key.Select(key => $"{key.Key}={key.Value ?? "null"}")));
            Tell($"{group.Calls} {group.Priced} {group.Partial} {group.Unpriced} {group.Total} {group.CacheSaved} {group.Usage} {group.Meters}");
            foreach (SummaryReason reason in group.Reasons)
            {
                Tell($"{reason} {reason.First:O} {reason.Last:O}");
            }
        }

        return _odd.ToString();

        void Price(LogRecord record)
        {
            if (record.Call is not { } call)
            {
                Tell($"{record.Log}:{record.Line} #{record.Number} {record.Fault} {record.Text}");
                return;
            }

            if ((From is not null && !(call.Context.At >= From)) || (To is not null && !(call.Context.At < To)))
            {
                leftOut++;
                return;
            }

            try
            {
                PricedCall priced = estimator.Price(call with { Asked = call.Asked with { At = call.Asked.At ?? Now } });
                summary.Add(record, priced);
                calls++;
                undated += priced.Status != CostStatus.Unpriced && call.Context.At is null ? 1 : 0;
            }
            catch (OverflowException)
            {
                Tell($"too large: {record.Number}");
            }
        }
    }

    private void Tell(string text) => _odd.AppendLine(CultureInfo.InvariantCulture, $"{text}");
}
