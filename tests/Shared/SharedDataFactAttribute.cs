namespace LlmCostModel.TestData;

/// <summary>A fact about evaluation data; skipped, visibly, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : Xunit.FactAttribute
{
    internal const string Reason = "The evaluation data is absent. Set LLMCOSTMODEL_DATA to its folder.";

    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = Reason;
        }
    }
}
