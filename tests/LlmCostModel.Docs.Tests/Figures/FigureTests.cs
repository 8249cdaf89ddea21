namespace LlmCostModel.Docs.Tests.Figures;

/// <summary>No figure of the README and the docs is just a claim: <c>figures.txt</c> names the test or the measurement that holds it.</summary>
public sealed class FigureTests
{
    private static readonly FigureLine[] Lines = [.. FigureLine.All()];
    private static readonly FigureHolder[] Holders = FigureHolder.All();

    [Fact]
    public void Figures_OfEveryPage_AreHeld() =>
        Assert.All(Lines, line => Assert.True(
            Holders.Count(holder => holder.SpeaksOf(line)) == 1,
            $"{line} is held by {Holders.Count(holder => holder.SpeaksOf(line))} lines of figures.txt instead of one: {line.Text}"));

    [Fact]
    public void Holders_OfFiguresTxt_SpeakOfSomethingAndHoldIt() =>
        Assert.All(Holders, holder =>
        {
            FigureLine[] lines = [.. Lines.Where(holder.SpeaksOf)];
            Assert.True(lines.Length > 0, $"figures.txt: no line with a figure fits '{holder}'");
            Assert.All(lines, holder.Check);
        });

    /// <summary>A figure that changes in a page is seen beside what holds it.</summary>
    [Fact]
    public void Figures_OfFiguresTxt_AreThoseOfThePages()
    {
        if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_WRITE_DOCS") == "1")
        {
            FigureHolder.WriteFigures(Lines);
        }

        Assert.All(FigureHolder.All(), holder => Assert.True(
            holder.Figures == holder.FiguresOf(Lines),
            $"figures.txt has '{holder.Figures}' for '{holder}', the pages have '{holder.FiguresOf(Lines)}'. See what holds them, then write them there."));
    }
}
