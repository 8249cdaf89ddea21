using System.Globalization;

namespace LlmCostModel.Packages.Tests.Values;

/// <summary>Cultures with another decimal point, other digits and another calendar.</summary>
internal static class Cultures
{
    internal static readonly string[] All = ["", "de-DE", "fa-IR", "ar-SA"];

    internal static T In<T>(string name, Func<T> make)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            return make();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
