using System.Net.Http.Headers;

namespace LlmCostModel;

/// <summary>Hands the headers of a body on as they came, valid or not.</summary>
internal static class ContentHeaders
{
    internal static void Copy(HttpContent from, HttpContent to)
    {
        foreach ((string name, HeaderStringValues values) in from.Headers.NonValidated)
        {
            to.Headers.TryAddWithoutValidation(name, values);
        }
    }
}
