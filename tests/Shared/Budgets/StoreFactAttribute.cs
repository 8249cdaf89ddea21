namespace LlmCostModel.Budgets;

/// <summary>A fact about whichever store a project tests; skipped, visibly, where the server that the store needs is not
/// installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StoreFactAttribute : FactAttribute
{
    public StoreFactAttribute() => Skip = StoreUnderTest.Missing;
}

/// <summary>A theory of the same kind.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StoreTheoryAttribute : TheoryAttribute
{
    public StoreTheoryAttribute() => Skip = StoreUnderTest.Missing;
}

/// <summary>What a project says of the store that it tests.</summary>
internal static partial class StoreUnderTest
{
    /// <summary>Gets which server the store needs and is not installed; <see langword="null"/> for none.</summary>
    internal static string? Missing
    {
        get
        {
            string? missing = null;
            FindMissing(ref missing);
            return missing;
        }
    }

    /// <summary>A project whose store needs no server has no such method.</summary>
    static partial void FindMissing(ref string? missing);
}
