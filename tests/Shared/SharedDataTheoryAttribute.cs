namespace LlmCostModel.TestData;

/// <summary>A theory about evaluation data; skipped, visibly, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : Xunit.TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = SharedDataFactAttribute.Reason;
        }
    }
}
