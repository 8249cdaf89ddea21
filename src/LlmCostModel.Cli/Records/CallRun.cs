using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads logs for a command that wants their calls, each once, and says what was left out on the way.</summary>
internal static class CallRun
{
    /// <summary>Reads all logs, or those up to the moment when the command is asked to stop.</summary>
    /// <param name="host">Where the command runs.</param>
    /// <param name="logs">The logs.</param>
    /// <param name="options">What is known of them.</param>
    /// <param name="add">Takes the record of a call, or one that cannot be read.</param>
    public static void Read(CommandHost host, LogInputs logs, LogReaderOptions options, Action<LogRecord> add)
    {
        options.KeepText = false;
        LogReader reader = new(options);
        CallMerger merger = new();
        host.StopsOnRequest = true;
        int records = 0, rejected = 0;
        using (ReadingProgress progress = new(host, logs))
        {
            foreach (LogInput log in logs.Logs.TakeWhile(_ => !host.IsStopRequested))
            {
                using IEnumerator<LogRecord> all = reader.Read(progress.Open(log), log.Name).GetEnumerator();
                while (!host.IsStopRequested && all.MoveNext())
                {
                    progress.At(++records);
                    rejected += all.Current.Call is null ? 1 : 0;
                    if (rejected == 1 && all.Current.Fault is { } fault)
                    {
                        host.Tell($"record {all.Current.Number} of '{VisibleText.OneLine(log.Name)}': {fault}");
                        rejected++;
                    }

                    if (merger.Add(all.Current))
                    {
                        add(all.Current);
                    }
                }
            }

            if (host.IsStopRequested)
            {
                host.Tell($"Stopped after {progress.Records} (read: {progress.Read}): what comes behind these records is left out.");
            }
        }

        foreach (LogRecord record in merger.Finish())
        {
            add(record);
        }

        if (merger.Merged > 0)
        {
            host.Tell($"{TableText.Count(merger.Merged, "record")} told of a call that another tells of as well. Each call counts once.");
        }
    }
}
