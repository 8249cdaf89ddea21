using System.Text.Json;

namespace LlmCostModel.Extensions.AI.Tests.Observing;

public sealed class JsonLinesLedgerTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Calls_AreLinesThatReadBackAsTheyWere()
    {
        CallCost cost = await ObserverTests.OneCallAsync();
        using (JsonLinesLedger ledger = new(_path))
        {
            ledger.OnCallCompleted(cost with { Tags = new Dictionary<string, string> { ["text"] = "two\nlines" } });
            ledger.OnCallCompleted(cost);
            Assert.Equal(2, File.ReadAllLines(_path).Length); // as soon as it was told
            Assert.Equal((2, Path.GetFullPath(_path)), (ledger.Written, ledger.Path));
        }

        CallCost[] read = [.. File.ReadLines(_path).Select(line => JsonSerializer.Deserialize<CallCost>(line)!)];

        Assert.Equal("two\nlines", read[0].Tags["text"]);
        Assert.Equal(cost, read[1]);
    }

    [Fact]
    public async Task SeveralWriters_OfOneFile_LoseNothing()
    {
        CallCost cost = await ObserverTests.OneCallAsync();
        JsonLinesLedger[] ledgers = [new(_path), new(_path), new(_path)];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                ledgers[i % ledgers.Length].OnCallCompleted(cost with { Operation = $"{writer}/{i}" });
            }
        })));

        Assert.All(ledgers, ledger => ledger.Dispose());
        string[] operations = [.. File.ReadLines(_path).Select(line => JsonSerializer.Deserialize<CallCost>(line)!.Operation)];
        Assert.Equal(800, operations.Distinct().Count());
        Assert.Equal(800, operations.Length);
    }

    [Fact]
    public async Task LastLine_ThatACrashCutOff_TakesNoOtherWithIt()
    {
        File.WriteAllText(_path, "{\"operation\":\"ch");

        using (JsonLinesLedger ledger = new(_path))
        {
            ledger.OnCallCompleted(await ObserverTests.OneCallAsync());
        }

        string[] lines = File.ReadAllLines(_path);
        Assert.Equal(["{\"operation\":\"ch", "chat"], [lines[0], JsonSerializer.Deserialize<CallCost>(lines[1])!.Operation]);
    }
}
