namespace LlmCostModel.Packages.Tests.Folders;

/// <summary>The order of the folders of every project, from the ground up: a folder uses itself and those before it.</summary>
/// <remarks>
/// A new folder goes behind everything that it uses. The files directly in a project are <c>(root)</c>;
/// <c>Shared/...</c> are the folders of <c>src/Shared</c> that the project compiles in.
/// </remarks>
internal static class FolderOrder
{
    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["LlmCostModel"] =
        [
            "Shared/Runtime", "Shared/Text", "Json", "Shared/Values",
            "Shared/Numbers", "Numbers",
            "Usage",
            "Shared/Requests", "Responses",
            "RateCards/Faults", "Shared/RateCards",
            "Pricing",
            "RateCards/Validation", "RateCards",
            "Compilation",
            "Rates/Resolution", "Rates",
            "Estimation",
            "Columns",
            "(root)",
        ],
        ["LlmCostModel.Budgets"] =
        [
            "Shared/Runtime", "Shared/Text", "Shared/Values", "Shared/Numbers", "Shared/RateCards",
            "Stores", "InMemory", "Definitions", "Outages", "Alerts", "Configuration", "Runs", "Leases", "(root)",
        ],
        ["LlmCostModel.Catalog"] = ["Shared/Runtime", "Shared/Text", "Shared/Values", "Shared/Meters", "Ids", "Importing", "Comparing", "Refreshing", "(root)"],
        ["LlmCostModel.Budgets.Redis"] = ["Configuration", "Scripts", "Commands", "Server", "(root)"],
        ["LlmCostModel.Budgets.Sqlite"] = ["Configuration", "Database", "Tables", "Steps", "Writing", "(root)"],
        ["LlmCostModel.Logs"] =
        [
            "Shared/Runtime", "Shared/Text", "Shared/Values", "Shared/Numbers", "Shared/Files", "Shared/Meters", "Shared/Statistics",
            "Input", "Parquet", "Records", "Merging", "Tables",
            "Bodies", "Agents", "Spans", "Summaries", "WhatIf",
            "PlainLines", "PlainRows",
            "Formats",
            "Focus",
            "Report",
            "(root)",
            "Gates",
            "Bills/Names", "Bills",
            "Reconciling",
            "Sql",
        ],
        ["LlmCostModel.Planning"] =
        [
            "Shared/Runtime", "Shared/Text", "Shared/Values", "Shared/Numbers", "Shared/RateCards", "Shared/Statistics",
            "Internal",
            "Forecasting",
            "Fitting",
            "Caching",
            "Traffic",
            "Workloads",
            "Comparing",
            "SelfHosting", "BreakEven", "Training",
            "Capacity",
        ],
        ["LlmCostModel.Extensions.Http"] =
        [
            "Shared/Values", "Shared/Numbers", "Shared/Requests",
            "(root)",
            "Addresses",
            "Metering",
            "Tracking",
            "Observing",
            "Handler",
            "Ranges", "Budgets",
        ],
        ["LlmCostModel.Extensions.AI"] =
        [
            "(root)",
            "Reading",
            "Chat", "Embeddings", "Images", "Speech", "CostRanges", "Budgets",
        ],
        ["LlmCostModel.Extensions.AI.Evaluation"] = ["(root)"],
        ["LlmCostModel.Extensions.AI.Tokenizers"] = ["(root)"],
        ["LlmCostModel.Extensions.HealthChecks"] = ["(root)"],
        ["LlmCostModel.Cli"] =
        [
            "Shared/Numbers", "Shared/Files",
            "Hosting",
            "Output/Charts", "Output",
            "Records",
            "Options",
            "Commands/Budgets", "Commands/Catalog", "Commands",
            "(root)",
        ],
    };

    /// <summary>The projects in the table.</summary>
    internal static IEnumerable<string> Projects => Folders.Keys;

    /// <summary>The folders of a project, the first one using none of the others.</summary>
    internal static string[] Of(string project) => Folders[project];

    /// <summary>What is wrong with the folders of a project, a sentence each; empty when nothing is.</summary>
    internal static string[] FindFaults(string project, string[] order, IEnumerable<SourceFile> files, IEnumerable<FolderArrow> arrows)
    {
        string[] folders = [.. files.Select(file => file.Folder).Distinct()];
        IEnumerable<FolderArrow> upwards = arrows.Where(arrow => PlaceOf(arrow.To) > PlaceOf(arrow.From));
        return
        [
            .. folders.Except(order).Select(folder =>
                $"Folder '{folder}' of {project} is not in the table of FolderOrder.cs. Add it there, behind the folders that it uses."),
            .. order.Except(folders).Select(folder =>
                $"Folder '{folder}' of {project} is in the table of FolderOrder.cs, but has no files. Remove it there."),
            .. upwards.Select(arrow =>
                $"{arrow.From.Path} uses {arrow.Type} of {arrow.To.Path}, "
                + $"but '{arrow.From.Folder}' comes before '{arrow.To.Folder}'. Move one of them."),
        ];

        int PlaceOf(SourceFile file) => Array.IndexOf(order, file.Folder);
    }
}
