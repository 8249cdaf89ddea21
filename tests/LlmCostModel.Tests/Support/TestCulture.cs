using System.Globalization;
using System.Runtime.CompilerServices;

namespace LlmCostModel.Tests.Support;

/// <summary>Runs the whole suite under another culture when LLMCOSTMODEL_TEST_CULTURE names one.</summary>
internal static class TestCulture
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_TEST_CULTURE") is { Length: > 0 } name)
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        }
    }
}
