using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Budgets.Redis.Scripts;

/// <summary>A step of the store, as the server runs it.</summary>
internal sealed class Script
{
    private const string Time = """
          local time = call('TIME')
          return time[1] * 1000 + floor(time[2] / 1000)
        """;

    /// <summary>For tests, which turn the clock: the time comes behind the epoch.</summary>
    private const string GivenTime = """
          return tonumber(match(ARGV[1], '@(%d+)$'))
        """;

    private static readonly string Books = Read("Books.lua");
    private static readonly string BooksOfAGivenTime = Books.Replace(Time, GivenTime, StringComparison.Ordinal);

    private Script(string step, string books)
    {
        Text = books + Read(step);
#pragma warning disable CA5350 // the name that Redis gives a script
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350
    }

    /// <summary>Gets the text that counts anew, which stands alone.</summary>
    internal static string Verify { get; } = Read("Verify.lua");

    internal string Text { get; }

    /// <summary>Gets what the server knows the script by, once it has seen it.</summary>
    internal byte[] Hash { get; }

    /// <summary>Makes a script.</summary>
    /// <param name="step">The name of its text.</param>
    /// <param name="givenTime">Whether the time is given, for tests, and not the server's.</param>
    internal static Script Of(string step, bool givenTime) => new(step + ".lua", givenTime ? BooksOfAGivenTime : Books);

    private static string Read(string name)
    {
        using Stream text = typeof(Script).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(text, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
