using System.Globalization;

namespace LlmCostModel.TestData;

/// <summary>Part of every test project: the gate runs the tests in other cultures and time zones, which proves nothing where the test process does not take them over.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public void Culture_LcAllIsSet_IsTheOneAskedFor()
    {
        string? asked = Environment.GetEnvironmentVariable("LC_ALL");
        if (OperatingSystem.IsWindows() || asked is null or "" or "C" or "C.UTF-8" or "POSIX")
        {
            Assert.NotNull(CultureInfo.CurrentCulture);
            return;
        }

        Assert.Equal(asked.Split('.')[0].Replace('_', '-'), CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public void TimeZone_TzIsSet_IsTheOneAskedFor() =>
        Assert.Equal(Environment.GetEnvironmentVariable("TZ") is { Length: > 0 } asked ? asked : TimeZoneInfo.Local.Id, TimeZoneInfo.Local.Id);
}
