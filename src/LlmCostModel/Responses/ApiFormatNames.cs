using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The text form of API conventions, as <c>llmcost price --api</c> takes it. Stateless and safe for concurrent use.</summary>
public static class ApiFormatNames
{
    /// <summary>Gets the names of all conventions, sorted.</summary>
    public static ImmutableArray<string> All { get; } =
    [.. ApiConventions.All.Select(convention => convention.Name).Order(StringComparer.Ordinal)];

    /// <summary>Gets the name of a convention.</summary>
    /// <param name="api">The convention.</param>
    /// <returns>Such as <c>openai.chat.completions</c>; <c>detect</c> for <see cref="ApiFormat.Detect"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="api"/> is not a convention.</exception>
    public static string GetName(ApiFormat api) => api == ApiFormat.Detect ? "detect" : ApiConventions.Of(api).Name;

    /// <summary>Finds the convention of a name.</summary>
    /// <param name="name">The name; case does not matter. Common other spellings such as <c>cohere.v2</c> are known.</param>
    /// <param name="api">The convention; <see cref="ApiFormat.Detect"/> when there is none.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryParse(string? name, out ApiFormat api)
    {
        foreach (ApiConvention convention in name is null ? [] : ApiConventions.All)
        {
            if (string.Equals(convention.Name, name, StringComparison.OrdinalIgnoreCase)
                || convention.OtherNames.Contains(name!, StringComparer.OrdinalIgnoreCase))
            {
                api = convention.Api;
                return true;
            }
        }

        api = ApiFormat.Detect;
        return false;
    }
}
