namespace LlmCostModel.Planning;

/// <summary>Merges the requests of conversations that go on at the same time into one stream, by the time they start.</summary>
internal static class TrafficStream
{
    internal static IEnumerable<TrafficRequest> Create(ConversationTraffic traffic, IEnumerable<DateTimeOffset> arrivals)
    {
        PriorityQueue<IEnumerator<TrafficRequest>, (long Ticks, long Conversation)> open = new();
        long number = 0;
        foreach (DateTimeOffset arrival in arrivals)
        {
            while (open.TryPeek(out _, out (long Ticks, long Conversation) next) && next.Ticks <= arrival.UtcTicks)
            {
                yield return Take();
            }

            Put(new ConversationScript(traffic, number, arrival).Play().GetEnumerator());
            number++;
        }

        while (open.Count > 0)
        {
            yield return Take();
        }

        TrafficRequest Take()
        {
            IEnumerator<TrafficRequest> first = open.Dequeue();
            TrafficRequest request = first.Current;
            Put(first);
            return request;
        }

        void Put(IEnumerator<TrafficRequest> conversation)
        {
            if (conversation.MoveNext())
            {
                open.Enqueue(conversation, (conversation.Current.Request.At.UtcTicks, conversation.Current.Conversation));
            }
            else
            {
                conversation.Dispose();
            }
        }
    }
}
