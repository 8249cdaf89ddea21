using System.ClientModel.Primitives;
using System.Text;

namespace LlmCostModel.Extensions.AI;

/// <summary>
/// Gets the JSON behind the objects that clients leave in <c>RawRepresentation</c>, without knowing their types: the OpenAI and Azure
/// libraries write themselves through
/// System.ClientModel, Anthropic's objects and JSON values print themselves as JSON.
/// </summary>
internal static class RawJson
{
    internal static bool TryGet(object? raw, out ReadOnlyMemory<byte> utf8)
    {
        utf8 = default;
        try
        {
            utf8 = raw switch
            {
                null => default,
                IPersistableModel<object> model => model.Write(ModelReaderWriterOptions.Json).ToMemory(),
                _ => raw.ToString() is { Length: > 1 } text && text[0] == '{'
                    ? Encoding.UTF8.GetBytes(text)
                    : default(ReadOnlyMemory<byte>),
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A foreign object that cannot write itself: what the client itself read is used instead.
        }

        return !utf8.IsEmpty;
    }
}
