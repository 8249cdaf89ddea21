namespace LlmCostModel.Catalog.Tests.Files;

/// <summary>A2 and B4: whatever happens to the file, the last good catalog stays in use, is said once, and the next good one is
/// taken.</summary>
public sealed class CatalogFileWatcherTests : IDisposable
{
    private readonly Watched _watched = new();

    public void Dispose() => _watched.Dispose();

    /// <summary>The finding as it was: a lock ended the watching for good.</summary>
    [Fact]
    public void A2_FileThatIsLockedWhileWritten_IsTakenWhenItIsFree()
    {
        File.WriteAllText(_watched.Target, Watched.Catalog(2));
        _watched.Settles(2);

        using (FileStream slow = File.Create(_watched.Target))
        {
            slow.Write(System.Text.Encoding.UTF8.GetBytes(Watched.Catalog(3)[..20]));
            slow.Flush();
            _watched.Settles(2, fault: "the catalog file cannot be read:");
            slow.SetLength(0);
            slow.Write(System.Text.Encoding.UTF8.GetBytes(Watched.Catalog(3)));
        }

        _watched.Settles(3);
        File.WriteAllText(_watched.Target, Watched.Catalog(4));
        _watched.Settles(4);
        _watched.MoveIn(Watched.Catalog(5));
        _watched.Settles(5);
        Assert.Single(_watched.Log);
    }

    /// <summary>The content was seen, and the file is locked just when it is to be loaded: what the change says is not lost.</summary>
    [Fact]
    public void A2_FileThatIsLockedWhenItIsToBeLoaded_IsTriedAgain()
    {
        File.WriteAllText(_watched.Target, Watched.Catalog(2));
        _watched.Wait(1);
        using (new FileStream(_watched.Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            _watched.Settles(1, fault: "the catalog file cannot be read:");
            _watched.Wait(600);
        }

        _watched.Wait(64);
        _watched.Settles(2);
        Assert.Single(_watched.Log);
    }

    /// <summary>Two looks are two seconds: a lock or a gap that is shorter is nothing to tell.</summary>
    [Fact]
    public void A2_ShortGap_IsWaitedFor_WithoutAWord()
    {
        File.Delete(_watched.Target);
        _watched.Wait(1);
        File.WriteAllText(_watched.Target, Watched.Catalog(2));
        _watched.Settles(2);

        Assert.Empty(_watched.Log);
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "deleted", "the catalog file does not exist." },
        { "a folder", "is a folder, not a catalog file." },
        { "a pipe", "is empty, or no regular file." },
        { "empty", "is empty, or no regular file." },
        { "{}", "has no rate card." },
        { """{ "RateCards": {} }""", "has no rate card." },
        { """{ "LlmCostModel": { "RateCards": {} } }""", "has no rate card." },
        { "cut", "is not valid JSON" },
        { "few models", "rate card 'catalog:test': has 1 model, fewer than half of the 4 in use." },
        { "older", "rate card 'catalog:test': has prices of 2026-10-01, where those of 2026-11-01 are in use." },
        { "another provider", "rate card 'catalog:test': is gone." },
        { "a link to nothing", "the catalog file does not exist." },
        { "a link to itself", "the catalog file cannot be read:" },
        { "text that is no Unicode", "holds a text that is not Unicode" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A2_B4_BadFile_IsRefusedOnce_AndTheNextGoodOneTaken(string what, string fault)
    {
        _watched.Clear();
        Put(what);
        _watched.Settles(1, fault, what);
        _watched.Wait(300);
        Assert.Single(_watched.Log);

        _watched.Clear();
        File.WriteAllText(_watched.Target, Watched.Catalog(2));
        _watched.Settles(2, why: $"after {what}");
        Assert.Single(_watched.Log);
    }

    /// <summary>The same prices again, as a rolled back file has them, are current again.</summary>
    [Fact]
    public void A2_GoodFile_RestoredAfterABadOne_IsCurrentAgain()
    {
        File.WriteAllText(_watched.Target, "{}");
        _watched.Settles(1, "has no rate card.");
        File.WriteAllText(_watched.Target, Watched.Catalog(1));
        _watched.Settles(1);
    }

    /// <summary>Kubernetes mounts a ConfigMap as links through <c>..data</c>, which is exchanged as a whole.</summary>
    [Fact]
    public void A2_ConfigMap_ExchangedByItsLink_IsTaken()
    {
        File.Delete(_watched.Target);
        Version(2);
        File.CreateSymbolicLink(_watched.Target, Path.Combine("..data", "catalog.json"));
        _watched.Settles(2);

        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_watched.Folder, "..version-2", "catalog.json"));
        Version(3);
        File.SetLastWriteTimeUtc(Path.Combine(_watched.Folder, "..version-3", "catalog.json"), written); // of the same size and time
        _watched.Settles(3);

        void Version(int price)
        {
            DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(_watched.Folder, $"..version-{price}"));
            File.WriteAllText(Path.Combine(folder.FullName, "catalog.json"), Watched.Catalog(price));
            string fresh = Path.Combine(_watched.Folder, "..data_tmp");
            Directory.CreateSymbolicLink(fresh, folder.Name);
            _watched.Exchange(fresh, "..data");
        }
    }

    /// <summary>What was loaded is compared, not times: a file that is written again as it was is not loaded again.</summary>
    [Fact]
    public void A2_SameContent_IsNotLoadedAgain()
    {
        DateTimeOffset loaded = _watched.Estimator.Rates.LoadedAt;
        _watched.MoveIn(Watched.Catalog(1));
        _watched.Wait(100);

        Assert.Equal(loaded, _watched.Estimator.Rates.LoadedAt);
    }

    /// <summary>Where neither times nor size tell, the file is read all the same, twice a minute.</summary>
    [Fact]
    public void A2_ContentThatChangesWithinItsTimes_IsTakenWithinAMinute()
    {
        File.WriteAllText(_watched.Target, Watched.Catalog(2));
        _watched.Settles(2);
        DateTime written = File.GetLastWriteTimeUtc(_watched.Target);
        File.WriteAllText(_watched.Target, Watched.Catalog(3));
        File.SetLastWriteTimeUtc(_watched.Target, written);
        _watched.Wait(60);
        _watched.Settles(3);
    }

    private void Put(string what)
    {
        switch (what)
        {
            case "deleted":
                break;
            case "a folder":
                Directory.CreateDirectory(_watched.Target);
                break;
            case "a pipe":
                _watched.MakePipe();
                break;
            case "a link to nothing":
                File.CreateSymbolicLink(_watched.Target, "nothing.json");
                break;
            case "a link to itself":
                File.CreateSymbolicLink(_watched.Target, "catalog.json");
                break;
            default:
                File.WriteAllText(_watched.Target, what switch
                {
                    "empty" => "",
                    "cut" => Watched.Catalog(2)[..^9],
                    "few models" => Watched.Catalog(2, models: 1),
                    "older" => Watched.Catalog(2, asOf: "2026-10-01"),
                    "another provider" => Watched.Catalog(2).Replace("test", "other", StringComparison.Ordinal),
                    "text that is no Unicode" => Watched.Catalog(2).Replace("\"USD\"", "\"USD\", \"Source\": \"\\ud800\"", StringComparison.Ordinal),
                    _ => what,
                });
                break;
        }
    }
}
