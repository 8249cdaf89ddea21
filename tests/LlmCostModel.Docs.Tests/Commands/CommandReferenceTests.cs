using LlmCostModel.Cli;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>The page of all commands and options says what the tool says.</summary>
public sealed class CommandReferenceTests
{
    [Fact]
    public void Page_OfAllCommands_IsUpToDate()
    {
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        string expected = CommandReference.Write(CommandLineApp.CreateRoot(host));
        string file = Path.Combine(Repository.Folder, CommandReference.Page);
        if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.True(
            expected == File.ReadAllText(file).ReplaceLineEndings("\n"),
            $"{CommandReference.Page} is not what the tool says: LLMCOSTMODEL_WRITE_DOCS=1 dotnet test tests/LlmCostModel.Docs.Tests writes it.");
    }
}
