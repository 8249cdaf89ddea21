namespace LlmCostModel.Logs;

/// <summary>Lines of a chunk that follow one another and are either all added up or all to be read as records.</summary>
internal struct LineSpan
{
    /// <summary>Where they begin in the chunk, and where what follows begins.</summary>
    public int Start, End;

    /// <summary>Whether they are to be read as records.</summary>
    public bool IsOdd;

    /// <summary>How many lines they are, with blank ones, and how many records; those that are added up.</summary>
    public int Lines, Records;

    /// <summary>Their tallies.</summary>
    public int FirstTally, Tallies;

    /// <summary>Their rows, where calls are told apart by their ids.</summary>
    public int FirstRow, Rows;

    /// <summary>How many calls lie outside of the instants that are asked for, and how many state no time.</summary>
    public int LeftOut, Undated;
}
