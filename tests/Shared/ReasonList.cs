namespace LlmCostModel.TestData;

/// <summary>
/// A list of exceptions with their reasons. A section starts with <c>## kind | reason | where to check it</c>, then follows one key a line;
/// a line that starts with one <c>#</c> explains the file. Whoever asks for a key uses it up, so that a line that no longer applies is left
/// over.
/// </summary>
internal sealed class ReasonList
{
    private readonly Dictionary<string, Reason> _reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unused = new(StringComparer.Ordinal);

    internal ReasonList(string name, IEnumerable<string> lines)
    {
        string[]? section = null;
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Split(" | ");
                Assert.True(section.Length == 3 && IsCheckable(section[2]), $"{name}: '{line}' has to be '## kind | reason | link'");
            }
            else if (line[0] != '#')
            {
                Assert.True(section is not null, $"{name}: '{line}' stands before the first section");
                Assert.True(_reasons.TryAdd(line, new Reason(section[0], section[1])), $"{name}: '{line}' is there twice");
                _unused.Add(line);
            }
        }
    }

    /// <summary>The lines that nobody asked for: they do not apply any more, or never did.</summary>
    internal IEnumerable<string> Unused => _unused.Order(StringComparer.Ordinal);

    /// <summary>Fails with the lines that nobody asked for.</summary>
    internal void AssertAllApply() => Assert.True(_unused.Count == 0, $"listed, but it no longer applies:\n{string.Join('\n', Unused)}");

    internal static ReasonList Read(string file) => new(file, File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, file)));

    /// <summary>The reason for a key; <see langword="null"/> where none is listed.</summary>
    internal Reason? Find(string key)
    {
        _unused.Remove(key);
        return _reasons.TryGetValue(key, out Reason? reason) ? reason : null;
    }

    /// <summary>A page, or a list of statements of pages that lies beside the tests.</summary>
    private static bool IsCheckable(string link) => link.Split(' ').All(part =>
        Uri.TryCreate(part, UriKind.Absolute, out Uri? page) && page.Scheme == "https"
        || part.EndsWith(".txt", StringComparison.Ordinal) && File.Exists(Path.Combine(AppContext.BaseDirectory, part)));
}

/// <summary>Why something is not as others have it: what a test checks of it, and the words.</summary>
internal sealed record Reason(string Kind, string Why);
