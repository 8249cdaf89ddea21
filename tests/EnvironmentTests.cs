using System.Globalization;

namespace LlmCostModel.TestData;

/// <summary>Part of every test project: the gate runs the tests in other cultures and time zones, which proves nothing where the test process does not take them over.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public void Culture_LcAllIsSet_IsTheOneAskedFor()
    {
        string? asked = OperatingSystem.IsWindows() ? null : Environment.GetEnvironmentVariable("LC_ALL");
        bool namesOne = asked is { Length: > 0 } and not ("C" or "C.UTF-8" or "POSIX");
        string current = CultureInfo.CurrentCulture.Name;

        Assert.Equal(namesOne ? asked!.Split('.')[0].Replace('_', '-') : current, current);
    }

    [Fact]
    public void TimeZone_TzIsSet_IsTheOneAskedFor() =>
        Assert.Equal(Environment.GetEnvironmentVariable("TZ") is { Length: > 0 } asked ? asked : TimeZoneInfo.Local.Id, TimeZoneInfo.Local.Id);
}
