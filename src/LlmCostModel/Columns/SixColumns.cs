namespace LlmCostModel;

/// <summary>The beginnings of six columns, for loops that read them side by side.</summary>
internal readonly ref struct SixColumns
{
    internal readonly ref int First;
    internal readonly ref int Second;
    internal readonly ref int Third;
    internal readonly ref int Fourth;
    internal readonly ref int Fifth;
    internal readonly ref int Sixth;

    /// <param name="block">The rows.</param>
    /// <param name="group">Which six of the buckets.</param>
    internal SixColumns(in ColumnBlock block, int group)
    {
        First = ref block.Counts(group, 0);
        Second = ref block.Counts(group, 1);
        Third = ref block.Counts(group, 2);
        Fourth = ref block.Counts(group, 3);
        Fifth = ref block.Counts(group, 4);
        Sixth = ref block.Counts(group, 5);
    }
}
