using Microsoft.Extensions.Configuration;

namespace LlmCostModel;

/// <summary>What one source of the application's configuration, such as a file, holds of the rates.</summary>
/// <param name="Provider">The source.</param>
/// <param name="Section">The path of the section.</param>
/// <param name="Key">One of the keys that it holds there.</param>
internal sealed record ConfigurationPart(IConfigurationProvider Provider, string Section, string Key)
{
    /// <summary>Whether the source holds nothing any more. A provider of files that cannot read its file empties itself and tells nobody,
    /// so this is asked again and again: of one key first, as the others need a search.</summary>
    internal bool IsLost => !Provider.TryGet(Key, out _) && FirstKey(Provider, Section) is null;

    /// <summary>Finds the parts of a section.</summary>
    /// <param name="root">All sources; <see langword="null"/> when they are not known.</param>
    /// <param name="section">The path of the section.</param>
    internal static IEnumerable<ConfigurationPart> Find(IConfigurationRoot? root, string section) =>
        from provider in root?.Providers ?? []
        let key = FirstKey(provider, section)
        where key is not null
        select new ConfigurationPart(provider, section, key);

    /// <summary>Whether the source holds a list, or a part of one, at a path.</summary>
    internal bool Holds(string path) => FirstKey(Provider, path) is not null;

    private static string? FirstKey(IConfigurationProvider provider, string path) =>
        provider.GetChildKeys([], path).FirstOrDefault() is { } child
            ? FirstKey(provider, ConfigurationPath.Combine(path, child)) ?? ConfigurationPath.Combine(path, child)
            : null;

    /// <summary>Shows the source in the framework's words.</summary>
    /// <returns>Such as <c>JsonConfigurationProvider for 'appsettings.json' (Required)</c>.</returns>
    public override string ToString() => Provider.ToString() ?? "a source without a name";
}
