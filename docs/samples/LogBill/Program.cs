using LlmCostModel;
using LlmCostModel.Catalog;
using LlmCostModel.Logs;

// What the logs in a folder cost, each call once and at its own time: a session of Claude Code, a gateway's log, a table.
CostEstimator estimator = BuiltInCatalog.CreateEstimator();
LogReader reader = new(new LogReaderOptions { KeepText = false });
CallMerger merger = new();
LogSummary summary = new([SummaryKey.Find("user")!, SummaryKey.Find("model")!], timeZone: null, estimator);

foreach (string file in LogFiles.FindIn(Path.Combine(AppContext.BaseDirectory, "logs")).Files)
{
    foreach (LogRecord record in reader.Read(File.OpenRead(file), Path.GetFileName(file)))
    {
        if (merger.Add(record)) // others wait until all are read: one that comes later may say more of the same call
        {
            Add(record);
        }
    }
}

foreach (LogRecord record in merger.Finish())
{
    Add(record);
}

foreach (SummaryGroup group in summary.Groups)
{
    string saved = group.CacheSaved is { } amount ? $", {amount} saved by the cache" : "";
    Console.WriteLine($"{group.Key[0].Value ?? "nobody in particular"}, {group.Key[1].Value}: {group.Total}, {group.Calls} call{saved}");
}

Console.WriteLine($"All: {string.Join(" + ", summary.Totals)}; {merger.Merged} record told of a call again.");

void Add(LogRecord record)
{
    if (record.Call is { } call)
    {
        summary.Add(record, estimator.Price(call));
    }
    else
    {
        Console.WriteLine($"{record.Log}:{record.Line}: {record.Fault}");
    }
}
