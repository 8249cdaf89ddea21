using System.Text;
using Microsoft.Extensions.Configuration;

namespace LlmCostModel.Tests.Support;

/// <summary>Configuration that a test changes, as a file that is written would.</summary>
internal sealed class Settings : ConfigurationProvider, IConfigurationSource
{
    private readonly string _name;

    public Settings(string json = "{}", string name = "settings.json")
    {
        _name = name;
        Set(json);
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override string ToString() => _name;

    /// <summary>Exchanges what the file says without telling anybody.</summary>
    public void Set(string json)
    {
        IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        Data = root.AsEnumerable().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
    }

    public void Change(string json)
    {
        Set(json);
        OnReload();
    }

    /// <summary>A section of models at a price of their input each.</summary>
    public static string Priced(decimal input, params string[] models)
    {
        string list = string.Join(", ", models.Select(model => FormattableString.Invariant($$"""
            "{{model}}": { "PerMillionTokens": { "Input": {{input}} } }
            """)));
        return $$"""{ "LlmCostModel": { "RateCards": { "own": { "Currency": "USD", "Models": { {{list}} } } } } }""";
    }
}
