using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Gives the cost of a response.</summary>
/// <remarks>
/// Costs are attached to the objects of a response, not to its serialized form: a response that a cache replays was not paid for again and
/// has none. A tracked call whose usage is not known has an unpriced cost. After a tool loop the final response gives the sum of all its
/// calls. Agents keep the messages of their calls: <c>agentResponse.Messages.GetCost()</c>. Where responses are copied by hand, use a <see
/// cref="CostScope"/>.
/// </remarks>
public static class ResponseCostExtensions
{
    /// <summary>Gets what the calls behind a response cost together.</summary>
    /// <param name="response">The response, also of a tool loop or of collected updates.</param>
    /// <returns>The totals; <see langword="null"/> when no tracked call made the response: it was replayed by a cache, or the client is not
    /// tracked.</returns>
    public static CostTotals? GetCost(this ChatResponse response) => Totals(response.GetCallCosts());

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="messages">Messages of one or several responses, such as those of an agent's answer.</param>
    public static CostTotals? GetCost(this IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<CallCost> found = [];
        foreach (ChatMessage message in messages)
        {
            CostMarks.Find(message, found);
        }

        return Totals(found);
    }

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="update">The update; the one with the usage, in most streams the last one, has the cost.</param>
    public static CostTotals? GetCost(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        List<CallCost> found = [];
        CostMarks.Add(found, CostMarks.Find(update));
        if (found.Count == 0 && update.Contents.Any(content => content is UsageContent))
        {
            CostMarks.Find(update, found);
        }

        return Totals(found);
    }

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="updates">All updates of a stream.</param>
    public static CostTotals? GetCost(this IEnumerable<ChatResponseUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        List<CallCost> found = [];
        foreach (ChatResponseUpdate update in updates)
        {
            CostMarks.Find(update, found);
        }

        return Totals(found);
    }

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <typeparam name="TEmbedding">The type of embedding.</typeparam>
    /// <param name="embeddings">The embeddings.</param>
    public static CostTotals? GetCost<TEmbedding>(this GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding => OfObject(embeddings);

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="response">The images.</param>
    [Experimental("MEAI001")]
    public static CostTotals? GetCost(this ImageGenerationResponse response) => OfObject(response);

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="response">The text.</param>
    [Experimental("MEAI001")]
    public static CostTotals? GetCost(this SpeechToTextResponse response) => OfObject(response);

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="updates">All updates of a stream.</param>
    [Experimental("MEAI001")]
    public static CostTotals? GetCost(this IEnumerable<SpeechToTextResponseUpdate> updates) => OfObjects(updates);

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="response">The speech.</param>
    [Experimental("MEAI001")]
    public static CostTotals? GetCost(this TextToSpeechResponse response) => OfObject(response);

    /// <inheritdoc cref="GetCost(ChatResponse)"/>
    /// <param name="updates">All updates of a stream.</param>
    [Experimental("MEAI001")]
    public static CostTotals? GetCost(this IEnumerable<TextToSpeechResponseUpdate> updates) => OfObjects(updates);

    /// <summary>Gets the calls behind a response, one by one, in order.</summary>
    /// <param name="response">The response, also of a tool loop or of collected updates.</param>
    /// <returns>The calls; empty when no tracked call made the response.</returns>
    public static IReadOnlyList<CallCost> GetCallCosts(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        List<CallCost> found = [];
        foreach (ChatMessage message in response.Messages)
        {
            CostMarks.Find(message, found);
        }

        CostMarks.Add(found, CostMarks.Find(response));
        CostMarks.Add(found, CostMarks.Find(response.ResponseId));
        CostMarks.Add(found, CostMarks.Find(response.ModelId));
        return found;
    }

    private static CostTotals? OfObject(object response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return CostMarks.Find(response) is { } cost ? CostTotals.None.Add(cost) : null;
    }

    private static CostTotals? OfObjects(IEnumerable<object> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        List<CallCost> found = [];
        foreach (object update in updates)
        {
            CostMarks.Add(found, CostMarks.Find(update));
        }

        return Totals(found);
    }

    private static CostTotals? Totals(IReadOnlyList<CallCost> costs) => costs.Count == 0 ? null : CostTotals.Sum(costs);
}
