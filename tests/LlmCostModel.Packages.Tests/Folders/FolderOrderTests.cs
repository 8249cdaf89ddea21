namespace LlmCostModel.Packages.Tests.Folders;

/// <summary>Folders tell the story of a project, so they are read in one order: no arrow points upwards, hence there is no cycle.</summary>
public class FolderOrderTests
{
    public static TheoryData<string> Projects => [.. FolderOrder.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_UseOnlyThoseBefore(string project)
    {
        IReadOnlyList<SourceFile> files = SourceProject.All.Single(candidate => candidate.Name == project).Files;

        string[] faults = FolderOrder.FindFaults(project, FolderOrder.Of(project), files, ArrowFinder.Find(AssemblyOf(project), files));

        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Projects_AllOfThem_AreInTheTable() =>
        Assert.Equal(SourceProject.All.Select(project => project.Name).Order(), FolderOrder.Projects.Order());

    /// <summary>Source that two projects compile is an arrow that no picture of the projects shows; src/Shared is for that alone.</summary>
    [Fact]
    public void Projects_TakeSharedSource_OnlyByItsName()
    {
        string[] faults =
        [
            .. SourceProject.All.SelectMany(project => project.Included.Select(path =>
                $"{project.Name} compiles {path}. Name a folder of src/Shared in <SharedSource> instead.")),
        ];

        Assert.True(faults.Length == 0, string.Join('\n', faults));
        Assert.Equal(SourceProject.SharedFolders.Order(), SourceProject.All.SelectMany(project => project.Shared).Distinct().Order());
    }

    // Low uses High through an extension method and a member of what it returns, High uses Low: a cycle, of which one arrow points upwards.
    [Fact]
    public void FindFaults_ArrowUpwardsAndCycle_NameBothFilesAndTheType()
    {
        SourceFile low = new("Low", "P/Low/Number.cs", "class Number { int Twice => this.Doubled().Value; }");
        SourceFile high =
            new("High", "P/High/Doubling.cs", "static class Doubling { public static Result Doubled(this Number number) => new(); }");
        SourceFile result = new("High", "P/High/Result.cs", "class Result { public int Value => 2; }");
        SourceFile[] files = [low, high, result];

        IReadOnlyList<FolderArrow> arrows = ArrowFinder.Find("P", files);

        Assert.Equal([new(low, high, "Doubling"), new(low, result, "Result"), new(high, low, "Number")], arrows);
        Assert.Equal(
            [
                "P/Low/Number.cs uses Doubling of P/High/Doubling.cs, but 'Low' comes before 'High'. Move one of them.",
                "P/Low/Number.cs uses Result of P/High/Result.cs, but 'Low' comes before 'High'. Move one of them.",
            ],
            FolderOrder.FindFaults("P", ["Low", "High"], files, arrows));
    }

    [Fact]
    public void FindFaults_FolderThatTheTableDoesNotHave_SaysWhereToAddIt()
    {
        SourceFile[] files = [new("New", "src/P/New/A.cs", "class A;")];

        Assert.Equal(
            [
                "Folder 'New' of P is not in the table of FolderOrder.cs. Add it there, behind the folders that it uses.",
                "Folder 'Old' of P is in the table of FolderOrder.cs, but has no files. Remove it there.",
            ],
            FolderOrder.FindFaults("P", ["Old"], files, []));
    }

    [Fact]
    public void Find_CommentsAndTypesOfItsOwnFolder_DrawNoArrow()
    {
        SourceFile[] files =
        [
            new("A", "A/One.cs", "/// <see cref=\"Other\"/>\npublic partial class One { public Two? Two; /* Other */ }"),
            new("A", "A/Two.cs", "public class Two { public string Text = nameof(One); }"),
            new("B", "B/Other.cs", "public class Other { }"),
        ];

        Assert.Empty(ArrowFinder.Find("P", files));
    }

    /// <summary>The tool has the name that its users type.</summary>
    private static string AssemblyOf(string project) => project == "LlmCostModel.Cli" ? "llmcost" : project;
}
