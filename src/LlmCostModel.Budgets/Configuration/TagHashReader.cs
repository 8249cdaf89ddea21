using System.Text;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Reads whether values of tags are hashed, and by which secret, which no fault shows.</summary>
internal static class TagHashReader
{
    /// <summary>A key as long as the hash; shorter ones can be tried out.</summary>
    private const int ShortestSecret = 32;

    /// <summary>The hash of options that were checked; <see langword="null"/> where values are kept as they are.</summary>
    internal static TagHash? Of(BudgetsOptions options) =>
        options is { HashTags: true, TagSecret: { } secret } ? new(Encoding.UTF8.GetBytes(secret)) : null;

    internal static void Check(BudgetsOptions options, FaultList faults)
    {
        string place = $"{options.Path}:{nameof(options.TagSecret)}";
        if (!options.HashTags)
        {
            if (options.TagSecret is not null && !faults.HasAt($"{options.Path}:{nameof(options.HashTags)}"))
            {
                faults.Add(
                    place,
                    null,
                    "is for HashTags alone: values of tags are kept as they are.",
                    "Set HashTags to true, or leave it out.");
            }
        }
        else if (options.TagSecret is not { } secret)
        {
            faults.AddUnlessInside(
                place,
                null,
                "is missing: HashTags needs a secret.",
                $"Give {ShortestSecret} random bytes as text, in an environment variable or a store of secrets.");
        }
        else if (!IsSecret(secret))
        {
            faults.Add(
                place, null, $"is not a text of at least {ShortestSecret} bytes in UTF-8.",
                $"Give {ShortestSecret} random bytes as text, such as in hexadecimal digits.");
        }
    }

    private static bool IsSecret(string secret) =>
        WholeText.Is(secret) && Encoding.UTF8.GetByteCount(secret) >= ShortestSecret;
}
