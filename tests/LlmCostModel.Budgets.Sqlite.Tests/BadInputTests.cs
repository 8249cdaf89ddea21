using System.Globalization;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>Bad inputs that need a file, by the numbers of <c>BadInputTable</c>; <see cref="StoreFileTests"/> has more of them.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(":memory:")]
    [InlineData(" :MEMORY:")]
    [InlineData("file:budgets.db?mode=memory")]
    [InlineData("Data Source=budgets.db;Password=some-secret")]
    public void Path_ThatIsAConnectionString_IsRefusedAndNotRepeated(string path) // 17, 20
    {
        ArgumentException store = Assert.Throws<ArgumentException>(() => new SqliteBudgetStore(new() { Path = path }));
        ArgumentException services = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSqliteBudgetStore(path));

        Assert.Equal(
            "The path of the budgets is the beginning of a connection string, which would become the name of a file. Give a path such as "
                + "/var/lib/app/budgets.db; to count in memory, leave this store out. (Parameter 'Path')",
            store.Message);
        Assert.Equal(store.Message, services.Message);
        Assert.Empty(Directory.GetFiles(Environment.CurrentDirectory, "*memory*"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    [InlineData("a\0b")]
    public void Path_ThatIsNone_IsRefused(string? path) => // 17
        Assert.ThrowsAny<ArgumentException>(() => new SqliteBudgetStore(new() { Path = path! }));

    /// <summary>17: of a file that nobody may change, which is one for the superuser, too.</summary>
    [Fact]
    public void File_ThatCannotBeWritten_SaysSo()
    {
        string path = OperatingSystem.IsLinux() ? "/proc/version" : Environment.SystemDirectory + "/kernel32.dll";

        BudgetStoreException refused = Assert.Throws<BudgetStoreException>(() => new SqliteBudgetStore(new() { Path = path }));

        Assert.StartsWith($"The file of the budgets '{path}' ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("(SQLite ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_CutInHalf_SaysSo() // 17
    {
        using (SqliteBudgetStore store = new(_file.Options))
        {
            Assert.True(store.Traits.IsDurable);
        }

        byte[] whole = File.ReadAllBytes(_file.Path);
        File.WriteAllBytes(_file.Path, whole[..(whole.Length / 2)]);

        BudgetStoreException refused = Assert.Throws<BudgetStoreException>(() => new SqliteBudgetStore(_file.Options));

        Assert.StartsWith($"The file of the budgets '{_file.Path}' is damaged, or something else has changed it.", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>4 and 12 have the bounds of this store: ids are known for a day.</summary>
    [Fact]
    public void Options_BeyondWhatTheStoreCounts_AreRefusedAtTheStart()
    {
        BudgetsOptions options = new() { TimeToLive = TimeSpan.FromHours(13) };
        options.Budgets["b"] = new() { Limit = 9_007_200m, Currency = "USD", Window = BudgetWindow.Day() };
        using SqliteBudgetStore store = new(_file.Options);

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => new BudgetLedger(store, options));

        Assert.Equal(
            [
                "LlmBudgets:TimeToLive: '13:00:00' is more than half of the time for which the store knows an id (1.00:00:00): a call could be counted twice. Shorten it, or let the store remember ids for longer.",
                "LlmBudgets:Budgets:b:Limit: '9007200' is more than the store of budgets can count exactly. Write at most 9007199.254740991.",
            ],
            error.Failures);
    }

    /// <summary>86, with as many holds as a test has time for: each command gives eight back, so none takes long, and all drain.</summary>
    [Fact]
    public async Task Holds_InThousandsOverTheirDeadline_AreGivenBackEightAtATime()
    {
        FakeTimeProvider clock = new(new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));
        await using SqliteBudgetStore store = new(_file.Options, clock);
        const int Holds = 800;
        await Task.WhenAll(Enumerable.Range(0, Holds).Select(i => store.Reserve(i.ToString(CultureInfo.InvariantCulture), Of("a", 1)).AsTask()));
        clock.Advance(TimeSpan.FromMinutes(2));

        for (int left = Holds - 8; left >= 0; left -= 8)
        {
            Assert.Equal((0, left), await store.Read("a"));
        }
    }
}
