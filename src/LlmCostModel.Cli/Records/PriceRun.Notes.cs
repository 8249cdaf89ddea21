namespace LlmCostModel.Cli.Records;

internal sealed partial class PriceRun
{
    private bool _isMapUsed;

    /// <summary>The options that say what records leave open.</summary>
    public required StandIns StandIns { get; init; }

    /// <summary>Whether a map of columns was given.</summary>
    public bool HasMap { get; init; }

    /// <summary>Whether every record is a line of standard output.</summary>
    private bool IsLines => _each && Table is null;

    /// <summary>Whether the reading was stopped before its end.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Says that the reading was stopped, and where.</summary>
    private void Stop(ReadingProgress progress)
    {
        IsStopped = true;
        IsComplete = false;
        Note($"Stopped after {progress.Records} (read: {progress.Read}): what comes behind these records is in no sum.");
    }

    /// <summary>Says what has to be said of the whole, when all is read.</summary>
    private void TellNotes()
    {
        if (Merged > 0)
        {
            Note(Merged == 1
                ? "1 record tells of a call that another one tells of as well, by its id. It counts once."
                : $"{Merged} records tell of calls that others tell of as well, by their ids. Each call counts once.");
        }

        foreach (string hint in _hints)
        {
            Note(hint);
        }

        if (_merger.Reused > 0)
        {
            string records = _merger.Reused == 1 ? "1 record has" : $"{_merger.Reused} records have";
            Note($"{records} the id of another response, with another time, other counts or tags: the server gives ids again. "
                + "Each counts as a call of its own.");
        }

        if (Failed > 0)
        {
            Note(Failed == 1
                ? "1 request cost nothing: it failed or was refused without an answer, or a gateway answered from its own cache."
                : $"{Failed} requests cost nothing: they failed or were refused without an answer, or a gateway answered from its own "
                    + "cache.");
        }

        if (Table is { LeftOut: > 0 and var without })
        {
            IsComplete = false;
            Note($"{without} {(without == 1 ? "call has" : "calls have")} no row: a usage record cannot say that a call is the sum of "
                + "several, names no model, or does not say all that it consumed.");
        }

        if (Focus is { Undated: > 0 } rows)
        {
            IsComplete = false; // FOCUS has no row without a period
            Note(rows.Undated == 1
                ? "1 call states no time and is in no row. Add its instant as \"at\", or say --at."
                : $"{rows.Undated} calls state no time and are in no row. Add their instants as \"at\", or say --at for all of them.");
        }
        else if (Undated > 0)
        {
            string records = Undated == 1 ? "1 record states no time and has" : $"{Undated} records state no time and have";
            Note($"{records} the prices of now. Add the instant of a call as \"at\", or say --at for all of them.");
        }

        if (Summary.Converter is { Unconverted: > 0 } converter)
        {
            IsComplete = false;
            string amounts = converter.Unconverted == 1 ? "1 amount: it is" : $"{converter.Unconverted} amounts: they are";
            Note($"No exchange rate is known for {amounts} not in {converter.Currency}. Add rates for their currencies and days.");
        }

        foreach (string note in StandIns.Notes(isDated: _sums?.DatedByOptions > 0, isMapIdle: HasMap && !_isMapUsed)
            .Concat(StandIns.NotesOf(Summary.Converter, isAny: Summary.Totals.Count > 0)))
        {
            Note(note);
        }

        if (LeftOut > 0)
        {
            Note($"{LeftOut} {(LeftOut == 1 ? "call is" : "calls are")} left out by --from and --to: before, after, or without a time.");
        }
    }
}
