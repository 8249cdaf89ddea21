using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Lets what is collected of a stream find its cost: by the ids of its updates, and where they have none by the name of the model
/// and the calls of tools.</summary>
internal sealed class StreamMarks(CostSlot slot)
{
    /// <summary>Some gateways give every update an id of its own.</summary>
    private const int Most = 16;

    private string? _responseId;
    private string? _messageId;
    private string? _modelId;
    private int _count;

    internal void Put(ChatResponseUpdate update, bool isSure)
    {
        bool hasId = false;
        if (update.ResponseId is { Length: > 0 } responseId)
        {
            update.ResponseId = Marked(ref _responseId, responseId, isSure);
            hasId = true;
        }

        if (update.MessageId is { Length: > 0 } messageId)
        {
            update.MessageId = Marked(ref _messageId, messageId, isSure);
            hasId = true;
        }

        if (!hasId)
        {
            PutElsewhere(update, isSure);
        }
    }

    private void PutElsewhere(ChatResponseUpdate update, bool isSure)
    {
        if (update.ModelId is { Length: > 0 } modelId)
        {
            update.ModelId = Marked(ref _modelId, modelId, isSure);
        }
        else if (_modelId is null)
        {
            // Nothing tells this message from others: it gets an id, as most clients give one.
            update.MessageId = Marked(ref _messageId, _messageId ?? Guid.NewGuid().ToString("N"), isSure);
        }

        foreach (AIContent content in update.Contents)
        {
            if (content is FunctionCallContent && _count++ < Most)
            {
                CostMarks.Attach(content, slot);
            }
        }
    }

    private string Marked(ref string? mark, string text, bool isSure)
    {
        if (mark == text)
        {
            return mark;
        }

        if (_count >= Most && !isSure)
        {
            return text;
        }

        _count++;
        mark = new string(text.AsSpan());
        CostMarks.Attach(mark, slot);
        return mark;
    }
}
