using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Budgets.Redis.Scripts;

/// <summary>A step of the store, as the server runs it: its text with the parts of <c>Books.lua</c> that it uses.</summary>
internal sealed class Script
{
    private const string Part = "-- part ";
    private const string Use = "-- use ";
    private const string Comment = "--";

    /// <summary>For tests, which turn the clock: the time comes with the form.</summary>
    private const string GivenTime = """
        local given = tonumber(match(FORM, '@(%d+)$'))
        local time = { format('%.0f', (given - given % 1000) / 1000), format('%.0f', given % 1000 * 1000) }
        """;

    private static readonly Dictionary<string, string[]> Parts = ReadParts();

    private Script(string text)
    {
        Text = text;
#pragma warning disable CA5350 // the name that Redis gives a script
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350
    }

    /// <summary>Gets the text that counts anew, which stands alone.</summary>
    internal static string Verify { get; } = string.Join('\n', ReadLines("Verify.lua"));

    internal string Text { get; }

    /// <summary>Gets what the server knows the script by, once it has seen it.</summary>
    internal byte[] Hash { get; }

    /// <summary>Makes a script.</summary>
    /// <param name="step">The name of its text.</param>
    /// <param name="settings">Its first line.</param>
    /// <param name="givenTime">Whether the time is given, for tests, and not the server's.</param>
    internal static Script Of(string step, string settings, bool givenTime)
    {
        StringBuilder text = new(settings + "\n");
        Write(text, ReadLines(step + ".lua"), givenTime);
        return new(text.ToString());
    }

    /// <summary>Without comments: the server keeps the text, and gets it again whenever it was started.</summary>
    private static void Write(StringBuilder text, IEnumerable<string> lines, bool givenTime)
    {
        foreach (string line in lines)
        {
            string code = line.Trim();
            if (code.StartsWith(Use, StringComparison.Ordinal))
            {
                string name = code[Use.Length..];
                Write(text, name == "clock" && givenTime ? GivenTime.ReplaceLineEndings("\n").Split('\n') : Parts[name], givenTime);
            }
            else if (code.Length > 0 && !code.StartsWith(Comment, StringComparison.Ordinal))
            {
                text.Append(code).Append('\n');
            }
        }
    }

    private static Dictionary<string, string[]> ReadParts() => ReadLines("Books.lua")
        .Aggregate(new List<List<string>>(), (parts, line) =>
        {
            if (line.StartsWith(Part, StringComparison.Ordinal))
            {
                parts.Add([line[Part.Length..]]);
            }
            else if (parts.Count > 0)
            {
                parts[^1].Add(line);
            }

            return parts;
        })
        .ToDictionary(part => part[0], part => part.Skip(1).ToArray());

    private static string[] ReadLines(string name)
    {
        using Stream text = typeof(Script).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(text, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
