using System.Diagnostics;

namespace LlmCostModel.Cli.Tests.Browser;

/// <summary>Opens pages as a person would, in a browser that reaches no network.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The browser's program; null where there is none.</summary>
    internal static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>What the page is after its script has run, as HTML.</summary>
    internal static string DumpDom(string page) => Run(page, "--dump-dom");

    /// <summary>Takes a picture of the page.</summary>
    internal static byte[] Screenshot(string page, int width, int height, bool isDark = false)
    {
        string file = page + $".{width}{(isDark ? ".dark" : "")}.png";
        Run(page, $"--screenshot={file}", $"--window-size={width},{height}", $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}");
        return File.ReadAllBytes(file);
    }

    private static string Run(string page, params string[] arguments)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("chromium-");
        try
        {
            ProcessStartInfo start = new(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] all =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", $"--user-data-dir={profile.FullName}",
                "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=4000", .. arguments, new Uri(page).AbsoluteUri,
            ];
            foreach (string argument in all)
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "the browser does not end");
            Assert.True(process.ExitCode == 0, errors.Result);
            return output;
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}

/// <summary>A fact about a page in a browser; skipped, visibly, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Program is null)
        {
            Skip = "Chromium is absent. Install the package chromium.";
        }
    }
}

/// <summary>A theory about a page in a browser; skipped, visibly, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute()
    {
        if (Chromium.Program is null)
        {
            Skip = "Chromium is absent. Install the package chromium.";
        }
    }
}
