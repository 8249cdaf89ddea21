using System.Text.Json;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>What the commands that simulate a cache say about it.</summary>
internal static class CacheText
{
    /// <summary>Writes from how many tokens on the policy caches; null without a cache.</summary>
    public static void WriteMinimum(Utf8JsonWriter writer, CachePolicy? policy)
    {
        if (policy is null)
        {
            writer.WriteNull("minimumTokens");
        }
        else
        {
            writer.WriteNumber("minimumTokens", policy.MinimumTokens);
        }
    }

    /// <summary>The sentences below a table: what is taken for granted, and what a reader should know.</summary>
    public static string Sentences(IEnumerable<string> assumptions, IEnumerable<string> notes) => string.Concat(
        assumptions.Select(text => $"{CommandWords.Of(text)}\n")
            .Concat(notes.Select(text => $"Note: {CommandWords.Of(text)}\n")).Distinct());
}
