using System.Reflection;

namespace LlmCostModel.Packages.Tests;

/// <summary>The packages, and what each may use of the others: arrows point at the core.</summary>
internal static class Packages
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["LlmCostModel"] = [],
        ["LlmCostModel.Budgets"] = ["LlmCostModel"],
        ["LlmCostModel.Budgets.Redis"] = ["LlmCostModel", "LlmCostModel.Budgets"],
        ["LlmCostModel.Budgets.Sqlite"] = ["LlmCostModel", "LlmCostModel.Budgets"],
        ["LlmCostModel.Catalog"] = ["LlmCostModel"],
        ["LlmCostModel.Extensions.AI"] = ["LlmCostModel", "LlmCostModel.Budgets", "LlmCostModel.Extensions.Http"],
        ["LlmCostModel.Extensions.AI.Evaluation"] = ["LlmCostModel", "LlmCostModel.Extensions.AI", "LlmCostModel.Extensions.Http"],
        ["LlmCostModel.Extensions.AI.Tokenizers"] = ["LlmCostModel.Extensions.AI"],
        ["LlmCostModel.Extensions.HealthChecks"] = ["LlmCostModel"],
        ["LlmCostModel.Extensions.Http"] = ["LlmCostModel", "LlmCostModel.Budgets"],
        ["LlmCostModel.Logs"] = ["LlmCostModel"],
        ["LlmCostModel.Planning"] = ["LlmCostModel", "LlmCostModel.Logs"],
    };

    public static TheoryData<string> Names => [.. MayUse.Keys];

    public static IEnumerable<Type> PublicTypes => MayUse.Keys.SelectMany(name => Assembly.Load(name).GetExportedTypes());

    public static string[] Allowed(string package) => MayUse[package];
}
