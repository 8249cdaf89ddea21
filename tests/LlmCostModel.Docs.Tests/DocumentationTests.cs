using System.Text;
using System.Text.Json;
using LlmCostModel.Budgets;
using LlmCostModel.Catalog;
using LlmCostModel.Logs;
using LlmCostModel.Planning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Docs.Tests;

/// <summary>Every program in the README and the docs compiles, runs, and prints what the page says it prints.</summary>
public class DocumentationTests
{
    public static TheoryData<CodeBlock> Programs => [.. CodeBlock.All("csharp")];

    public static TheoryData<CodeBlock> JsonBlocks => [.. CodeBlock.All("json")];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_Run_PrintsItsComments(CodeBlock block)
    {
        // A line that is printed is the beginning of a comment; what follows it there is explanation.
        Queue<string> comments = new(block.Text.Split('\n').Where(line => line.Contains("// ", StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf("// ", StringComparison.Ordinal) + 3)..].Trim()));
        string[] printed = ExampleProgram.Run(block);

        Assert.All(printed, line =>
        {
            while (comments.Count > 0 && !Says(comments.Peek(), line))
            {
                comments.Dequeue();
            }

            Assert.True(comments.Count > 0, $"{block} prints \"{line}\", which its comments do not say");
            comments.Dequeue();
        });
        Assert.Equal(block.Text.Contains("Console.WriteLine", StringComparison.Ordinal), printed.Length > 0);
    }

    /// <summary>Whether a comment is a line, or the line and an explanation set off from it: 0.000084001 does not say 0.000084.</summary>
    private static bool Says(string comment, string line) =>
        comment.StartsWith(line, StringComparison.Ordinal) && (comment.Length == line.Length || comment[line.Length] is ' ' or ',' or ':' or ';');

    /// <summary>What is shown as JSON is read by what reads such a file, which refuses names that it does not know.</summary>
    [Theory]
    [MemberData(nameof(JsonBlocks))]
    public void Json_Parsed_IsValid(CodeBlock block)
    {
        using JsonDocument document = JsonDocument.Parse(block.Text);
        HashSet<string> names = [.. document.RootElement.EnumerateObject().Select(member => member.Name)];
        if (names.Overlaps(["LlmCostModel", "RateCards"]))
        {
            LlmCostModelOptions options = new();
            options.AddJson(Encoding.UTF8.GetBytes(block.Text), block.ToString());
            options.MaxRateAgeDays = null; // How old the catalog is today says nothing of the page.
            Assert.Empty(BuiltInCatalog.CreateEstimator(options).Rates.Warnings);
        }
        else if (names.Contains("usage"))
        {
            using MemoryStream text = new(Encoding.UTF8.GetBytes(block.Text));
            Assert.Null(Assert.Single(LogReader.Of(LogFormats.UsageRecords).Read(text, block.ToString())).Fault);
        }
        else if (names.Contains(BudgetsOptions.SectionName))
        {
            using MemoryStream text = new(Encoding.UTF8.GetBytes(block.Text));
            IServiceCollection services = new ServiceCollection().AddLlmBudgets(new ConfigurationBuilder().AddJsonStream(text).Build());
            Assert.NotEmpty(services.BuildServiceProvider().GetRequiredService<IOptions<BudgetsOptions>>().Value.Budgets);
        }
        else
        {
            WorkloadFile workload = WorkloadFile.Read(Encoding.UTF8.GetBytes(block.Text), _ => [], block.ToString());
            Assert.False(workload is { Plan: null, Traffic: null, Candidates.IsEmpty: true }, $"{block} shows neither rates, a record nor a workload");
        }
    }
}
