using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Catalog.Tests.Files;

/// <summary>An estimator that watches a catalog file, with a clock that the test moves.</summary>
internal sealed partial class Watched : IDisposable
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watched-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;

    /// <summary>Starts with a good file at a price of 1.</summary>
    internal Watched()
    {
        File.WriteAllText(Target, Catalog(1));
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(Log)
            .AddSingleton<TimeProvider>(_clock)
            .AddCatalog(Target, reloadOnChange: true)
            .BuildServiceProvider();
        Estimator = _services.GetRequiredService<ICostEstimator>();
    }

    internal ICostEstimator Estimator { get; }

    internal ErrorLog Log { get; } = new();

    internal string Folder => _folder.FullName;

    internal string Target => Path.Combine(Folder, "catalog.json");

    internal decimal? Price => Estimator.Estimate("m1", Million).Total?.Amount;

    /// <summary>A catalog of four models, or fewer, of a provider of its own.</summary>
    internal static string Catalog(int price, int models = 4, string asOf = "2026-11-01") =>
        $$"""{ "test": { "Provider": "test", "Currency": "USD", "AsOf": "{{asOf}}", "Models": { """
        + string.Join(", ", Enumerable.Range(1, models).Select(i => $$""" "m{{i}}": { "PerMillionTokens": { "Input": {{price}} } } """))
        + " } } }";

    /// <summary>Lets so many seconds pass, each of them with its look at the file.</summary>
    internal void Wait(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Asserts what is in force once nothing more happens to the file.</summary>
    internal void Settles(decimal price, string? fault = null, string why = "")
    {
        Wait(4);
        if (Price != price)
        {
            Wait(31); // Written twice within a tick of the file system's clock, and as long: found within half a minute.
        }

        Assert.True(Price == price, $"{why}: {Price}, not {price}. {Estimator.Rates}");
        Assert.True(Estimator.Rates.IsCurrent == fault is null, $"{why}: {Estimator.Rates}");
        if (fault is not null)
        {
            Assert.Contains(fault, Assert.Single(Estimator.Rates.Faults), StringComparison.Ordinal);
        }
    }

    /// <summary>Writes beside the file and moves it into its place.</summary>
    internal void MoveIn(string text)
    {
        File.WriteAllText(Target + ".new", text);
        File.Move(Target + ".new", Target, overwrite: true);
    }

    /// <summary>Whatever is in the place of the file.</summary>
    internal void Clear()
    {
        if (Directory.Exists(Target) && new FileInfo(Target).LinkTarget is null)
        {
            Directory.Delete(Target, recursive: true);
        }

        File.Delete(Target);
    }

    internal void MakePipe() => Assert.Equal(0, MakePipe(Target, 0x1B6)); // read and write for all

    /// <summary>Puts a link in the place of another in one step, which .NET does for files only.</summary>
    internal void Exchange(string fresh, string name) => Assert.Equal(0, Rename(fresh, Path.Combine(Folder, name)));

    public void Dispose()
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);
}
