using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>The cost of a streamed call, known when it has ended, as the objects of its response carry it.</summary>
internal sealed class CostSlot
{
    internal CallCost? Cost { get; set; }
}

/// <summary>Attaches costs to the objects of responses, not to their text.</summary>
/// <remarks>
/// Messages are copied on their way, and updates are collected to new ones. What survives is the identity of their texts: an id that was
/// replaced by an equal string of its own finds its cost, is written like any other, and means nothing once it was read back from a cache.
/// A weak table is slow (two microseconds for an entry, most of them for the collector), so a message without a raw representation has its
/// cost there: nobody writes that either.
/// </remarks>
internal static class CostMarks
{
    private static readonly ConditionalWeakTable<object, object> Costs = [];

    /// <summary>Attaches a cost to an object; one that has a cost gets the new one.</summary>
    internal static void Attach(object owner, CallCost cost) => Costs.AddOrUpdate(owner, cost);

    internal static void Attach(object owner, CostSlot slot) => Costs.AddOrUpdate(owner, slot);

    /// <summary>Attaches a cost to the response of a call that is over.</summary>
    internal static void Attach(ChatResponse response, CallCost cost)
    {
        if (response.Messages.Count == 0)
        {
            Attach((object)response, cost);
            return;
        }

        ChatMessage message = response.Messages[0];
        bool isCarried = message.RawRepresentation is null or CostSlot or CallCost;
        if (isCarried)
        {
            message.RawRepresentation = cost;
        }
        else
        {
            Attach((object)message, cost);
        }

        if (message.MessageId is { Length: > 0 } id)
        {
            string mark = new(id.AsSpan());
            message.MessageId = mark;
            Attach((object)mark, cost);
        }
        else if (!isCarried)
        {
            Attach((object)message.Contents, cost);
        }
    }

    internal static CallCost? Find(object? owner) =>
        owner is null || !Costs.TryGetValue(owner, out object? found) ? null : Carried(found);

    private static CallCost? Carried(object? found) => found as CallCost ?? (found as CostSlot)?.Cost;

    internal static void Find(ChatMessage message, List<CallCost> found)
    {
        Add(found, Carried(message.RawRepresentation));
        Add(found, Find((object)message));
        Add(found, Find(message.MessageId));
        Find(message.Contents, found);
    }

    internal static void Find(ChatResponseUpdate update, List<CallCost> found)
    {
        Add(found, Carried(update.RawRepresentation));
        Add(found, Find((object)update));
        Add(found, Find(update.MessageId));
        Add(found, Find(update.ResponseId));
        Add(found, Find(update.ModelId));
        Find(update.Contents, found);
    }

    internal static void Add(List<CallCost> found, CallCost? cost)
    {
        if (cost is not null && !found.Exists(one => ReferenceEquals(one, cost)))
        {
            found.AddRange(WireAnswers.Before(cost));
            found.Add(cost);
        }
    }

    private static void Find(IList<AIContent> contents, List<CallCost> found)
    {
        Add(found, Find((object)contents));
        foreach (AIContent content in contents)
        {
            if (content is FunctionCallContent)
            {
                Add(found, Find((object)content));
            }
        }
    }
}
