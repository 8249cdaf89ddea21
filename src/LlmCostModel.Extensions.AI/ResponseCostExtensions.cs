using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Gives the cost of a response.</summary>
/// <remarks>
/// Costs are attached to the objects of a response, not on its serialized form: a response that a cache replays was not paid for again and
/// has none. After a tool loop the final
/// response gives the sum of all its calls. Where responses are copied by hand, use a <see cref="CostScope"/>.
/// </remarks>
public static class ResponseCostExtensions
{
    private const string MarkName = "LlmCostModel.Call";

    private static readonly ConditionalWeakTable<object, CallCost> Costs = [];

    /// <summary>Gets what the calls behind a response cost together.</summary>
    /// <param name="response">The response, also of a tool loop or of collected updates.</param>
    /// <returns>The totals; <see langword="null"/> when no tracked call made the response: it was replayed by a cache, or the client is not
    /// tracked.</returns>
    public static CostTotals? GetCost(this ChatResponse response) => Totals(response.GetCallCosts());

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="update">The update; the one with the usage, in most streams the last one, has the cost.</param>
    public static CostTotals? GetCost(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Find(update) is { } cost ? CostTotals.None.Add(cost) : null;
    }

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="updates">All updates of a stream.</param>
    public static CostTotals? GetCost(this IEnumerable<ChatResponseUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return Totals([.. updates.Select(Find).OfType<CallCost>().Distinct(ReferenceEqualityComparer.Instance).Cast<CallCost>()]);
    }

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <typeparam name="TEmbedding">The type of embedding.</typeparam>
    /// <param name="embeddings">The embeddings.</param>
    public static CostTotals? GetCost<TEmbedding>(this GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return Find(embeddings) is { } cost ? CostTotals.None.Add(cost) : null;
    }

    /// <summary>Gets the calls behind a response, one by one, in order.</summary>
    /// <param name="response">The response, also of a tool loop or of collected updates.</param>
    /// <returns>The calls; empty when no tracked call made the response.</returns>
    public static IReadOnlyList<CallCost> GetCallCosts(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        List<CallCost> found = [];
        foreach (ChatMessage message in response.Messages)
        {
            Add(found, Find(message));
            AddMarked(found, message.AdditionalProperties);
        }

        Add(found, Find(response));
        AddMarked(found, response.AdditionalProperties);
        return found;
    }

    /// <summary>Attaches a cost to an object of the response.</summary>
    internal static void Attach(object owner, CallCost cost) => Costs.AddOrUpdate(owner, cost);

    /// <summary>
    /// Attaches a cost to a property of an update. Collecting updates makes new messages, but copies the values of properties: a text of
    /// its own identity finds the cost there, serializes like any other, and means nothing once it was read back from a cache.
    /// </summary>
    internal static string Mark(ChatResponseUpdate update, CallCost cost)
    {
        string mark = new(cost.Operation.AsSpan());
        (update.AdditionalProperties ??= [])[$"{MarkName}.{RuntimeHelpers.GetHashCode(mark):x}"] = mark;
        Costs.AddOrUpdate(mark, cost);
        return mark;
    }

    private static CallCost? Find(object owner) => Costs.TryGetValue(owner, out CallCost? cost) ? cost : null;

    private static void AddMarked(List<CallCost> found, AdditionalPropertiesDictionary? properties)
    {
        if (properties is null)
        {
            return;
        }

        foreach ((string name, object? value) in properties)
        {
            if (value is string mark && name.StartsWith(MarkName, StringComparison.Ordinal))
            {
                Add(found, Find(mark));
            }
        }
    }

    private static void Add(List<CallCost> found, CallCost? cost)
    {
        if (cost is not null && !found.Exists(one => ReferenceEquals(one, cost)))
        {
            found.Add(cost);
        }
    }

    private static CostTotals? Totals(IReadOnlyList<CallCost> costs) => costs.Count == 0 ? null : CostTotals.Sum(costs);
}
