using System.Collections.Concurrent;

namespace LlmCostModel.Extensions.AI;

/// <summary>Finds the row of a client: the user's own rows before the known ones, the client itself before what its responses and models
/// are.</summary>
internal sealed class AdapterTable
{
    private readonly ClientAdapterOptions[] _own;
    private readonly ClientAdapterOptions? _ofClient;
    private readonly ConcurrentDictionary<Type, ClientAdapterOptions?> _ofRaw = new(); // as many as there are types

    internal AdapterTable(IEnumerable<ClientAdapterOptions> own, Type? client, string? providerName)
    {
        _own = [.. own];
        foreach (ClientAdapterOptions row in _own)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(row.Client, nameof(CostTrackingOptions.Adapters));
        }

        _ofClient = FindByName(client?.FullName) ?? FindByName(providerName);
    }

    /// <summary>The row of a response.</summary>
    /// <param name="raw">What the client left of it.</param>
    /// <param name="model">The model that it names.</param>
    internal ClientAdapterOptions Find(object? raw, string? model) =>
        OfRaw(raw) ?? _ofClient ?? (model is null ? null : FindByModel(model)) ?? KnownAdapters.Default;

    /// <summary>The row of an object that a client left in a response; <see langword="null"/> when it is of no known library.</summary>
    internal ClientAdapterOptions? OfRaw(object? raw)
    {
        if (raw is null)
        {
            return null;
        }

        Type type = raw.GetType();
        return _ofRaw.TryGetValue(type, out ClientAdapterOptions? row) ? row : _ofRaw.GetOrAdd(type, FindByName(type.FullName));
    }

    private ClientAdapterOptions? FindByName(string? name)
    {
        if (name is null)
        {
            return null;
        }

        foreach (ClientAdapterOptions row in _own)
        {
            if (IsFor(row.Client, name))
            {
                return row;
            }
        }

        foreach (ClientAdapterOptions row in KnownAdapters.All)
        {
            if (row.Models is null && (IsFor(row.Client, name) || row.AlsoNamed.Any(other => IsFor(other, name))))
            {
                return row;
            }
        }

        return null;
    }

    private static ClientAdapterOptions? FindByModel(string model)
    {
        ReadOnlySpan<char> name = model.AsSpan(model.LastIndexOf('/') + 1);
        foreach (ClientAdapterOptions row in KnownAdapters.ByModel)
        {
            if (name.StartsWith(row.Models, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>A type whose name begins so, or a provider of that name: <c>OpenAI.</c> is not for <c>OpenAIish.Client</c>.</summary>
    private static bool IsFor(string client, string name) =>
        name.StartsWith(client, StringComparison.Ordinal)
            ? client[^1] == '.' || name.Length == client.Length || name[client.Length] is '.' or '+' or '`'
            : name.Equals(client, StringComparison.OrdinalIgnoreCase);
}
